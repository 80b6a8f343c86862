"""Old Word documents (.doc): LibreOffice, where it is installed, makes .docx of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from policyaudit.errors import UnreadableDocument
from policyaudit.ingest.blocks import AS_USUAL, Manner, RawDocument
from policyaudit.ingest.word import read_word

FORMAT = "doc"
EXTENSIONS = (".doc", ".dot")

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "WordDocument".encode("utf-16-le")  # the stream in it that only a Word document has
_LONGEST = 180  # seconds
PROGRAMS = ("soffice", "libreoffice")


def recognises(head: bytes) -> bool:
    """Whether the first bytes are those of an old Office file; which sort shows only further in."""
    return head.startswith(_OLD_OFFICE)


def read(data: bytes, *, name: str, manner: Manner = AS_USUAL) -> RawDocument:
    """The document as blocks, as LibreOffice converts it. Raises UnreadableDocument where it cannot be converted."""
    if _WORD not in data:
        raise UnreadableDocument(
            "The file is an old Word file that is cut off, an old Excel or PowerPoint file, or a new file with a password. "
            "Save it as .docx, without a password."
        )
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        raise UnreadableDocument(
            "The file is an old Word document (.doc), which is read through LibreOffice, and that is not installed. "
            "Install LibreOffice, or save the file as .docx."
        )
    return read_word(_converted(data, program), manner)


def _converted(data: bytes, program: str) -> bytes:
    """The document as .docx. LibreOffice works in a folder and with settings of its own, for a limited time."""
    with tempfile.TemporaryDirectory(prefix="policyaudit-", ignore_cleanup_errors=True) as folder:
        source, profile = Path(folder, "document.doc"), Path(folder, "profile")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--infilter=MS Word 97",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            process.wait(timeout=_LONGEST)
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocument(
                f"LibreOffice did not convert the old Word document within {_LONGEST} seconds. Save it as .docx."
            ) from error
        finally:
            _end(process)
        made = Path(folder, "document.docx")
        if not made.is_file():
            raise UnreadableDocument(
                "LibreOffice cannot open the old Word document: it is damaged or has a password. Save it as .docx."
            )
        return made.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the converter with the processes that it started."""
    if hasattr(os, "killpg"):
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        except PermissionError:
            process.kill()
    else:
        process.kill()
    process.wait()
