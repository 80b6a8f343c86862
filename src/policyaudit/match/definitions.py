"""Names that a document gives to a concept itself: '"authorised officer" means a police officer', 'Special Unit (SSOIU)'.

They are then that concept wherever the document uses them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policyaudit.match.vocabulary import Hit, Stream, Vocabulary

_QUOTED = re.compile(r"[\"“«‘']([^\"”»’'\n]{3,40})[\"”»’'][\s,]*$")
_SHORT = re.compile(r"[^.;:()\n]{0,20}\([^()\n]{0,25}?\b([A-Z][A-Z-]{1,9})s?[\"”']?\)")
REACH = 2  # words after "means" in which the concept must begin: the kind of thing that is defined, not its details
LONGEST = 4  # words of a defined name


def own_names(
    text: str, stream: Stream, found: Mapping[str, Sequence[Hit]], defines: Sequence[Hit], definable: Collection[str]
) -> dict[str, set[str]]:
    """Names that the text defines, each with the concepts that it stands for. ``defines``: where a defining word stands;
    ``definable``: concepts that can be given a name by a definition (an abbreviation in brackets can stand for any)."""
    names: dict[str, set[str]] = defaultdict(set)
    at: dict[int, set[str]] = defaultdict(set)
    for concept, hits in found.items():
        for first, last in hits:
            if concept in definable:
                at[first].add(concept)
            short = _SHORT.match(text, stream.ends[last - 1])
            if short:
                names[short.group(1)].add(concept)
    for first, last in defines:
        quoted = _QUOTED.search(text, max(0, stream.starts[first] - 60), stream.starts[first])
        if quoted:
            for token in range(last, min(last + REACH, len(stream.words))):
                if at[token] and stream.sentence[token] == stream.sentence[first]:
                    names[quoted.group(1).strip()] |= at[token]
                    break
    return dict(names)


def places(names: Mapping[str, Collection[str]], stream: Stream, vocabulary: Vocabulary) -> dict[str, list[Hit]]:
    """Where the names stand, by concept. A name of capitals only is found in capitals only."""
    by_first: dict[str, list[tuple[tuple[str, ...], str, Collection[str]]]] = defaultdict(list)
    for name, concepts in sorted(names.items()):
        words = tuple(form for token in vocabulary.nlp.make_doc(name) if (form := vocabulary.normal(token.text)))
        if 0 < len(words) <= LONGEST and not vocabulary.stop.issuperset(words):
            by_first[words[0]].append((words, name if name.isupper() else "", concepts))
    result: dict[str, list[Hit]] = defaultdict(list)
    for index, word in enumerate(stream.words):
        for words, capitals, concepts in by_first.get(word, ()):
            end = index + len(words)
            if tuple(stream.words[index:end]) != words or (capitals and stream.forms[index] not in (capitals, capitals + "s")):
                continue
            for concept in sorted(concepts):
                result[concept].append((index, end))
    return result
