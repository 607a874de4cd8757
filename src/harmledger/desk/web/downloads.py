"""Downloads of the served case: made in a process of their own when first asked for, and served as files.

`python -m harmledger.desk.web.downloads CASE` makes them.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

from harmledger.desk.web.cases import NotReadyError, ServedCase, open_served
from harmledger.desk.web.processes import Errand, run_errand, try_lock
from harmledger.store.downloads import build_downloads, name_downloads

_LOCK: Final = ".downloads.lock"
_MAKING: Final = Errand("harmledger.desk.web.downloads")


def find_download(case: ServedCase, path: str) -> Path | None:
    """Give a file made from the present catalogue; None where the files have yet to be made, which is begun then.

    While something that was taken out of the case still stands in its view, there are none.
    """
    if case.has_gone:
        raise NotReadyError("the case has not been built since something was taken out of it")
    folder = name_downloads(case.folder, case.stamp)
    if folder.is_dir():
        return folder / path
    _MAKING.start(case.folder)
    return None


def make_downloads(folder: Path) -> None:
    """Make the files of the present catalogue, unless they are there or another process is making them."""
    from harmledger.desk.web.settings import configure_web

    configure_web(folder)
    from harmledger.pipeline.downloads import write_downloads
    from harmledger.publication.site.frame import Frame
    from harmledger.publication.wording import load_wording

    with suppress(NotReadyError), try_lock(folder / _LOCK) as is_ours, open_served() as case:
        if not is_ours or case.has_gone or name_downloads(folder, case.stamp).is_dir():
            return
        settings = case.settings
        made_by = case.meta.get("makers", "")
        frame = Frame(
            settings.name, 0, case.meta["as_of"], made_by, load_wording(), settings.rules, settings.naming
        )
        with case.read_view() as view, build_downloads(folder, case.stamp) as target:
            write_downloads(case.open_facts(), view, case.catalogue, settings, case.now, frame, target)


if __name__ == "__main__":
    run_errand(make_downloads)
