"""What is audited, and what is known about it: manifests, files, folders, and the names they get."""

from __future__ import annotations

from pathlib import Path

import pytest

from policyaudit import codes
from policyaudit.corpus import Corpus, gather, read_manifest, stems
from policyaudit.errors import UsageError
from policyaudit.model import DocumentKind, Source

ENDINGS = (".pdf", ".md", ".txt", ".docx")
HEAD = "file,country,kind,title,language,year,status\n"


def make(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("1. The court shall decide.", encoding="utf-8")


def manifest(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "manifest.csv"
    path.write_bytes(text.encode(encoding))
    return path


def names(corpus: Corpus) -> list[str]:
    return [source.name for source in corpus.sources]


def test_a_manifest_says_what_is_known(tmp_path: Path) -> None:
    make(tmp_path, "laws/a.md", "b.pdf")
    manifest(tmp_path, HEAD + "laws/a.md,KEN,law,Act No. 1,en,2015,In force\nb.pdf,,,,,,\n")
    corpus = gather([tmp_path], endings=ENDINGS)
    first, second = corpus.sources
    assert first == Source(str(tmp_path / "laws/a.md"), "laws/a.md", "KEN", DocumentKind.LAW, "Act No. 1", "en", 2015, "in_force")
    assert second == Source(str(tmp_path / "b.pdf"), "b.pdf")
    assert corpus.notes == (f"using {tmp_path / 'manifest.csv'}",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_manifest_as_spreadsheet_programs_save_it(encoding: str, separator: str, tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    row = ["a.md", "esp", "Law", '"Ley, de órdenes; 2004"', "ES", "2004", ""]
    text = HEAD.strip().replace(",", separator) + "\r\n" + separator.join(row) + "\r\n" + separator * 6 + "\r\n"
    (source,) = read_manifest(manifest(tmp_path, text, encoding)).sources
    assert (source.country, source.kind, source.title, source.language, source.year) == (
        *("ESP", DocumentKind.LAW, "Ley, de órdenes; 2004", "es", 2004),
    )


def test_iso3_stands_for_country_and_further_columns_do_not_matter(tmp_path: Path) -> None:
    text = "file,country,iso3,kind,title,year,language,notes\na.md,Kenya,KEN,law,Act,2015,en,checked\n"
    (source,) = read_manifest(manifest(tmp_path, text)).sources
    assert source.country == "KEN" and source.status is None


FAULTS = {
    "file,country,kind\na.md,KEN,law\n": ["manifest.csv:1: missing columns title, language, year; a manifest has file, country"],
    HEAD + ",KEN,law,,,,\n": ["manifest.csv:2: a row without file"],
    HEAD + "a.md,,,,,,\na.md,,,,,,\n": ["manifest.csv:3: a.md stands in", "manifest.csv:2 already"],
    HEAD + "a.md,Kenya,law,,,,\n": ["manifest.csv:2: unknown country code 'Kenya'", "did you mean KEN?"],
    HEAD + "a.md,KE,law,,,,\n": ["unknown country code 'KE'", "did you mean KEN?"],
    HEAD + "a.md,KEN,laws,,,,\n": ["manifest.csv:2: unknown kind 'laws'; permitted: law, action_plan", "did you mean law?"],
    HEAD + "a.md,KEN,action plan,,,,\n": ["did you mean action_plan?"],
    HEAD + "a.md,KEN,law,,english,,\n": ["manifest.csv:2: unknown language 'english'", "did you mean en?"],
    HEAD + "a.md,KEN,law,,pt-BR,,\n": ["unknown language 'pt-BR'", "did you mean pt?"],
    HEAD + "a.md,KEN,law,,en,20l5,\n": ["manifest.csv:2: year '20l5' is not a year such as 2015"],
    HEAD + 'a.md,KEN,law,"Act\non orders",en,2015,\nb.md,XKX1,law,,,,\n': ["manifest.csv:4: unknown country code 'XKX1'"],
    "": ["manifest.csv:1: missing columns file, country"],
}


@pytest.mark.parametrize("text", FAULTS)
def test_a_faulty_manifest_is_told_by_line_with_what_is_permitted(text: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        read_manifest(manifest(tmp_path, text))
    for part in FAULTS[text]:
        assert part in str(raised.value)


def test_every_fault_of_a_manifest_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        read_manifest(manifest(tmp_path, HEAD + "a.md,KENYA,law,,en,2015,\nb.md,KEN,law,,xx,15,\n"))
    assert len(str(raised.value).splitlines()) == 3


def test_a_row_of_another_kind_is_left_out_and_named(tmp_path: Path) -> None:
    read = read_manifest(manifest(tmp_path, HEAD + "a.md,KEN,law,,,,\nb.md,KEN,ocr_reference,,,,\nc.md,KEN,other,,,,\n"))
    assert [Path(source.path).name for source in read.sources] == ["a.md"]
    assert "2 rows left out" in read.notes[0] and "ocr_reference (1), other (1)" in read.notes[0]


def test_a_file_of_the_manifest_that_is_not_there_does_not_stop_the_others(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    manifest(tmp_path, HEAD + "a.md,KEN,law,,,,\nlost.md,KEN,law,,,,\n")
    corpus = gather([tmp_path], endings=ENDINGS)
    assert names(corpus) == ["a.md"]
    (failure,) = corpus.failures
    assert failure.name == "lost.md" and "no such file" in failure.message and "manifest.csv:3" in failure.message


def test_a_folder_gives_what_can_be_read_and_counts_the_rest(tmp_path: Path) -> None:
    make(tmp_path, "b/z.pdf", "b/a.MD", "c.txt", "d.xlsx", "e.jpg", ".hidden.md", "~$lock.docx", ".git/x.md")
    corpus = gather([tmp_path], endings=ENDINGS)
    assert names(corpus) == ["b/a.MD", "b/z.pdf", "c.txt"]
    assert corpus.notes == (f"{tmp_path}: 2 files skipped whose ending cannot be read: .jpg (1), .xlsx (1)",)


def test_names_are_relative_to_what_all_paths_have_in_common_and_each_file_comes_once(tmp_path: Path) -> None:
    make(tmp_path, "x/laws/a.md", "x/plans/a.md", "x/one.pdf")
    corpus = gather([tmp_path / "x/laws", tmp_path / "x/plans/a.md", tmp_path / "x/laws/a.md"], endings=ENDINGS)
    assert names(corpus) == ["laws/a.md", "plans/a.md"]


def test_paths_choose_and_the_manifest_tells(tmp_path: Path) -> None:
    make(tmp_path, "laws/a.md", "laws/new.md", "plans/b.md")
    text = HEAD + "laws/a.md,KEN,law,,,,\nplans/b.md,KEN,action_plan,,,,\nlaws/lost.md,KEN,law,,,,\n"
    listed = manifest(tmp_path, text)
    corpus = gather([tmp_path / "laws"], endings=ENDINGS, manifest=listed, country="UGA", kind=DocumentKind.BUDGET)
    assert [(s.name, s.country, s.kind) for s in corpus.sources] == [
        ("laws/a.md", "KEN", DocumentKind.LAW),
        ("laws/new.md", "UGA", DocumentKind.BUDGET),
    ]
    assert [failure.name for failure in corpus.failures] == ["laws/lost.md"]


def test_a_name_never_leads_out_of_the_run_folder(tmp_path: Path) -> None:
    make(tmp_path, "out/a.md", "in/b.md", "in/out/a.md")
    rows = f"../out/a.md,,,,,,\nb.md,,,,,,\n{tmp_path}/out/a.md,,,,,,\nout/a.md,,,,,,\n"
    listed = manifest(tmp_path / "in", HEAD + rows)
    assert names(gather([], endings=ENDINGS, manifest=listed)) == ["out/a.md", "b.md", "2/out/a.md"]


def test_one_path_of_several_missing_is_a_failure_and_all_missing_is_wrong_usage(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    corpus = gather([tmp_path / "a.md", tmp_path / "b.md"], endings=ENDINGS)
    assert names(corpus) == ["a.md"] and [f.name for f in corpus.failures] == ["b.md"]
    with pytest.raises(UsageError, match=r"b\.md: no such file or folder"):
        gather([tmp_path / "b.md"], endings=ENDINGS)
    with pytest.raises(UsageError, match="name a file or a folder"):
        gather([], endings=ENDINGS)


def test_files_that_differ_only_in_their_ending_get_cards_of_their_own() -> None:
    sources = [Source(name, name) for name in ("a.docx", "a.pdf", "A.PDF", "x/a.pdf", "b", "v1.2.md")]
    assert stems(sources) == {
        "a.docx": "a",
        "a.pdf": "pdf/a",
        "A.PDF": "pdf-2/A",
        "x/a.pdf": "x/a",
        "b": "b",
        "v1.2.md": "v1.2",
    }


def test_codes_of_countries_that_nobody_has() -> None:
    assert codes.country("xva") == "XVA" and codes.country("WLD") == "WLD"
    with pytest.raises(ValueError, match="ISO 3166"):
        codes.country("ZZQ9")
