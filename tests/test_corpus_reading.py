"""Real documents of many drafting styles: read whole, their articles in order, nothing lost.

The numbers of articles were counted in the documents themselves.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from policyaudit.ingest import read
from policyaudit.model import Document, DocumentKind, Source, TextKind

LAW, PLAN = DocumentKind.LAW, DocumentKind.ACTION_PLAN
POLICY, CODE = DocumentKind.OPERATIONAL_POLICY, DocumentKind.CODE_OF_CONDUCT


def document(shared: Path, name: str, kind: DocumentKind | None = None) -> Document:
    return read(Source(str(shared / "corpus" / name), name, kind=kind))


@pytest.mark.parametrize(
    ("name", "language", "articles"),
    [
        ("laws/arg_ley-26485-vcm_2009.md", "es", 45),
        ("laws/ury_ley-17514-violencia-domestica_2002.md", "es", 29),
        ("laws/ury_ley-19643-trata_2018.md", "es", 50),
        ("laws/bra_lei-11340-maria-da-penha_2006.md", "pt", 55),
        ("laws/zmb_anti-gender-based-violence-act_2011.md", "en", 41),
        ("laws/nam_combating-domestic-violence-act_2003.md", "en", 37),
        ("laws/phl_ra9262-vawc_2004.md", "en", None),
        ("laws/gtm_ley-acceso-informacion_2008.pdf", "es", 72),
        ("codes/fra_code-deontologie-police-gendarmerie_2014.md", "fr", 33),
        ("laws/lux_loi-convention-istanbul_2018.md", "fr", 5),
        ("laws/per_tuo-ley-30364-vcm_2020.md", "es", None),
        ("laws/lso_anti-trafficking-act_2011.md", "en", None),
    ],
)
def test_articles_of_laws(shared: Path, name: str, language: str, articles: int | None) -> None:
    found = document(shared, name, LAW)
    assert found.language == language
    own = [
        p for p in found.provisions if p.unit == "article" and (p.parent is None or found.provisions[p.parent].unit != "article")
    ]
    numbers = [p.path for p in own]
    if articles is not None:
        assert len(dict.fromkeys(numbers)) == articles, numbers
    assert not any("out of order" in warning for warning in found.warnings) or "per_tuo" in name
    assert sum(p.end - p.start for p in found.provisions if p.kind is TextKind.OPERATIVE) > 0.4 * len(found.text)


@pytest.mark.parametrize(
    ("name", "kind", "path", "begins"),
    [
        ("codes/usa_urbana-pd-domestic-violence_2018.pdf", POLICY, "311.4(a)", "Calls of reported"),
        ("codes/usa_hanover-park-pd-domestic-violence-procedure_2018.pdf", POLICY, None, "Their rights under"),
        ("codes/usa_chicago-pd-use-of-force_2020.pdf", POLICY, "General Order G03-02 III.C.3.a", "death or great bodily harm"),
        ("plans/cod_pan-1325-deuxieme-generation_2018.pdf", PLAN, "4.1.1", ""),
        ("plans/per_plan-nacional-contra-violencia-mujer-2009-2015.md", PLAN, "art. 3(b)", "El (la) Ministro"),
    ],
)
def test_numbers_of_plans_and_policies(shared: Path, name: str, kind: DocumentKind, path: str | None, begins: str) -> None:
    found = document(shared, name, kind)
    bodies = [(p.path, found.text[p.body : p.end]) for p in found.provisions]
    assert any((path is None or said == path) and body.startswith(begins) for said, body in bodies)
    if found.format == "pdf":
        assert found.pages and all(a.end == b.start for a, b in zip(found.pages, found.pages[1:], strict=False))


def test_a_web_page_around_a_law_is_not_the_law(shared: Path) -> None:
    found = document(shared, "laws/per_tuo-ley-30364-vcm_2020.md", LAW)
    said = {found.text[p.start : p.end][:25]: p.kind for p in found.provisions}
    assert said["• Revise también el Código"[:25]] is TextKind.FURNITURE
    assert next(p for p in found.provisions if p.heading == "Principios rectores").kind is TextKind.OPERATIVE
