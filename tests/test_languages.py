"""Reports in other languages: the catalogues are whole, and no English word of the program is left on a page or a sheet."""

from __future__ import annotations

import dataclasses
import gettext
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from babel.messages import extract, frontend, pofile
from lxml import html

from policyaudit import comparing, report, store
from policyaudit.errors import UsageError
from policyaudit.model import Results
from policyaudit.report import sentences
from policyaudit.report.translation import ENGLISH, translation
from policyaudit.rubricfolder import load, untranslated

ROOT = Path(__file__).parents[1]
HOME = ROOT / "src" / "policyaudit" / "report"
RUN = ROOT / "reports" / "example"
LANGUAGES = ("es", "fr", "pt")


def messages() -> dict[str, tuple[str, ...]]:
    """Every message of the sources, with its plural if it has one: as `make catalogues` finds them."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        ways, options = frontend.parse_mapping_cfg(file)
    asked = re.findall(r"-k (\w+):(\d)", (ROOT / "Makefile").read_text(encoding="utf-8"))
    keywords = extract.DEFAULT_KEYWORDS | {name: (int(place),) for name, place in asked}
    found = extract.extract_from_dir(str(HOME), ways, options, keywords=keywords)
    several = [message if isinstance(message, tuple) else (message,) for _, _, message, _, _ in found]
    return {parts[0]: parts for parts in several}


@pytest.fixture(scope="module")
def english() -> dict[str, tuple[str, ...]]:
    return messages()


@pytest.fixture(scope="module")
def results() -> Results:
    return store.load(RUN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_hold_every_message_translated_and_compiled(language: str, english: dict[str, tuple[str, ...]]) -> None:
    folder = HOME / "locale" / language / "LC_MESSAGES"
    with (folder / "policyaudit.po").open("rb") as file:
        catalogue = pofile.read_po(file, locale=language)
    with (folder / "policyaudit.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert len(english) > 250
    for name in english:
        message = catalogue.get(name)
        assert message is not None, f"not in the catalogue: {name!r}; run make catalogues and translate it"
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms) and not message.fuzzy, f"not translated: {name!r}"
        assert not list(message.check()), name
        said = compiled.ngettext(*english[name], 1) if message.pluralizable else compiled.gettext(name)
        assert said == forms[0], f"not compiled: {name!r}; run make catalogues"
    unused = [message.id for message in catalogue if message.id and _first(message.id) not in english]
    assert not unused, "of no source any more; run make catalogues"


def _first(message: Any) -> str:
    return str(message[0] if isinstance(message, list | tuple) else message)


def foreign(language: str, english: dict[str, tuple[str, ...]]) -> set[str]:
    """The messages that are said otherwise in a language, without those that stand for values only."""
    words = translation(language)
    return {name for name in english if words.gettext(name) != name and "%(" not in name}


TEXTS = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const home = node.parentElement;
    if (!home.closest("script, style, blockquote, bdi, body [lang]")) found.push(node.textContent);
  }
  for (const one of document.querySelectorAll("[aria-label], [title]")) {
    for (const name of ["aria-label", "title"]) if (one.hasAttribute(name)) found.push(one.getAttribute(name));
  }
  return found.map(text => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_speaks_the_language_of_the_report(
    language: str, english: dict[str, tuple[str, ...]], results: Results, tmp_path: Path, chromium: Path
) -> None:
    sync_api = pytest.importorskip("playwright.sync_api")
    (path,) = report.write(results, tmp_path, ["html"], language=language)
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(path.as_uri())
        shown = set(page.evaluate(TEXTS))
        assert page.evaluate("document.documentElement.lang") == language
        assert page.title().startswith(translation(language).gettext("Gap report: %(title)s", title=""))
        page.select_option("#by-section", index=1)
        told = page.text_content("#filtered")
        browser.close()
    assert not sorted(shown & foreign(language, english) - set(_strings(results.rubric)))
    assert told and "{" not in told and "Filtered" not in told
    quotes = [e.quote for card in results.cards for f in card.findings for e in _evidence(f)]
    raw = path.read_text(encoding="utf-8")
    assert sum(quote.split("\n")[0][:40] in raw for quote in quotes if not re.search(r"[&<>\"']", quote[:40])) > 50


def _strings(data: Any) -> Iterator[str]:
    """Every text of the rubric: one that has no translation yet is no fault of the catalogues."""
    if isinstance(data, str):
        yield " ".join(data.split())
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _strings(value)


def _evidence(finding: Any) -> Iterator[Any]:
    for element in finding.elements:
        yield from element.evidence[:1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_speaks_the_language_of_the_report(
    language: str, english: dict[str, tuple[str, ...]], results: Results, tmp_path: Path
) -> None:
    (path,) = report.write(results, tmp_path, ["xlsx"], language=language)
    (plain,) = report.write(results, tmp_path / "en", ["xlsx"])
    book, other = openpyxl.load_workbook(path), openpyxl.load_workbook(plain)
    wrong = foreign(language, english)
    assert not wrong & set(book.sheetnames)
    assert len(book.sheetnames) == len(set(book.sheetnames)) == len(other.sheetnames)
    for sheet, same in zip(book.worksheets, other.worksheets, strict=True):
        assert (sheet.max_row, sheet.max_column) == (same.max_row, same.max_column)
        if sheet.auto_filter.ref:
            (head,) = sheet.iter_rows(
                min_row=int(re.findall(r"\d+", sheet.auto_filter.ref)[0]),
                max_row=int(re.findall(r"\d+", sheet.auto_filter.ref)[0]),
                values_only=True,
            )
            assert not wrong & {value for value in head if value}, sheet.title


def unquoted(page: str) -> set[str]:
    """What a page says that is no quotation and no name: texts outside of what keeps its own language, and labels."""
    body = html.fromstring(page).find("body")
    apart = "ancestor::bdi or ancestor::blockquote or ancestor::style or ancestor::script or ancestor::*[@lang][not(self::html)]"
    found = [*body.xpath(f".//text()[not({apart})]"), *body.xpath(".//@aria-label | .//@title")]
    return {" ".join(str(text).split()) for text in found} - {""}


@pytest.mark.parametrize("language", LANGUAGES)
def test_check_of_a_corpus_speaks_the_language_of_the_report(
    language: str, english: dict[str, tuple[str, ...]], tmp_path: Path, rubric_folder: Path, policyaudit: Callable[..., Any]
) -> None:
    put(rubric_folder, "B1.yaml", "id: B1\ncriteria:\n  B1.01:\n    title: Respeto\n")
    folder = tmp_path / "documents"
    folder.mkdir()
    duty = "1. The police shall protect every survivor under the Evidence Act, 1995, and shall report each month to the minister."
    several = [f"{number}. {duty[3:]} District {number} shall do so too." for number in range(1, 40)]
    for name, title, lines in (
        ("ken_2015.md", "Protection Act, 2015", several),
        ("ken_2019.md", "Protection Act, 2019", several[:-2]),
        ("ken_bill.md", "A Bill", [duty]),
    ):
        (folder / name).write_text("\n\n".join([f"# {title}", *lines]), encoding="utf-8")
    (folder / "bad.pdf").write_bytes(b"no PDF")
    head = "file,country,kind,title,language,year,status"
    rows = (
        "ken_2015.md,KEN,law,,en,2016,",
        "ken_2019.md,KEN,law,,en,,",
        "ken_bill.md,KEN,law,,en,,bill",
        "bad.pdf,KEN,law,,en,,",
    )
    (folder / "manifest.csv").write_text("\n".join([head, *rows, ""]), encoding="utf-8")
    plain, said = tmp_path / "en", tmp_path / language
    by = ("corpus", "check", folder, "--rubric", rubric_folder, "--format", "xlsx,html,json")
    assert policyaudit(*by, "--out", plain).code == 1  # one file cannot be read
    policyaudit(*by, "--out", said, "--report-language", language)
    page = (said / "corpus-check.html").read_text(encoding="utf-8")
    wrong = foreign(language, english)
    assert f'<html lang="{language}">' in page and not sorted(unquoted(page) & wrong)
    assert "Evidence Act, 1995" in page and translation(language).country("KEN") in page
    assert (">Respeto<" in page) == (language == "es"), "the rubric's own texts, where there are any"
    for remark in ("does not count for its country", "the manifest says", "of the wording is the same"):
        assert remark not in page and remark in (plain / "corpus-check.json").read_text(encoding="utf-8")
    assert (said / "corpus-check.json").read_bytes() == (plain / "corpus-check.json").read_bytes(), "programs rely on it"
    book, other = (openpyxl.load_workbook(out / "corpus-check.xlsx") for out in (said, plain))
    assert not wrong & {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert not wrong & set(book.sheetnames)
    assert [sheet.max_row for sheet in book] == [sheet.max_row for sheet in other]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_document_as_read_is_shown_in_the_language_asked_for(
    language: str, english: dict[str, tuple[str, ...]], tmp_path: Path, policyaudit: Callable[..., Any]
) -> None:
    law = ROOT / "corpora" / "example" / "law-gender-violence-act.pdf"
    place = tmp_path / "law.html"
    assert policyaudit("read", law, "--format", "html", "--report-language", language, "--out", place).code == 0
    page = place.read_text(encoding="utf-8")
    assert f'<html lang="{language}">' in page and not sorted(unquoted(page) & foreign(language, english))
    assert translation(language).gettext("operative") in page and translation(language).gettext("Kinds of text") in page
    texts = html.fromstring(page).xpath("//div[@class='said']")
    assert texts and {one.get("lang") for one in texts} == {"en"}, "what the law says stays in its language"
    outcome = policyaudit("read", law, "--format", "akn", "--report-language", language)
    assert outcome.code == 2 and "give --format html" in outcome.err


@pytest.mark.parametrize("language", LANGUAGES)
def test_workbook_of_a_comparison_speaks_the_language(language: str, english: dict[str, tuple[str, ...]], tmp_path: Path) -> None:
    (path,) = comparing.write(comparing.compare([RUN], language=language), tmp_path, ["xlsx"], language=language)
    book = openpyxl.load_workbook(path)
    said = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert not foreign(language, english) & (said | set(book.sheetnames))


def test_numbers_and_names_are_written_as_the_language_writes_them() -> None:
    french, spanish = translation("fr"), translation("es")
    assert french.percent(2 / 3).replace("\u202f", " ").replace("\xa0", " ") == "67 %"
    assert (french.figure(0.965), ENGLISH.percent(2 / 3), ENGLISH.percent(None)) == ("0,96", "67%", "–")
    assert (spanish.country("KEN"), spanish.language_name("fr")) == ("Kenia (KEN)", "francés (fr)")
    assert (spanish.country("EUR"), spanish.country("XVA"), french.country("BRA")) == (
        "Unión Europea (EUR)",
        "XVA",
        "Brésil (BRA)",
    )
    assert spanish.ngettext("%(num)s page", "%(num)s pages", 1) == "1 página"


@pytest.mark.parametrize(
    ("sentence", "spanish"),
    [
        (
            "A document of the kind action plan cannot carry it; it is looked for in: law, code of conduct.",
            "Un documento del tipo «plan de acción» no puede contenerlo; se busca en: ley, código de conducta.",
        ),
        ("Pages 3, 7-9 have no text and could not be read.", "Las páginas 3, 7-9 no tienen texto y no pudieron leerse."),
        (
            "The numbering of articles has gaps between 4 and 6; 9 bis and 11; and 2 more.",
            "La numeración de los artículos tiene saltos entre 4 y 6; 9 bis y 11; y 2 más.",
        ),
        (
            "The numbers of its articles do not run on (between 1 and 3; 9 after 11; and 2 more), as in an act that amends "
            "others or in an excerpt; else some were not read.",
            "Los números de sus artículos no son seguidos (entre 1 y 3; 9 después de 11; y 2 más), como en un acto que modifica "
            "otros o en un extracto; si no, algunos no se leyeron.",
        ),
        (
            "The country is Kenya (KEN), as the manifest says, but p. 2 names Spain (ESP).",
            "El país es Kenia (KEN), según el manifiesto, pero la p. 2 nombra España (ESP).",
        ),
        (
            "Read as a bill, because the beginning says “A BILL”; it is left out of its country's card. If it is in force, say "
            "status in_force in the manifest.",
            "Leído como «proyecto de ley», porque el comienzo dice «A BILL»; no se incluye en la ficha de su país. Si está "
            "vigente, indique el estado in_force en el manifiesto.",
        ),
        (
            "status: the manifest says in_force, p. 1 (“DRAFT”) draft",
            "estado: el manifiesto dice en vigor; la p. 1 («DRAFT»), borrador",
        ),
        ("It is marked as draft.", "Está marcado como: borrador."),
        ("A sentence that nobody knows.", "A sentence that nobody knows."),
        (
            "Hidden sheets, rows or columns of the workbook (2) were left out. Show them if they count.",
            "Se omitieron hojas, filas o columnas ocultas del libro (2). Muéstrelas si cuentan.",
        ),
        (
            "The document has tracked changes (12): it was read as it was before them.",
            "El documento tiene cambios marcados (12): se leyó como estaba antes de ellos.",
        ),
    ],
)
def test_sentences_of_the_other_rooms_are_known_again(sentence: str, spanish: str) -> None:
    assert sentences.said(sentence, translation("es")) == spanish


def test_every_reason_of_a_real_run_is_translated(results: Results) -> None:
    words = translation("fr")
    reasons = {f.reason for card in (*results.cards, *results.countries) for f in card.findings if f.reason}
    told = {warning for document in results.documents for warning in document.warnings}
    assert reasons
    assert not [sentence for sentence in reasons | told if sentences.said(sentence, words) == sentence]


def test_a_language_without_reports_is_one_clear_error(results: Results, tmp_path: Path, policyaudit: Callable[..., Any]) -> None:
    with pytest.raises(UsageError, match="--report-language: no reports in 'xx'; there are: en, es, fr, pt"):
        report.write(results, tmp_path, ["csv"], language="xx")
    outcome = policyaudit("report", RUN, "--out", tmp_path, "--report-language", "de")
    assert outcome.code == 2 and "permitted: en, es, fr, pt" in outcome.err
    outcome = policyaudit("report", RUN, "--out", tmp_path, "--report-language", "pt", "--format", "html")
    assert outcome.code == 0
    assert '<html lang="pt">' in (tmp_path / "gap-report.html").read_text(encoding="utf-8")


# ---------------------------------------------------------------- the rubric's texts


def put(folder: Path, name: str, text: str) -> None:
    path = folder / "texts" / "es" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_texts_of_the_rubric_are_printed_and_what_is_missing_stays_english(rubric_folder: Path, results: Results) -> None:
    before = load(rubric_folder)
    put(rubric_folder, "rubric.yaml", "title: Rúbrica de prueba\n")
    put(
        rubric_folder,
        "A1.yaml",
        "id: A1\ntitle: Leyes\ncriteria:\n  A1.01:\n    title: Obligación\n    elements:\n      a: un deber\n",
    )
    rubric = load(rubric_folder)
    assert rubric.sha256 == before.sha256, "a translation changes no finding"
    assert rubric.fingerprints == before.fingerprints
    assert untranslated(rubric, "es")[0].startswith("A1.01 (requirement, why, ")
    assert untranslated(rubric, "es")[-1] == "B1.01"
    mine = dataclasses.replace(results, rubric=json.loads(json.dumps(rubric.as_data())), cards=(), countries=(), documents=())
    spanish = sentences.in_language(mine, translation("es")).rubric
    plain = sentences.in_language(mine, ENGLISH).rubric
    assert "texts" not in spanish and "texts" not in plain
    assert (spanish["title"], plain["title"]) == ("Rúbrica de prueba", rubric.head.title)
    (first, *_), (unchanged, *_) = (data["sections"] for data in (spanish, plain))  # type: ignore[misc]
    assert (first["title"], first["criteria"][0]["title"]) == ("Leyes", "Obligación")
    assert first["criteria"][0]["requirement"] == unchanged["criteria"][0]["requirement"]
    assert first["criteria"][0]["elements"]["a"] == "un deber"
    assert first["criteria"][1] == unchanged["criteria"][1]


def test_texts_of_what_the_rubric_does_not_have_are_faults(rubric_folder: Path) -> None:
    put(rubric_folder, "A1.yaml", "id: A1\ncriteria:\n  A1.01:\n    elements:\n      h: de más\n  A9.99:\n    title: Nada\n")
    with pytest.raises(UsageError) as raised:
        load(rubric_folder)
    said = str(raised.value)
    assert "A1.01: elements: nothing is called 'h'; permitted: a" in said
    assert "A9.99: the rubric has no such criterion" in said
    put(rubric_folder, "A1.yaml", "id: A1\ncriteria:\n  A1.01:\n    titel: Mandato\n")
    with pytest.raises(UsageError, match=r"texts/es/A1.yaml:4: .*titel: unknown key"):
        load(rubric_folder)


def test_rubric_check_lists_what_is_not_translated(rubric_folder: Path, policyaudit: Callable[..., Any]) -> None:
    put(rubric_folder, "A1.yaml", "id: A1\ncriteria:\n  A1.01:\n    title: Mandato\n")
    outcome = policyaudit("rubric", "check", rubric_folder)
    assert "texts in es: 0 of 3 criteria" in outcome.out
    assert "reports in es print in English: A1.01 (requirement, why, " in outcome.out
