"""Child processes on this machine, each used for many tasks, watched for time and memory.

A child ends with its parent, however that ends: nothing is left running by a run that was killed.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing import connection
from typing import Any, Generic, TypeVar

import psutil

from policyaudit.engines import TRIES, Limits, Lost

T = TypeVar("T")
R = TypeVar("R")
Prepare = Callable[[bytes], Callable[[T], R]]

LOOK = 0.25  # seconds between two looks at the memory of children


def work_through(
    prepare: Prepare[T, R], setup: bytes, tasks: Iterable[T], *, jobs: int, limits: Limits
) -> Iterator[tuple[T, R | Lost]]:
    """Every task with its result or why there is none, as they come. ``jobs`` children work at once."""
    children: list[Child[T, R]] = []
    left = iter(tasks)
    more = True
    try:
        while True:
            while more and (len(children) < jobs or any(not child.busy for child in children)):
                following = next(left, None)
                if following is None:
                    more = False
                    break
                idle = next((child for child in children if not child.busy), None)
                if idle is None:
                    idle = Child(prepare, setup, limits)
                    children.append(idle)
                idle.give(following)
            busy = [child for child in children if child.busy]
            if not busy:
                return
            connection.wait([child.ear for child in busy], timeout=LOOK)
            for child in busy:
                answer = child.answer()
                if answer is not None:
                    yield answer
    finally:
        for child in children:
            child.stop()


class Child(Generic[T, R]):
    """One process and the task it has. It is started with its first task, and again after it was lost."""

    def __init__(self, prepare: Prepare[T, R], setup: bytes, limits: Limits) -> None:
        self._prepare, self._setup, self._limits = prepare, setup, limits
        self._process: Any = None
        self._pipe: Any = None
        self._task: T | None = None
        self._tries = 0
        self._since: float | None = None  # None until the process is ready
        self._looked = 0.0

    @property
    def busy(self) -> bool:
        return self._task is not None

    @property
    def ear(self) -> Any:
        """What becomes readable when there may be an answer."""
        return self._pipe

    def give(self, task: T) -> None:
        """Hand over a task; the child must not be busy."""
        self._task, self._tries = task, 0
        self._begin()

    def _begin(self) -> None:
        self._tries += 1
        if self._process is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_child, args=(theirs, self._prepare, self._setup))
            self._since = None
            self._process.start()
            theirs.close()
        else:
            self._since = time.monotonic()
        with suppress(OSError):  # it died meanwhile: ``answer`` finds out
            self._pipe.send(self._task)

    def answer(self) -> tuple[T, R | Lost] | None:
        """The task with its result, or why it is lost; None where it is still worked at."""
        task = self._task
        assert task is not None
        try:
            while self._pipe.poll():
                ready, result = self._pipe.recv()
                if ready:
                    self._since = time.monotonic()
                    continue
                self._task = None
                return task, result
        except (EOFError, OSError):
            self.stop()
            if self._tries < TRIES:
                self._task = task
                self._begin()
                return None
            return task, Lost(f"its process died {TRIES} times; read this file alone with policyaudit read to find out why")
        over = self._over()
        if over is None:
            return None
        self.stop()
        return task, Lost(over)

    def _over(self) -> str | None:
        """The limit that the task has gone over, as a sentence."""
        now = time.monotonic()
        if self._since is not None and now - self._since > self._limits.seconds:
            return f"not done after {self._limits.seconds:g} seconds; give it more with --deadline"
        if now - self._looked >= LOOK:
            self._looked = now
            if _megabytes(self._process.pid) > self._limits.megabytes:
                return f"took more than {self._limits.megabytes:g} MB of memory; give it more with --memory"
        return None

    def stop(self) -> None:
        """End the process and all that it started, whatever they do."""
        self._task = None
        process, self._process = self._process, None
        if process is None:
            return
        for one in (*_descendants(process.pid), process):
            with suppress(psutil.Error, OSError):
                one.kill()
        process.join()
        process.close()
        self._pipe.close()


def _descendants(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def _megabytes(pid: int) -> float:
    """Memory that a process and its descendants hold, 0 where it has ended."""
    total = 0
    with suppress(psutil.Error):
        total = psutil.Process(pid).memory_info().rss
    for one in _descendants(pid):
        with suppress(psutil.Error):
            total += one.memory_info().rss
    return total / 2**20


def _child(pipe: Any, prepare: Prepare[Any, Any], setup: bytes) -> None:
    """What a child does: a task, its result, the next, until the other end of the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    threading.Thread(target=_end_with_parent, daemon=True).start()
    work = prepare(setup)
    pipe.send((True, None))
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send((False, work(task)))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
