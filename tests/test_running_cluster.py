"""The same runs on Ray, and with corpus and run in an object store."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from policyaudit.engines import Limits, Lost, cluster

pytest.importorskip("ray")
pytest.importorskip("upath")

TEXT = "1. The court shall issue a protection order, free of charge.\n"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The URL of a bucket in an object store of this machine."""
    server_of = pytest.importorskip("moto.server")
    server = server_of.ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    from upath import UPath

    store = UPath("s3://laws")
    store.fs.clear_instance_cache()
    store.fs.mkdir("laws")
    yield "s3://laws"
    server.stop()


def test_corpus_and_run_in_an_object_store(
    policyaudit: Callable[..., Any], bucket: str, rubric_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from upath import UPath

    monkeypatch.setenv("POLICYAUDIT_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "in"
    (folder / "kenya").mkdir(parents=True)
    rows = "file,country,kind,title,language,year,status\n"
    for name in ("kenya/a.md", "kenya/b.md"):
        (folder / name).write_text(TEXT + name, encoding="utf-8")
        rows += f"{name},KEN,law,Violence Act,en,2000,in_force\n"
    (folder / "manifest.csv").write_text(rows, encoding="utf-8")
    for path in folder.rglob("*.*"):
        (UPath(bucket) / "in" / path.relative_to(folder).as_posix()).write_bytes(path.read_bytes())
    common = ("--rubric", rubric_folder, "--as-of", "2026-06-30", "--jobs", "1")
    there = policyaudit("run", f"{bucket}/in", *common, "--out", f"{bucket}/run")
    assert there.code == 0, there.err
    again = policyaudit("run", f"{bucket}/in", *common, "--out", f"{bucket}/run")
    assert "0 worked now, 2 stood" in again.out
    policyaudit("run", folder, *common, "--out", tmp_path / "run")
    for name in ("run.json", "rubric.json", "cards/kenya/a.json", "documents/kenya/b.json"):
        assert (UPath(bucket) / "run" / name).read_bytes() == (tmp_path / "run" / name).read_bytes()
    made = policyaudit("report", f"{bucket}/run", "--format", "csv,html", "--out", tmp_path / "made")
    assert made.code == 0 and (tmp_path / "made" / "findings.csv").is_file(), made.err
    assert policyaudit("compare", f"{bucket}/run", "--out", tmp_path / "made").code == 0
    assert policyaudit("diff", f"{bucket}/run", tmp_path / "run").code == 0
    assert "left      0" in policyaudit("status", f"{bucket}/run").out
    assert f"{bucket}/run: say with --out where" in policyaudit("report", f"{bucket}/run").err
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    UPath(bucket).fs.clear_instance_cache()
    for command in ("status", "diff"):
        lost = policyaudit(command, "s3://none/run", *([] if command == "status" else [tmp_path / "run"]))
        assert lost.code == 2 and lost.err.startswith("s3://none/run: cannot be reached") and lost.err.count("\n") == 1


def working(setup: bytes) -> Callable[[str], str]:
    """Kills, once, the Ray worker that it works for; else does its task."""

    def work(task: str) -> str:
        mark = Path(setup.decode()) / "killed"
        if task == "kill the worker" and not mark.exists():
            mark.touch()
            os.kill(os.getppid(), 9)
        return task.upper()

    return work


def test_a_killed_ray_worker_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    tasks = ["a", "kill the worker", "b", "c"]
    setup = str(tmp_path).encode()
    answers = dict(cluster.work_through(working, setup, tasks, jobs=2, limits=Limits(seconds=60), address=None))
    assert answers == {task: task.upper() for task in tasks}
    assert (tmp_path / "killed").exists() and not any(isinstance(answer, Lost) for answer in answers.values())
