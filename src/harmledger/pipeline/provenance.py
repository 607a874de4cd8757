"""Who made a line: the program's version and the gazetteers it read with."""

from collections.abc import Iterable
from importlib.util import find_spec

from harmledger import __version__

_PROGRAM = "harmledger"


def name_maker(digests: Iterable[str]) -> str:
    """Give `made_by`: program and version, then the digest of each gazetteer layer, sorted."""
    return " ".join([f"{_PROGRAM}/{__version__}", *sorted(set(digests))])


def is_compiled() -> bool:
    """Tell whether the rooms that read run as compiled modules; they give the same bytes, in two thirds of the time."""
    found = find_spec("harmledger.claims.reader")
    return found is not None and not str(found.origin).endswith(".py")


def collect_digests(makers: Iterable[str | None]) -> tuple[str, ...]:
    """Give the gazetteer digests that the makers of some lines name, sorted, each once.

    Incidents are made from claims alone, so they carry on the gazetteers that their claims were read with.
    """
    return tuple(sorted({digest for maker in makers if maker for digest in maker.split()[1:]}))
