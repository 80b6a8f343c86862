"""Names that a document gives to a concept itself: '"authorised officer" means a police officer', 'Special Unit (SSOIU)'.

They are then that concept wherever the document uses them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy

if TYPE_CHECKING:
    from policyaudit.match.hits import Hit, Hits
    from policyaudit.match.stream import Stream
    from policyaudit.match.vocabulary import Vocabulary

_QUOTED = re.compile(r"[\"“«‘']([^\"”»’'\n]{3,40})[\"”»’'][\s,]*$")
_SHORT = re.compile(r"\([^()\n]{0,25}?\b([A-Z][A-Z-]{1,9})s?[\"”']?\)")
_BEFORE_SHORT = re.compile(r"[^.;:()\n]*$")
BEFORE = 20  # characters at most between a phrase and the brackets that give it an abbreviation
REACH = 2  # words after "means" in which the concept must begin: the kind of thing that is defined, not its details
LONGEST = 4  # words of a defined name


def own_names(text: str, stream: Stream, said: Hits, defines: Sequence[Hit], definable: Collection[str]) -> dict[str, set[str]]:
    """Names that the text defines, each with the concepts that it stands for. ``said``: where concepts stand; ``defines``: where
    a defining word does; ``definable``: concepts that can be given a name by a definition (an abbreviation in brackets can stand
    for any)."""
    names: dict[str, set[str]] = defaultdict(set)
    shorts: dict[int, str] = {}  # one past the last word of a phrase -> the abbreviation in brackets behind it
    for short in _SHORT.finditer(text):
        before = _BEFORE_SHORT.search(text, max(0, short.start() - BEFORE), short.start())
        begin = before.start() if before else short.start()
        low, high = numpy.searchsorted(stream.ends, [begin, short.start() + 1]).tolist()
        shorts.update((word + 1, short.group(1)) for word in range(low, high))
    for row in numpy.flatnonzero(numpy.isin(said.last, list(shorts))).tolist():
        names[shorts[int(said.last[row])]].add(said.names[said.name[row]])
    at: dict[int, set[str]] = defaultdict(set)
    opens = [range(last, min(last + REACH, len(stream))) for _, last in defines]
    for row in numpy.flatnonzero(numpy.isin(said.first, [word for words in opens for word in words])).tolist():
        if said.names[said.name[row]] in definable:
            at[int(said.first[row])].add(said.names[said.name[row]])
    for (first, _), words in zip(defines, opens, strict=True):
        start = int(stream.starts[first])
        quoted = _QUOTED.search(text, max(0, start - 60), start)
        if quoted:
            for word in words:
                if word in at and stream.sentence[word] == stream.sentence[first]:
                    names[quoted.group(1).strip()] |= at[word]
                    break
    return dict(names)


def places(names: Mapping[str, Collection[str]], stream: Stream, vocabulary: Vocabulary) -> list[tuple[str, int, int]]:
    """Where the names stand, as (concept, first word, one past the last). A name of capitals only is found in capitals only."""
    result = []
    for name, concepts in sorted(names.items()):
        words = tuple(form for token in vocabulary.nlp.make_doc(name) if (form := vocabulary.normal(token.text)))
        if not 0 < len(words) <= LONGEST or vocabulary.stop.issuperset(words):
            continue
        first = numpy.arange(len(stream) - len(words) + 1)
        for place, word in enumerate(words):
            first = first[stream.forms[first + place] == vocabulary.forms.number(word)]
        capitals = (name, name + "s") if name.isupper() else ()
        for at in first.tolist():
            if not capitals or stream.written[stream.word[at]] in capitals:
                result += [(concept, at, at + len(words)) for concept in concepts]
    return result
