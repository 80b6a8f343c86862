"""Articles: their run, their headings and first paragraphs, and those that an article inserts into another act."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from policyaudit.ingest import headings, misread, sequence
from policyaudit.ingest.blocks import Role
from policyaudit.ingest.numbering import ARTICLE_RANK, Mark, closes_quotation, fold
from policyaudit.ingest.patterns import either
from policyaudit.ingest.pieces import Piece, capitals
from policyaudit.ingest.sequence import CHAPEAU, DECIMAL_RANK, INSERTED_RANK, Node
from policyaudit.ingest.tree import Tree
from policyaudit.languages import Grammar
from policyaudit.model import TextKind

_QUOTED = re.compile(r"\s*[\"“«‘'”]")
_OWN = 5
_AMENDS = 30  # articles that are looked through for the one that goes on after an inserted one
_GAP = 4  # numbers that may be missing between two articles of one run
_ESTABLISHED = 3  # articles after which a number of another form is one of another act
_COMPOUND = re.compile(r"\d[-–.]\d")


class Articles:
    """The run of articles of a tree. ``bare``: they have no word before their number."""

    def __init__(self, tree: Tree, *, bare: bool) -> None:
        self.tree = tree
        self.bare = bare
        self.last = 0.0
        self.found = False  # any article of the act at hand
        self.inserted = False
        self.annexed = False
        self._cite = ""
        self._plain = False  # the first of the run has a number like 1 or I, not like 434-1
        self._former = [re.compile(pattern) for pattern in tree.grammar.former]
        self._closing = either(tree.grammar.closing)
        self._dangling = tuple(word if word[-1] == "'" else f" {word}" for word in tree.grammar.dangling)
        self._shouted: set[bool] = set()  # whether the labels of the run are in capitals
        self._worded = [
            (index, piece.mark.value, _is_compound(piece.mark), _is_shouted(piece))
            for index, piece in enumerate(tree.pieces)
            if piece.mark and piece.mark.unit and piece.mark.unit.unit == "article" and piece.mark.value is not None
        ]

    def restart(self) -> None:
        """A new run begins in an annex. After articles of the act's own, plain numbers in it are items."""
        self.annexed = self.annexed or self.last >= _OWN
        self.last, self.inserted = 0.0, False
        self._shouted.clear()

    def begin_anew(self) -> None:
        """Another act begins, with articles of its own."""
        self.last, self.found, self.inserted, self.annexed, self._plain = 0.0, False, False, False, False
        self._shouted.clear()

    def goes_on(self, value: float | None) -> bool:
        """Whether a number is the next of the run."""
        return value is not None and 0 < value - self.last <= 1

    def set_right(self, piece: Piece) -> None:
        """Gives a paragraph the mark of the next section, where that stands behind the sign of a note or was misread."""
        if self.annexed or not self.last or piece.role not in (Role.PARAGRAPH, Role.ITEM, Role.HEADING):
            return
        if piece.mark is not None and any(
            style == ".1" and (self.goes_on(value) or self._goes_on_list(value)) for style, value in piece.mark.readings
        ):
            return
        piece.mark = misread.meant(piece, int(self.last) + 1, self.tree.sentence_words) or piece.mark

    def _goes_on_list(self, value: float) -> bool:
        return any(node.style == ".1" and 0 < value - node.value <= 1 for node in self.tree.stack)

    def is_bare(self, index: int) -> bool:
        piece = self.tree.pieces[index]
        mark = piece.mark
        if (
            not self.bare
            or self.annexed
            or mark is None
            or piece.inline
            or not mark.readings
            or mark.readings[0][0] not in (".1", "-1")
        ):
            return False
        value = mark.readings[0][1]
        step = value - self.last
        if -1 < step < 0 and int(value) == int(self.last):
            return True  # 6C after 6D
        if 0 < step <= 1:
            # "1." inside an article that is itself an enumeration goes on with that.
            return not self._goes_on_list(value)
        return 1 < step <= 3 and not any(node.style == ".1" for node in self.tree.stack)

    def precedes_bare(self, index: int) -> bool:
        piece = self.tree.pieces[index]
        text = piece.text.strip()
        return (
            self.bare
            and index + 1 < len(self.tree.pieces)
            and piece.role is Role.PARAGRAPH
            and 3 < len(text) < 110
            and text[0].isupper()
            and text[-1] not in ".;:,"
            and self.is_bare(index + 1)
        )

    def add(self, index: int, cite: str) -> int:
        piece = self.tree.pieces[index]
        mark = piece.mark
        assert mark is not None
        value = mark.value if mark.unit else mark.readings[0][1]
        value = 0.0 if value is None else value
        former = self._is_former(index, value)
        if value == 1 and self.last and not _QUOTED.match(piece.text) and self._is_closed(index):
            self.begin_anew()
        inserted = not former and self._is_inserted(index, value)
        if not inserted:
            self._plain = (self._plain or not self.last) and not _is_compound(mark)
            self.last, self.found, self.inserted = value, True, False
            self._shouted.add(_is_shouted(piece))
        else:
            self.inserted = True
        rank = INSERTED_RANK if inserted else ARTICLE_RANK
        start = self._withdraw_twin(index, value)
        keep = sequence.keeps_items_of(self.tree.stack, rank)
        if not inserted:
            while keep and self.tree.stack[keep - 1].rank >= DECIMAL_RANK:
                keep -= 1
            keep = next((at for at in range(keep) if sequence.is_article(self.tree.stack[at])), keep)
        keep = self.tree.out_of_front(piece, keep)
        if cite == "{}" and self.last > 1:
            cite = self._cite  # "Procedure 11.—", where a heading in the margin ran into the section
        self._cite = cite
        node = self.tree.open(piece, unit="article", rank=rank, keep=keep, cite=cite)
        node.value = value
        node.kind = TextKind.REPEALED if former else None
        node.start = piece.start if start is None else start
        length = headings.length(
            piece.text[node.body - piece.start :],
            headed=piece.role is Role.HEADING or piece.bold,
            words=self.tree.sentence_words,
            colon=self.bare,
        )
        alone = length >= piece.end - node.body or headings.stands_alone(
            self.tree.pieces, index, node.body, self.tree.sentence_words
        )
        if alone and self._says_all(index, node):
            length, alone = 0, False
        if alone:
            self.tree.head(node, piece.end - node.body, piece)
        elif length:
            self.tree.head(node, length, piece)
        return self._body(node, index + 1)

    def _before(self, index: int) -> Iterator[Piece]:
        """The pieces before one, from the nearest back."""
        return (self.tree.pieces[at] for at in range(index - 1, -1, -1))

    def _is_closed(self, index: int) -> bool:
        """Whether the act has ended since its last article, so that what follows is the plan or rules that it adopts."""
        for piece in self._before(index):
            if _is_article(piece.mark):
                return False
            if piece.role is not Role.ROW and self._closing.match(fold(piece.text).strip()):
                return True
        return False

    def _is_former(self, index: int, value: float) -> bool:
        """Whether an article is the one before it as it read until that was amended, as consolidated texts announce it."""
        if value != self.last:
            return False
        for piece in reversed(self.tree.pieces[:index]):
            if piece.mark is not None and piece.mark.unit is not None and piece.mark.unit.unit == "article":
                return False
            if any(pattern.match(fold(piece.text.strip())) for pattern in self._former):
                return True
        return False

    def _withdraw_twin(self, index: int, value: float) -> int | None:
        """A label said twice, as where a heading was made of an article's first line, is one article: takes the first out of
        the tree, and returns where it starts."""
        last = self.tree.stack[-1] if self.tree.stack else None
        if last is None or last is not self.tree.nodes[-1] or last.unit != "article" or last.value != value:
            return None
        piece = self.tree.pieces[index]
        first, again = (" ".join(fold(re.sub(r"[\W_]+", " ", said)).split()) for said in (self._said(last), piece.rest))
        if not first or not again.startswith(first):
            return None
        self.tree.withdraw()
        return last.start

    def _said(self, node: Node) -> str:
        piece = next(piece for piece in self.tree.pieces if piece.start == node.start)
        return piece.rest

    def is_reference(self, index: int) -> bool:
        """Whether "Article 79 of this Act" is the rest of a sentence that the paragraph before it breaks off."""
        piece = self.tree.pieces[index]
        before = next((piece for piece in self._before(index) if piece.role not in (Role.FURNITURE, Role.NOTE)), None)
        if before is None or before.role not in (Role.PARAGRAPH, Role.ITEM):
            return False
        if piece.mark is not None and not self.goes_on(piece.mark.value) and fold(before.text.rstrip()).endswith(self._dangling):
            return True
        if before.role is not Role.PARAGRAPH or not piece.rest[:1].islower():
            return False
        return before.text.rstrip()[-1:].isalpha() and before.text.count(" ") > 5

    def end_quotation(self, index: int) -> None:
        """An article that is inserted into another act in quotation marks ends where they are closed."""
        position = next((at for at, node in enumerate(self.tree.stack) if node.rank == INSERTED_RANK), None)
        if position is None:
            return
        before = next((piece for piece in self._before(index) if piece.role not in (Role.FURNITURE, Role.NOTE)), None)
        if before is None or not closes_quotation(before.text) or _QUOTED.match(self.tree.pieces[index].text):
            return
        if self.tree.stack[position].start < before.start or _QUOTED.match(before.text):
            del self.tree.stack[position:]
            self.inserted = False

    def repeats_label(self, index: int) -> bool:
        """Whether "3.-" stands on the first line under "Section 3"."""
        piece, last = self.tree.pieces[index], self.tree.nodes[-1] if self.tree.nodes else None
        if last is None or last.unit != "article" or last.heading or last.body < last.end or piece.mark is None:
            return False
        return bool(piece.mark.readings) and piece.mark.readings[0] in ((".1", last.value), ("-1", last.value))

    def _says_all(self, index: int, node: Node) -> bool:
        """Whether an article has no more than the sentence on the line of its label, which is then no heading."""
        piece = self.tree.pieces[index]
        after = self.tree.pieces[index + 1] if index + 1 < len(self.tree.pieces) else None
        ends = after is None or after.role is Role.HEADING or _is_article(after.mark)
        text = piece.text[node.body - piece.start :].rstrip()
        return ends and text.endswith(".") and self.tree.sentence_words.count(text) > 0 and not capitals(text)

    def _body(self, node: Node, index: int) -> int:
        """The heading and the first paragraph of an article whose label stands on a line of its own."""
        if node.body < node.end:
            return index
        if not node.heading and headings.is_article_heading(self.tree.pieces, index, self.tree.sentence_words):
            piece = self.tree.pieces[index]
            node.heading = headings.tidy(piece.text)
            node.body = node.end = piece.end
            index += 1
        if index < len(self.tree.pieces) and self.tree.is_plain(index):
            piece = self.tree.pieces[index]
            node.body, node.end = piece.start, piece.end
            length = 0 if node.heading else headings.bracketed(piece.text)
            if length:
                self.tree.head(node, length, piece)
            index += 1
        return index

    def _is_inserted(self, index: int, value: float) -> bool:
        """Whether an article is one that the article before it inserts into another act."""
        piece = self.tree.pieces[index]
        if self._is_foreign(piece, value):
            return True
        if not self.last:
            return False
        step = value - self.last
        before = self.tree.pieces[index - 1].text.rstrip() if index else ""
        quoted = bool(_QUOTED.match(piece.text))
        introduced = before.endswith(CHAPEAU) or quoted
        other = self._shouted == {not _is_shouted(piece)}
        ahead = self._ahead(index, shouted=_is_shouted(piece) is not other)
        if 0 < step <= 1:
            return value in ahead and (introduced or self.inserted or other)
        if value == 1 and not quoted and not self.inserted:
            return False
        again = quoted and step <= 0
        if not again and not any(sequence.is_article(node) for node in self.tree.stack) and abs(step) <= _GAP:
            return False
        if not quoted and 1 < step <= _GAP and not any(0 < number - self.last <= 1 for number in ahead):
            return False  # the one between could not be read
        return introduced or self.inserted

    def _ahead(self, index: int, *, shouted: bool) -> list[float]:
        """The articles that follow with a label of this form, up to where their numbers begin anew."""
        ahead: list[float] = []
        for place in range(bisect_right(self._worded, index, key=itemgetter(0)), len(self._worded)):
            _, number, compound, form = self._worded[place]
            if (compound and self._plain) or form is not shouted:
                continue
            if number == 1 or len(ahead) == _AMENDS:
                break
            ahead.append(number)
        return ahead

    def _is_foreign(self, piece: Piece, value: float) -> bool:
        """Whether a label is of another form than those of the act's own articles: a number such as 1017-3 among plain ones,
        "Artículo" among those in capitals, where it is not the next of them."""
        mark = piece.mark
        if mark is None or mark.unit is None or self.last < _ESTABLISHED:
            return False
        if self._plain and _is_compound(mark) and int(re.findall(r"\d+", mark.number)[0]) > self.last + _GAP:
            return True
        return self._shouted == {not _is_shouted(piece)} and not self.goes_on(value)


def bare_articles(pieces: Sequence[Piece], grammar: Grammar, *, law: bool) -> bool:
    """Whether a document numbers its articles without a word before the number."""
    if not grammar.bare_articles or not law:
        return False
    worded = sum(1 for piece in pieces if _is_article(piece.mark))
    bare = sum(
        1 for piece in pieces if piece.mark and not piece.inline and piece.mark.readings[:1] and piece.mark.readings[0][0] == ".1"
    )
    return bare > 2 * worded or worded < 2


def _is_shouted(piece: Piece) -> bool:
    word = re.search(r"[^\W\d_]{2,}", piece.text)
    return word is not None and word[0].isupper()


def _is_compound(mark: Mark) -> bool:
    return _COMPOUND.search(mark.number) is not None


def _is_article(mark: Mark | None) -> bool:
    return mark is not None and mark.unit is not None and mark.unit.unit == "article"
