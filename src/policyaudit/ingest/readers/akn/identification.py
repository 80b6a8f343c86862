"""What the metadata of an Akoma Ntoso document say it is."""

from __future__ import annotations

from typing import Any

from policyaudit.codes import codes
from policyaudit.ingest.letters import clean
from policyaudit.model import DocumentKind

_FRONT = ("preface", "coverPage", "preamble")
_ACTS = ("act", "bill", "amendmentList", "amendment", "officialGazette", "portion")
_LONGEST_TITLE = 300
# The standard names languages by ISO 639-2; documents are found with 639-1 and with others that are none.
_CODES = (
    "eng:en spa:es esp:es fra:fr fre:fr por:pt ita:it deu:de ger:de nld:nl dut:nl swe:sv dan:da nor:no nob:no nno:no fin:fi "
    "isl:is ice:is est:et lav:lv lit:lt pol:pl ces:cs cze:cs slk:sk slo:sk slv:sl hrv:hr srp:sr bos:bs mkd:mk mac:mk bul:bg "
    "ron:ro rum:ro hun:hu ell:el gre:el sqi:sq alb:sq tur:tr ukr:uk rus:ru cat:ca glg:gl eus:eu baq:eu gle:ga cym:cy wel:cy "
    "mlt:mt ara:ar heb:he fas:fa per:fa hin:hi urd:ur ben:bn nep:ne tam:ta sin:si zho:zh chi:zh jpn:ja kor:ko tha:th vie:vi "
    "ind:id msa:ms may:ms swa:sw amh:am som:so kin:rw run:rn hau:ha yor:yo ibo:ig zul:zu xho:xh afr:af sna:sn nya:ny tsn:tn"
)
_LANGUAGES = {pair[:3]: pair[4:] for pair in _CODES.split()}


class Identification:
    """``title``, ``language`` (ISO 639-1), ``facts`` (name of a model.Fact -> value) and ``warnings``."""

    def __init__(self, root: Any) -> None:
        self.root = root
        act = next((part for part in root.iter(*_ACTS) if part.find("meta") is not None), None)
        meta = (act if act is not None else root).find(".//meta")
        work = meta.find(".//FRBRWork") if meta is not None else None
        expression = meta.find(".//FRBRExpression") if meta is not None else None
        language = _value(expression, "FRBRlanguage", "language").lower()
        self.language = _LANGUAGES.get(language, language if len(language) == 2 else None)
        self.title = self._title(act)
        self.warnings: tuple[str, ...] = ()
        date, stands_for = _value(work, "FRBRdate", "date"), _value(work, "FRBRdate", "name")
        found = {
            "jurisdiction": _country(_value(work, "FRBRcountry", "value")),
            # Our own files have a date where none is known, for the standard wants one.
            "date": date if stands_for not in ("year", "unknown") else "",
            "year": date[:4] if stands_for == "year" else "",
            "number": _shown(self._front("docNumber", act)) or _value(work, "FRBRnumber", "value"),
            "kind": DocumentKind.LAW.value if act is not None else "",
            "status": self._status(act, meta, date, _value(expression, "FRBRdate", "date")),
        }
        self.facts = {name: value for name, value in found.items() if value}

    def _front(self, tag: str, act: Any) -> Any:
        """The first such element on the document's first page, of the whole before that of the act in it."""
        for holder in (self.root, act):
            for part in holder.iter(*_FRONT) if holder is not None else ():
                found = part.find(f".//{tag}")
                if found is not None:
                    return found
        return None

    def _title(self, act: Any) -> str | None:
        for tag in ("shortTitle", "docTitle", "longTitle"):
            found = self._front(tag, act)
            if found is None:
                continue
            line = found.getparent()
            # "Legislative Decree no. 82 of 7 March 2005, Code of ...": the title as it stands with its number.
            if (
                tag == "docTitle"
                and line.tag == "p"
                and line.find("docNumber") is not None
                and len(_shown(line)) < _LONGEST_TITLE
            ):
                found = line
            if _shown(found):
                return _shown(found)
        named = next((alias for alias in self.root.iter("FRBRalias") if (alias.get("name") or "").lower() == "title"), None)
        if named is not None and clean(named.get("value") or ""):
            return clean(named.get("value") or "")
        # A portion of an act has no first page: its first heading says what it is.
        headed = next((part for part in self.root.iter() if part.find("heading") is not None), None)
        return clean(f"{_shown(headed.find('num'))} {_shown(headed.find('heading'))}") or None if headed is not None else None

    def _status(self, act: Any, meta: Any, dated: str, version: str) -> str:
        if act is None:
            return ""
        if act.tag == "bill":
            return "bill"
        events = list(meta.iter("eventRef"))
        ends = [
            str(event.get("date") or "") for event in events if "repeal" in f"{event.get('type')} {event.get('refersTo')}".lower()
        ]
        first: str = min(ends, default="")
        if first and first <= version:
            return "repealed"
        if first:
            self.warnings = (f"The document's metadata say that it is repealed from {first[:10]}.",)
        amended = sum(1 for event in events if event.get("type") == "amendment" or "rp" in (event.get("source") or ""))
        return "consolidated" if amended and version > dated else ""


def _value(holder: Any, tag: str, attribute: str) -> str:
    found = holder.find(tag) if holder is not None else None
    return (found.get(attribute) or "").strip() if found is not None else ""


def _country(code: str) -> str:
    """A country's alpha-3 code from either code of it; "" for one that we do not know."""
    code, table = code.upper().split("-")[0], codes()  # a part of a country as "GB-UKM"
    known = {**{alpha2: alpha3 for alpha3, (alpha2, _) in table.countries.items()}, "UK": "GBR", "EU": "EUR"}
    code = known.get(code, code)
    return code if code in table.countries or code in table.regions else ""


def _shown(element: Any) -> str:
    """The text of an element without the notes in it."""
    if element is None:
        return ""
    noted = {id(text) for note in element.iter("authorialNote") for text in note.itertext()}
    return clean(" ".join(part for part in element.itertext() if id(part) not in noted and part.strip()))
