"""Small files of the formats that no library here writes: OpenDocument, EPUB, Rich Text, Akoma Ntoso, and Word's own XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(parts: Mapping[str, str | bytes], *, stored: str = "") -> bytes:
    """An archive of these parts; the one named in ``stored`` is not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word(body: str, **parts: str) -> bytes:
    """A Word document of this XML within w:body; ``numbering``, ``styles``, ``footnotes``, ``header`` are further parts."""
    names = {part: part for part in ("numbering", "styles", "footnotes", "endnotes", "comments")} | {"header": "header1"}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "".join(
        f'<Relationship Id="r{index}" Type="{kind}/{part}" Target="{names[part]}.xml"/>' for index, part in enumerate(parts)
    )
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    made: dict[str, str | bytes] = {
        "_rels/.rels": f'{head}<Relationship Id="r" Type="{kind}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": f"{head}{relations}</Relationships>",
    }
    tags = {**names, "header": "hdr"}
    for part, content in parts.items():
        made[f"word/{names[part]}.xml"] = (
            f'<w:{tags[part]} xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml">{content}</w:{tags[part]}>'
        )
    return zipped(made)


def paragraph(text: str, properties: str = "") -> str:
    """A Word paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(body: str, styles: str = "") -> bytes:
    """An OpenDocument text of this XML within office:text, with these automatic styles."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return zipped(parts, stored="mimetype")


def odt_table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row) for row in rows]
    head, *body = [f"<table:table-row>{row}</table:table-row>" for row in cells]
    return f"<table:table><table:table-header-rows>{head}</table:table-header-rows>{''.join(body)}</table:table>"


def epub(*pages: str, order: tuple[int, ...] | None = None, title: str = "A Code of Conduct") -> bytes:
    """An EPUB of these bodies of pages, read in this order."""
    order = order or tuple(range(len(pages)))
    items = "".join(f'<item id="p{i}" href="p{i}.xhtml" media-type="application/xhtml+xml"/>' for i in range(len(pages)))
    spine = "".join(f'<itemref idref="p{i}"/>' for i in order)
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
        "OEBPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>en-GB</dc:language></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>",
    }
    for index, body in enumerate(pages):
        parts[f"OEBPS/p{index}.xhtml"] = (
            '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>'
            f"<body>{body}</body></html>"
        )
    return zipped(parts, stored="mimetype")


def rtf(body: str) -> bytes:
    """A Rich Text file with a style for headings and a Cyrillic font, f1."""
    fonts = r"{\fonttbl{\f0\fcharset0 Serif;}{\f1\fcharset204 Cyr;}}"
    styles = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}}"
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}{styles}{body}}}".encode("ascii")


def rtf_table(*rows: tuple[str, ...]) -> str:
    made = ""
    for index, row in enumerate(rows):
        edges = "".join(rf"\cellx{3000 * (place + 1)}" for place in range(len(row)))
        cells = "".join(rf"\pard\intbl {text}\cell" for text in row)
        made += rf"\trowd{'' if index else chr(92) + 'trhdr'}{edges}{cells}\row "
    return made + r"\pard "


def akn(body: str, *, kind: str = "act", front: str = "", meta: str = "") -> bytes:
    """An Akoma Ntoso document of this body."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        f'<{kind} name="law"><meta><identification source="#x"><FRBRWork><FRBRdate date="2019-05-04" name=""/>'
        '<FRBRcountry value="ke"/><FRBRnumber value="14"/></FRBRWork><FRBRExpression><FRBRdate date="2021-01-01" name=""/>'
        f'<FRBRlanguage language="eng"/></FRBRExpression></identification>{meta}</meta>{front}<body>{body}</body></{kind}>'
        "</akomaNtoso>"
    ).encode()
