"""Which documents hold the same text, or nearly: MinHash over runs of words (rensa), compared where their bands meet."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from rensa import RMinHash

from policyaudit.inventory import Item, Likeness

NEAR = 0.8
"""Share of their runs of words from which two texts are told to be nearly the same. Measured on real laws: two files of one
text, in other formats, lie above it; acts of one country on like matters far below."""
RELATED = 0.5
"""From here on two texts of one country may be versions of one instrument."""

_RUN = 5  # words
_PERMUTATIONS = 128
_BANDS = 32  # of four: two texts that share half of their runs meet in one of them with a chance of 87 in 100 (1 - (1 - s^4)^32),
# those that share six tenths with 99 in 100
_ROWS = _PERMUTATIONS // _BANDS
_FEWEST = 50  # words; a shorter text says too little
_CROWD = 200  # documents with one band in common: a form that all use, and no sign of likeness
_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


def words(text: str) -> list[str]:
    """The words of a text in lower case, each sign of a script without spaces for one."""
    return _WORD.findall(text.lower())


def digest(said: Sequence[str]) -> str:
    """SHA-256 of the words."""
    return hashlib.sha256(" ".join(said).encode("utf-8", errors="backslashreplace")).hexdigest()


def sketch(said: Sequence[str]) -> tuple[int, ...]:
    """The MinHash of the runs of words; empty for fewer than fifty words."""
    if len(said) < _FEWEST:
        return ()
    runs = sorted({" ".join(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)})
    minhash = RMinHash(num_perm=_PERMUTATIONS, seed=1)
    minhash.update([run.encode("utf-8", errors="replace").decode() for run in runs])
    return tuple(minhash.digest())


def share(first: Item, second: Item) -> float:
    """How much of the wording of two documents is the same, in [0, 1]: the Jaccard index of their runs of words, estimated to
    about 0.04. Two texts too short to tell share nothing unless they are the same."""
    if first.text_sha256 == second.text_sha256:
        return 1.0
    if not first.sketch or not second.sketch:
        return 0.0
    return sum(a == b for a, b in zip(first.sketch, second.sketch, strict=True)) / _PERMUTATIONS


def pairs(items: Iterable[Item]) -> list[tuple[Item, Item, float]]:
    """The pairs of documents that share at least ``RELATED`` of their wording, or all, the most alike first."""
    order = list(items)
    bands: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for index, item in enumerate(order):
        bands["file", item.sha256].append(index)
        bands["text", item.text_sha256].append(index)
        for band in range(0, len(item.sketch), _ROWS):
            bands[band, item.sketch[band : band + _ROWS]].append(index)
    met = {pair for several in bands.values() if len(several) <= _CROWD for pair in combinations(several, 2)}
    found = [(order[a], order[b], share(order[a], order[b])) for a, b in sorted(met)]
    return sorted((one for one in found if one[2] >= RELATED), key=lambda one: -one[2])


def likenesses(related: Iterable[tuple[Item, Item, float]]) -> tuple[Likeness, ...]:
    """Those of the pairs that hold the same text, or nearly."""
    return tuple(
        Likeness(first.name, second.name, _how(first, second), round(alike, 2))
        for first, second, alike in related
        if alike >= NEAR or first.sha256 == second.sha256
    )


def _how(first: Item, second: Item) -> str:
    if first.sha256 == second.sha256:
        return "file"
    return "text" if first.text_sha256 == second.text_sha256 else "near"
