"""Old office files made new ones by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from policyaudit.errors import UnreadableDocument

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = ("soffice", "libreoffice")
_LONGEST = 180  # seconds


def made_new(data: bytes, *, what: str, old: str, new: str, reads: str) -> bytes:
    """The file in the new format. ``what`` names it in messages, ``old`` and ``new`` are endings without the point, ``reads``
    is LibreOffice's name for the old format. Raises UnreadableDocument where LibreOffice is not installed or cannot open it."""
    program = next((path for name in PROGRAMS if (path := shutil.which(name))), None)
    if program is None:
        raise UnreadableDocument(
            f"The file is an old {what} (.{old}), which is read through LibreOffice, and that is not installed. "
            f"Install LibreOffice, or save the file as .{new}."
        )
    return _converted(data, program, what, old, new, reads)


def _converted(data: bytes, program: str, what: str, old: str, new: str, reads: str) -> bytes:
    """LibreOffice works in a folder and with settings of its own, for a limited time."""
    with tempfile.TemporaryDirectory(prefix="policyaudit-", ignore_cleanup_errors=True) as folder:
        source, profile = Path(folder, f"document.{old}"), Path(folder, "profile")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            f"--infilter={reads}",
            "--convert-to",
            new,
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
                f"LibreOffice did not convert the old {what} within {_LONGEST} seconds. Save it as .{new}."
            ) from error
        finally:
            _end(process)
        made = Path(folder, f"document.{new}")
        if not made.is_file():
            raise UnreadableDocument(
                f"LibreOffice cannot open the old {what}: it is damaged or has a password. Save it as .{new}."
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
