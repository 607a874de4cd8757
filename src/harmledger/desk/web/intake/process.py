"""The process that adds what was handed in at a desk, until nothing waits.

`python -m harmledger.desk.web.intake.process CASE`
"""

import json
import resource
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from harmledger.desk.clock import read_clock
from harmledger.desk.web.processes import print_failure, run_errand, try_lock
from harmledger.desk.web.settings import configure_web
from harmledger.records.problem import Problem

if TYPE_CHECKING:
    from harmledger.desk.web.intake.models import Delivery
    from harmledger.pipeline.add import Added
    from harmledger.store.case import Case

_LOCK: Final = ".intake.lock"
_MOST_ATTEMPTS: Final = 3
_MEMORY: Final = 4_000_000_000
"""Address space of this process: what a file makes it want beyond that, it does not get."""
ADDRESSES: Final = "addresses.txt"
"""The file of a delivery's folder that lists addresses."""


def work_on(folder: Path) -> None:
    """Add everything that waits, the earliest first; ends at once where another process does so."""
    configure_web(folder)
    from django.conf import settings

    from harmledger.desk.web.intake.models import Delivery
    from harmledger.desk.web.intake.works import sweep_inbox

    with try_lock(folder / _LOCK) as is_ours:
        if is_ours:
            sweep_inbox()
        while is_ours:
            rows = Delivery.objects.filter(case=settings.HARMLEDGER_CASE_KEY, finished=None)
            delivery = rows.order_by("id").first()
            if delivery is None:
                return
            _work(folder, delivery)


def _work(folder: Path, delivery: "Delivery") -> None:
    from harmledger.desk.web.building.works import ask_build
    from harmledger.desk.web.intake.works import read_problems, remove_folder, write_problems
    from harmledger.desk.web.journal.chain import write_line
    from harmledger.store.case import open_case
    from harmledger.store.faults import describe_fault

    delivery.attempts += 1
    delivery.save()
    found = read_problems(delivery)
    counts: Counter[str] = Counter()
    state = "failed"
    if delivery.attempts > _MOST_ATTEMPTS:
        found.append(_report_given_up())
    else:
        case, problems = open_case(folder)
        found.extend(problems)
        try:
            if case is not None:
                with case, _bound_memory():
                    counts = _add(case, delivery, found)
                    state = "done"
        except Exception as error:
            problem = describe_fault(folder, error)
            if problem is None:
                print_failure("adding failed", error)
                problem = Problem("pipeline.add-failed", f"adding failed: {type(error).__name__}", "error")
            found.append(problem)
    delivery.state = state
    delivery.counts, delivery.problems = json.dumps(counts), write_problems(found)
    delivery.finished = datetime.now(UTC)
    delivery.save()
    remove_folder(delivery.token)
    write_line(delivery.by, "documents.add", str(delivery.pk), kind=delivery.kind, **counts)
    if counts["new"] or counts["version"] or counts["notice"]:
        ask_build(delivery.by)


def _add(case: "Case", delivery: "Delivery", found: list[Problem]) -> Counter[str]:
    """Add what was handed in; give what came of it, by fate. Problems are added to those that were found."""
    from harmledger.pipeline.add import add_files, retry_files

    at = read_clock()
    if delivery.kind == "addresses":
        _fetch(delivery, found)
    _save(delivery, "adding")
    paths = _list_files(delivery)
    with case.hold("add", at):
        work = retry_files(case, at) if delivery.kind == "retry" else add_files(case, paths, at)
        return _follow(work, delivery, found)


def _follow(work: "Iterable[Added]", delivery: "Delivery", found: list[Problem]) -> Counter[str]:
    counts: Counter[str] = Counter()
    digests: list[str] = []
    for file, problems in work:
        found.extend(problems)
        if file is None:
            continue
        counts.update(file.fates)
        counts["files"] += 1
        counts["unread"] += file.unread
        counts["here"] += file.standing == "read" and delivery.kind != "retry"
        counts["refused"] += file.standing == "erased"
        digests.append(file.digest)
        if delivery.kind != "addresses":
            delivery.done = counts["files"]
        delivery.counts = json.dumps(counts)
        delivery.files = json.dumps(digests)
        delivery.save()
    return counts


def _list_files(delivery: "Delivery") -> list[Path]:
    from harmledger.desk.web.intake.works import locate_folder

    folder = locate_folder(delivery.token)
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.name != ADDRESSES or delivery.kind != "addresses")


def _fetch(delivery: "Delivery", found: list[Problem]) -> None:
    """Ask for the addresses of a delivery, and write what came into its folder."""
    from django.conf import settings

    from harmledger.desk.web.intake.works import locate_folder, write_problems
    from harmledger.documents.fetching import FetchRules, fetch_addresses, read_addresses

    if settings.HARMLEDGER_FETCH == "no":
        return
    _save(delivery, "fetching")
    folder = locate_folder(delivery.token)
    addresses, _ = read_addresses((folder / ADDRESSES).read_text(encoding="utf-8"))
    rules = FetchRules(is_private_allowed=settings.HARMLEDGER_FETCH == "private")
    target = folder / f"fetched-{delivery.asked:%Y-%m-%d}.warc"
    count = 0
    for fetched in fetch_addresses(addresses, target, read_clock, rules):
        found.extend(fetched.problems)
        count += fetched.final is not None
        delivery.done += 1
        delivery.problems = write_problems(found)
        delivery.save()
    if not count:
        target.unlink(missing_ok=True)


@contextmanager
def _bound_memory() -> Iterator[None]:
    """Bound what this process may take while the block runs; processes that are started later are not bound by it."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _save(delivery: Any, state: str) -> None:
    delivery.state = state
    if state == "fetching":
        delivery.done = 0
    delivery.save()


def _report_given_up() -> Problem:
    message = f"the process that adds it was ended {_MOST_ATTEMPTS} times, for want of memory as a rule"
    return Problem(
        "pipeline.add-failed",
        message,
        "error",
        remedy="hand the files in one by one to find the one that does it",
    )


if __name__ == "__main__":
    run_errand(work_on)
