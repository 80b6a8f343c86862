"""An issue of a gazette with several acts: each act's articles are counted by themselves and named with its title."""

from __future__ import annotations

import pytest

from policyaudit.ingest import structured
from policyaudit.ingest.blocks import Block, RawDocument, Role
from policyaudit.model import Document, DocumentKind, Source, TextKind


def read(text: str, language: str) -> Document:
    blocks = [
        Block(line.lstrip("# "), Role.HEADING, level=1) if line.startswith("#") else Block(line)
        for line in map(str.strip, text.strip().splitlines())
    ]
    source = Source("x", "x.txt", language=language, kind=DocumentKind.LAW, title="", year=2020)
    return structured(source, "text", "", RawDocument(tuple(blocks)))


def articles(document: Document) -> list[str]:
    return [provision.path for provision in document.provisions if provision.unit == "article"]


ENGLISH = """
    # ACT NO. XV OF 2020
    WHEREAS it is expedient to protect children;
    It is hereby enacted as follows:-
    1. Short title.- This Act may be called the Alert Act.
    2. Duties.- The police shall record every complaint.
    3. Rules.- The Government may make rules.
    # Schedule
    (a) name of the child;
    (b) age of the child.
    # ACT NO. XVI OF 2020
    An Act to establish an authority for legal aid
    WHEREAS it is expedient to give legal aid to survivors;
    It is hereby enacted as follows:-
    1. Short title.- This Act may be called the Legal Aid Act.
    # PART I THE AUTHORITY
    2. Authority.- There shall be an Authority.
    3. Duties.- The Authority shall give legal aid to survivors.
    """


def test_a_second_act_does_not_stand_under_the_schedule_of_the_first() -> None:
    document = read(ENGLISH, "en")
    second = [f"ACT NO. XVI OF 2020, s. {number}" for number in (1, 2, 3)]
    assert articles(document) == ["s. 1", "s. 2", "s. 3", *second]
    kinds = {provision.path: provision.kind for provision in document.provisions}
    assert {kinds[path] for path in second} == {TextKind.OPERATIVE}
    assert kinds["Schedule, a"] is TextKind.ANNEX


def test_two_decrees_in_one_issue_in_spanish() -> None:
    text = """
    # DECRETO NÚMERO 13-2020
    CONSIDERANDO: Que es deber del Estado proteger a las víctimas.
    DECRETA:
    Artículo 1. La policía recibirá toda denuncia.
    Artículo 2. El presente Decreto entrará en vigencia el día de su publicación.
    # ACUERDO GUBERNATIVO NÚMERO 431-2020
    CONSIDERANDO: Que conviene reconocer a quienes las protegen.
    ACUERDA:
    Artículo 1. Otorgar la orden a la agencia.
    Artículo 2. El Acuerdo empezará a regir el día siguiente.
    """
    name = "ACUERDO GUBERNATIVO NÚMERO 431-2020"
    assert articles(read(text, "es")) == ["art. 1", "art. 2", f"{name}, art. 1", f"{name}, art. 2"]


def test_two_arretes_in_one_issue_in_french() -> None:
    text = """
    # Arrêté n° 12 du 3 mai 2020
    Considérant la loi n° 5 sur les violences,
    Arrête :
    Article 1er. La police enregistre toute plainte.
    Article 2. Le présent arrêté entre en vigueur le jour de sa publication.
    # Arrêté n° 13 du 4 mai 2020
    Considérant la loi n° 6 sur l'aide juridique,
    Arrête :
    Article 1er. Il est créé une commission.
    Article 2. La commission siège à la capitale.
    """
    name = "Arrêté n° 13 du 4 mai 2020"
    assert articles(read(text, "fr")) == ["art. 1", "art. 2", f"{name}, art. 1", f"{name}, art. 2"]


def test_two_decrees_in_one_issue_in_portuguese() -> None:
    text = """
    # Decreto n.º 12, de 3 de maio de 2020
    Considerando que cabe ao Estado proteger as vítimas,
    Decreta:
    Art. 1º A polícia registra toda denúncia.
    Art. 2º Este Decreto entra em vigor na data de sua publicação.
    # Decreto n.º 13, de 4 de maio de 2020
    Considerando que convém prestar assistência jurídica,
    Decreta:
    Art. 1º Fica criada a comissão.
    Art. 2º A comissão reúne-se na capital.
    """
    name = "Decreto n.º 13, de 4 de maio de 2020"
    assert articles(read(text, "pt")) == ["art. 1", "art. 2", f"{name}, art. 1", f"{name}, art. 2"]


@pytest.mark.parametrize("line", ["El juez ordena:", "Si la víctima lo pide, el juez acuerda:"])
def test_a_line_that_orders_inside_an_article_begins_no_act(line: str) -> None:
    text = f"""
    CONSIDERANDO: Que es deber del Estado proteger a las víctimas.
    DECRETA:
    Artículo 1. Medidas.
    {line}
    1. la salida del agresor;
    2. la custodia policial.
    Artículo 2. La policía vigilará las medidas.
    """
    assert articles(read(text, "es")) == ["art. 1", "art. 2"]
