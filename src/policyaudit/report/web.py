"""HTML pages: the templates and style sheets of ``templates/``. Jinja2 lives here and nowhere else.

All text goes through autoescape. Only our own style sheets and scripts are put in as they are, and a page's
Content-Security-Policy names them by their hashes, so that nothing a document says can run or load anything.
"""

from __future__ import annotations

import base64
import hashlib
from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2 import Template as Template
from markupsafe import Markup

from policyaudit.report import view
from policyaudit.report.translation import ENGLISH, Translation

_TEMPLATES = Path(__file__).parent / "templates"


def template(name: str, words: Translation = ENGLISH) -> Template:
    """A template of the folder, with the filters that pages share; its ``_()`` and ``{% trans %}`` speak the language given."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.globals["words"] = words
    environment.filters |= {
        "percent": words.percent,
        "number": words.number,
        "words": words.named,
        "readable": view.readable,
        "scans": partial(view.scans, words=words),
        "facts": partial(view.fact_lines, words=words),
        "country": words.country,
        "language": words.language_name,
    }
    return environment.get_template(name)


def ours(name: str) -> tuple[Markup, str]:
    """A style sheet or script of the folder as it stands in a page, and its hash for the page's policy."""
    text = (_TEMPLATES / name).read_text(encoding="utf-8")
    return Markup(text), "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
