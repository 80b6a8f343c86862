"""The control words of Rich Text that matter for its text."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])"
    r"|[\r\n]+|(?P<text>[^\\{}\r\n]+)"
)
SIGNS = {
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•", "endash": "–", "emdash": "—", "tab": " ",
    "emspace": " ", "enspace": " ", "qmspace": " ", "line": "\n",
}  # fmt: skip
SYMBOLS = {"~": "\u00a0", "_": "-", "\n": "\\par", "\r": "\\par", "\\": "\\", "{": "{", "}": "}"}
# Groups whose text is none of the document's; all that begin with a star are besides, unless they stand in KEPT.
SKIPPED = frozenset(
    (
        "colortbl", "pict", "objdata", "annotation", "atnid", "atnauthor", "atndate", "atnref", "xe", "tc", "tcn",
        "rxe", "txe", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "filetbl", "nonshppict", "shppict",
        "themedata", "datastore", "latentstyles", "xmlnstbl", "mmathPr", "bkmkstart", "bkmkend", "pn", "pnseclvl", "ftnsep",
        "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "template", "private", "background", "do", "sp",
    )
)  # fmt: skip
KEPT = frozenset(("shpinst", "shptxt", "shprslt", "ud", "nesttableprops", "footnote", "listtext", "pntext", "fldinst"))
BOXES = frozenset(("shptxt", "dptxbxtext"))
# How notes are counted: the last letters of the control words ftnn... and aftnn..., as in ``numeral``.
COUNTED = {"ar": "1", "alc": "a", "auc": "A", "rlc": "i", "ruc": "I"}
MARGINS = frozenset(f"{kind}{page}" for kind in ("header", "footer") for page in ("", "l", "r", "f"))
CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
SYMBOL = 2  # the character set of the fonts of signs, nearly always bullets
