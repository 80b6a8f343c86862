"""What stands around the text of a web page: navigation, banners, scripts. Only what is plainly that is left out, since
the text of a law that is lost is worse than a menu that is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from lxml import etree

from policyaudit.ingest.markup import drop, words_in
from policyaudit.ingest.markup.notes import is_note

_NEVER = frozenset(
    (
        "script", "style", "noscript", "template", "iframe", "object", "svg", "math", "canvas", "button", "select", "input",
        "textarea", "audio", "video", "map", "head",
    )
)  # fmt: skip
_AROUND = frozenset(("nav", "aside", "header", "footer", "form", "dialog"))
_ROLES = frozenset(
    ("navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog", "menu", "menubar", "toolbar")
)
# What web designers call the parts around the text. The first are never part of it, the others only if they look like it.
_SURELY = re.compile(
    r"(?:^|[\s_-])(?:cookies?|cookiebar|cookiebanner|consent|gdpr|onetrust|newsletter|advert\w*|ads|adsbygoogle|ad-?(?:slot|unit|banner|container|wrapper|box)|breadcrumbs?|pathway|"
    r"skip|skiplinks?|navbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_PERHAPS = re.compile(
    r"(?:^|[\s_-])(?:banner|nav|navigation|menu|submenu|sidebar|share|sharing|social|toolbar|tools|popup|modal|pagination|pager|"
    r"related|widget|teaser|comments|header|footer|topbar|search|login|print|promo|sponsor\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NAMED = frozenset(("div", "section", "ul", "ol", "span", "p", "table", "td", "ins", "a"))
_SMALL = 80  # words
_LINKED = 0.3  # share of an element's words that stand in links
_WHOLE = 0.4  # share of the page's words that nothing around the text has
_STRUCK = ("del", "s", "strike")


def without_scripts(body: Any) -> None:
    """Takes out what is no text: scripts, fields of forms, pictures, comments."""
    for element in list(body.iter()):
        if element is not body and (not isinstance(element.tag, str) or element.tag in _NEVER):
            drop(element)


def struck(body: Any, changes: str) -> bool:
    """Takes out text that is struck through, or with "original" what was put in for it. True, and nothing is taken out, where
    most of the page is struck: so portals show an act that is no longer in force."""
    if changes == "original":
        for element in list(body.iter("ins")):
            if not _SURELY.search(_names(element)):
                drop(element)
        return False
    marked = [element for element in body.iter(*_STRUCK) if next(element.iterancestors(*_STRUCK), None) is None]
    if sum(map(words_in, marked)) > 0.5 * words_in(body):
        return True
    for element in marked:
        drop(element)
    return False


def main(body: Any) -> tuple[Any, int]:
    """(the element that holds the text, once everything around it is taken out; the number of hidden words left out)."""
    sizes = Sizes(body)
    hidden = 0
    for element in _outermost(body, lambda element: _hidden(element) and sizes.words[element] < _LINKED * sizes.words[body]):
        hidden += sizes.words[element]
        drop(element)
    sizes = Sizes(body)
    small = _WHOLE * sizes.words[body]
    for element in _outermost(body, lambda element: _is_surely_around(element) and sizes.words[element] < small):
        drop(element)
    perhaps = list(_outermost(body, lambda element: _is_perhaps_around(element, sizes) and sizes.words[element] < small))
    if sum(sizes.words[element] for element in perhaps) < small:
        for element in perhaps:
            drop(element)
    return _inner(body), hidden


class Sizes:
    """How many words each element holds, and how many of them stand in links."""

    def __init__(self, root: Any) -> None:
        self.words: dict[Any, int] = {}
        self.linked: dict[Any, int] = {}
        open_words, open_linked = [0], [0]
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                open_words.append(len((element.text or "").split()))
                open_linked.append(0)
                continue
            words, linked = open_words.pop(), open_linked.pop()
            self.words[element] = words
            self.linked[element] = words if element.tag == "a" else linked
            open_words[-1] += words + len((element.tail or "").split())
            open_linked[-1] += self.linked[element]


def _outermost(root: Any, wanted: Callable[[Any], bool]) -> list[Any]:
    """The elements below the root that are wanted, without those inside one of them."""
    found = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if element is not root and wanted(element):
            found.append(element)
            walk.skip_subtree()
    return found


def _inner(body: Any) -> Any:
    sizes = Sizes(body)
    left = max(sizes.words[body], 1)
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) == 1:
            inside = sizes.words[found[0]]
            outside_links = sizes.linked[body] - sizes.linked[found[0]]
            if inside >= 0.8 * left or (inside >= 0.5 * left and outside_links > _LINKED * (left - inside)):
                return found[0]
    return body


def _hidden(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or "display:none" in style
        or "mso-hide:all" in style
        or "mso-element:comment-list" in style
    )


def _names(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _is_surely_around(element: Any) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        "mso-element:header" in style
        or "mso-element:footer" in style
        or element.tag == "nav"
        or element.get("role") in _ROLES
        or (element.tag in _NAMED and _SURELY.search(_names(element)) is not None)
    )


def _is_perhaps_around(element: Any, sizes: Sizes) -> bool:
    if element.tag in ("header", "footer") and any(parent.tag in ("article", "main") for parent in element.iterancestors()):
        return False  # the head of an article is its title; only that of the page is around it
    if is_note(element):
        return False
    if element.tag in _AROUND or (element.tag in _NAMED and _PERHAPS.search(_names(element))):
        words = sizes.words[element]
        return words < _SMALL or sizes.linked[element] > _LINKED * words
    return False
