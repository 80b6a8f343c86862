"""tables/*.parquet: the long tables of a run (see report/longtables.py), with their data dictionary beside them.

Written by DuckDB, an extra, by way of CSV files that are removed again: a column has the type that the dictionary says.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from policyaudit.errors import UsageError
from policyaudit.model import Results
from policyaudit.places import put
from policyaudit.report import longtables
from policyaudit.report.translation import ENGLISH, Translation

FORMAT = "parquet"
FILENAME = "tables/findings.parquet"
DICTIONARY = "datapackage-parquet.json"
_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}


def write(results: Results, path: Path, words: Translation = ENGLISH) -> None:
    """Write ``findings`` to the path, and the other tables and the dictionary beside it. Raises UsageError without DuckDB."""
    try:
        import duckdb
    except ImportError:
        raise UsageError("--format parquet: needs an extra; run: pip install 'policyaudit[tables]'") from None
    with (
        tempfile.TemporaryDirectory() as room,
        duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": False}) as base,
    ):
        for name, columns in longtables.TABLES.items():
            source, made = Path(room) / f"{name}.csv", Path(room) / f"{name}.parquet"
            longtables.as_csv(results, name, source)
            types = {key: _TYPES[kind] for key, (kind, _) in columns.items()}
            read = (
                f"read_csv({_quoted(source)}, header=true, delim=',', quote='\"', escape='\"', columns={types}, parallel=false)"
            )
            base.execute(f"COPY (SELECT * FROM {read}) TO {_quoted(made)} (FORMAT parquet, COMPRESSION zstd)")
            put(path if name == "findings" else path.parent / f"{name}.parquet", made.read_bytes())
    put(path.parent / DICTIONARY, longtables.dictionary(results, "parquet", "application/vnd.apache.parquet"))


def _quoted(path: Path) -> str:
    return "'" + os.fspath(path).replace("'", "''") + "'"
