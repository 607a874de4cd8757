"""The catalogue of a case, made where it is not up to date: `python -m harmledger.desk.web.preparing CASE`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from harmledger.desk.web.cases import NotReadyError, open_facts
from harmledger.desk.web.processes import run_errand, try_lock

_LOCK: Final = ".catalogue.lock"


def prepare_catalogue(folder: Path) -> str | None:
    """Make the catalogue where it is not up to date, and no other process is making it; give what stood in the way."""
    from harmledger.pipeline.case_view import NoView
    from harmledger.pipeline.catalogue import check_catalogue, make_catalogue, read_next_release
    from harmledger.pipeline.editions import EditionError
    from harmledger.store.settings import load_settings

    try:
        with try_lock(folder / _LOCK) as is_ours:
            now = datetime.now(UTC)
            settings, problems = load_settings(folder)
            if settings is None:
                return "; ".join(problem.message for problem in problems)
            if is_ours and not check_catalogue(folder, now, read_next_release(folder)).is_current:
                make_catalogue(open_facts(folder), folder, settings, now)
    except (NoView, NotReadyError, EditionError, OSError) as error:
        return str(error)
    return None


def _prepare_served(folder: Path) -> None:
    from harmledger.desk.web.settings import configure_web

    configure_web(folder)
    prepare_catalogue(folder)


if __name__ == "__main__":
    run_errand(_prepare_served)
