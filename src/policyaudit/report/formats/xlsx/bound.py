"""A workbook without a clock: the same sheets give the same bytes."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip can hold; results carry no clock


def new(title: str, version: str) -> Any:
    """An empty workbook, to which sheets are written row by row; ``version`` is that of this program."""
    book = Workbook(write_only=True)
    book.properties.creator = f"policyaudit {version}"
    book.properties.title = title
    book.properties.created = book.properties.modified = datetime(*_EPOCH)
    return book


def save(book: Any, path: Path) -> None:
    """Write the workbook. Not by Workbook.save, which writes the time of day into the properties."""
    ExcelWriter(book, _TimelessZip(path, "w", ZIP_DEFLATED, allowZip64=True)).save()


class _TimelessZip(ZipFile):
    """A zip whose entries all bear the same date."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, compress_type: Any = None, compresslevel: Any = None) -> None:
        super().writestr(_entry(zinfo_or_arcname), data, compress_type, compresslevel)

    def write(self, filename: Any, arcname: Any = None, compress_type: Any = None, compresslevel: Any = None) -> None:
        entry = _entry(arcname or str(filename))
        entry.file_size = Path(filename).stat().st_size  # so that zip64 is used only where needed: forced, it varies with Python
        with open(filename, "rb") as source, self.open(entry, "w") as target:
            shutil.copyfileobj(source, target, 1 << 20)


def _entry(name: Any) -> ZipInfo:
    entry = ZipInfo(name.filename if isinstance(name, ZipInfo) else name.lstrip("/"), _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    return entry
