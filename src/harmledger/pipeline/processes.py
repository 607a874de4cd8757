"""Processes that another of ours started: how each begins, and ends with the one that started it."""

from harmledger.pipeline.cycles import MANY_OBJECTS, collect_rarely


def begin_process(new_objects: int = MANY_OBJECTS) -> None:
    """Have this process leave interrupts to the one that started it, end with it, however that ends, and look for reference
    cycles only after so many new objects."""
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    collect_rarely(new_objects)


def _end_with_parent() -> None:
    """End this process when the first one is gone, however it ended: nobody waits for what is done here."""
    import os
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
