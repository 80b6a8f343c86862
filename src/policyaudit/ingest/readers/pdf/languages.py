"""The language of each column, where a document steadily has columns in several languages side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from policyaudit.ingest import identify
from policyaudit.ingest.readers.pdf.order import Column

LEAST = 120  # letters of a column by which its language is judged
MOST = 1000
PROBED = 4  # pages with columns that are asked first


def mark_languages(pages: Sequence[Sequence[Column]]) -> str:
    """Gives every line of a column its language where columns of most pages are in several; that of most columns, which is the
    document's own, stays without, and is what comes back; "" where columns are in one language."""
    several = [columns for columns in pages if sum(_is_text(column) for column in columns) > 1]
    if len(several) < 2 and (len(pages) > 2 or not several):
        return ""
    step = max(1, len(several) // PROBED)
    probed = several[::step][:PROBED]
    if sum(len({_language(column) for column in columns if _is_text(column)}) > 1 for columns in probed) <= len(probed) // 2:
        return ""
    found = [(column, _language(column)) for columns in several for column in columns if _is_text(column)]
    counts = Counter(language for _, language in found)
    first = found[0][1]
    own = first if counts[first] >= 0.8 * counts.most_common(1)[0][1] else counts.most_common(1)[0][0]
    steady = {language for language, count in counts.items() if count >= max(1, len(several) // 3)}
    for column, language in found:
        if language != own and language in steady:
            for line in column.lines:
                line.language = language
    return own if len(steady | {own}) > 1 else ""


def _text(column: Column) -> str:
    return " ".join(line.text for line in column.lines if line.table < 0 and not line.marginal)


def _is_text(column: Column) -> bool:
    return sum(len(line.text) for line in column.lines if line.table < 0) >= LEAST


def _language(column: Column) -> str:
    return identify.language(_text(column)[:MOST])[0]
