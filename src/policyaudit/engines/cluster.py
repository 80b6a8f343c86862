"""The same tasks on Ray: on an instance of this machine, or on a cluster by its address.

Each worker is an actor that keeps one child process as ``local`` does, so that time and memory are limited in the same way. A
worker that is lost is started again by Ray elsewhere and its task given to it anew; one that stays lost is replaced here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from policyaudit.engines import TRIES, Limits, Lost
from policyaudit.engines.local import LOOK, Child, Prepare
from policyaudit.errors import UsageError

T = TypeVar("T")
R = TypeVar("R")


class Worker:
    """One child, on whatever machine Ray puts it."""

    def __init__(self, prepare: Prepare[Any, Any], setup: bytes, limits: Limits) -> None:
        self._child: Child[Any, Any] = Child(prepare, setup, limits)

    def work(self, task: Any) -> Any:
        """The result of a task, or Lost."""
        from multiprocessing import connection

        self._child.give(task)
        while True:
            connection.wait([self._child.ear], timeout=LOOK)
            answer = self._child.answer()
            if answer is not None:
                return answer[1]


def work_through(
    prepare: Prepare[T, R], setup: bytes, tasks: Iterable[T], *, jobs: int | None, limits: Limits, address: str | None
) -> Iterator[tuple[T, R | Lost]]:
    """As ``local.work_through``; ``jobs`` None: one worker for each processor of the cluster. ``address`` None: an instance of
    this machine is started and stopped again. Raises UsageError where Ray is not installed or the cluster does not answer."""
    try:
        import ray
    except ImportError:
        raise UsageError("--engine ray: Ray is not installed; run: pip install 'policyaudit[cluster]'") from None
    mine = not ray.is_initialized()
    if mine:
        try:
            ray.init(address=address, num_cpus=None if address else jobs, log_to_driver=False, include_dashboard=False)
        except (ConnectionError, RuntimeError, ValueError) as fault:
            said = " ".join(str(fault).split())[:200]
            raise UsageError(f"--address {address or 'local'}: no Ray cluster answers there ({said})") from None
    try:
        cluster: Any = ray
        number = jobs or max(1, int(cluster.cluster_resources().get("CPU", 1)))
        yield from _on(ray, prepare, ray.put(setup), tasks, number, limits)
    finally:
        if mine:
            ray.shutdown()


def _on(
    ray: Any, prepare: Prepare[T, R], setup: Any, tasks: Iterable[T], jobs: int, limits: Limits
) -> Iterator[tuple[T, R | Lost]]:
    made = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=TRIES - 1)(Worker)
    left = iter(tasks)
    at_work: dict[Any, tuple[Any, T, int]] = {}  # what Ray will answer by -> the worker, its task, how often it was begun

    def begin(worker: Any, task: T, tries: int) -> None:
        at_work[worker.work.remote(task)] = (worker, task, tries)

    for _ in range(jobs):
        first = next(left, None)
        if first is None:
            break
        begin(made.remote(prepare, setup, limits), first, 1)
    while at_work:
        for answered in ray.wait(list(at_work))[0]:
            worker, task, tries = at_work.pop(answered)
            try:
                result: R | Lost = ray.get(answered)
            except ray.exceptions.RayActorError:
                worker = made.remote(prepare, setup, limits)
                if tries < TRIES:
                    begin(worker, task, tries + 1)
                    continue
                result = Lost(f"its worker was lost {TRIES} times; see the logs of the cluster")
            yield task, result
            following = next(left, None)
            if following is not None:
                begin(worker, following, 1)
