"""Text recognition (OCR): images of pages in, their printed lines out. RapidOCR and ONNX Runtime live here only.

They come with the extra ``policyaudit[ocr]``; without it ``version()`` is None and nothing can be recognised.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any

from policyaudit.ingest.blocks import Manner
from policyaudit.ingest.recognition.engine import Recogniser, version
from policyaudit.ingest.recognition.sheet import Printed, Sheet
from policyaudit.ingest.recognition.shelf import Shelf

__all__ = ["HOW_TO_INSTALL", "Printed", "Sheet", "recognise", "version"]

HOW_TO_INSTALL = "Install text recognition with: pip install 'policyaudit[ocr]'"


def recognise(
    pages: Sequence[int], render: Callable[[int], Any], *, sha256: str, manner: Manner, images: str = ""
) -> dict[int, Sheet]:
    """These pages of a file, read from their images, several at once; those kept from an earlier run are not read again.

    ``render`` gives the grey image of a page (rows of bytes, 0 is black); it is called in this thread only, shortly before
    the page is read. ``images`` names how they are made: others would be read otherwise. A page is kept as soon as it is
    read, so that a run that is broken off loses only what it had in hand.
    The extra must be installed.
    """
    shelf = Shelf(manner.cache, sha256, f"{version()}-{images}")
    sheets = {page: sheet for page in pages if (sheet := shelf.get(str(page)))}
    left = [page for page in pages if page not in sheets]
    done = len(sheets)
    if manner.progress and left:
        manner.progress(done, len(pages))
    for page, sheet in _read(left, render, max(1, min(manner.jobs, len(left)))):
        shelf.put(str(page), sheet)
        sheets[page] = sheet
        done += 1
        if manner.progress:
            manner.progress(done, len(pages))
    return {page: sheets[page] for page in pages}


def _read(pages: Sequence[int], render: Callable[[int], Any], jobs: int) -> Iterator[tuple[int, Sheet]]:
    """(page, what it says) as the pages come in. No more images are made than are being read, and one that waits."""
    if not pages:
        return
    own = threading.local()

    def read(image: Any) -> Sheet:
        if not hasattr(own, "recogniser"):
            own.recogniser = Recogniser()
        sheet: Sheet = own.recogniser.read(image)
        return sheet

    waiting: dict[Future[Sheet], int] = {}
    with ThreadPoolExecutor(jobs, thread_name_prefix="recognition") as pool:
        try:
            for page in pages:
                waiting[pool.submit(read, render(page))] = page
                if len(waiting) > jobs:
                    yield from _finished(waiting)
            while waiting:
                yield from _finished(waiting)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _finished(waiting: dict[Future[Sheet], int]) -> Iterator[tuple[int, Sheet]]:
    ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in sorted(ready, key=lambda one: waiting[one]):
        yield waiting.pop(future), future.result()
