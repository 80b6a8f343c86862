"""Pages already recognised, kept by the hash of their file, so that recognition is paid once."""

from __future__ import annotations

import json
import os
from pathlib import Path

from policyaudit.ingest.recognition.sheet import Sheet


class Shelf:
    """The pages of one file in one folder. ``version`` is that of the recogniser: pages of another are not seen."""

    def __init__(self, folder: Path | None, sha256: str, version: str) -> None:
        self._folder = folder and folder / "pages" / sha256[:2] / sha256 / version

    def get(self, name: str) -> Sheet | None:
        """A page kept earlier; None if there is none or it is damaged."""
        if self._folder is None:
            return None
        try:
            return Sheet.from_data(json.loads((self._folder / f"{name}.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, name: str, sheet: Sheet) -> None:
        """Keeps a page, whole or not at all; a folder that cannot be written to is no reason to stop."""
        if self._folder is None:
            return
        place = self._folder / f"{name}.json"
        half = place.with_suffix(f".{os.getpid()}.part")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            half.write_text(json.dumps(sheet.as_data(), ensure_ascii=False), encoding="utf-8")
            half.replace(place)
        except OSError:
            half.unlink(missing_ok=True)
