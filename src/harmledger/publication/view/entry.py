"""One incident as lists, the map and the filters have it: thin, so that a whole case's fit in memory."""

from dataclasses import dataclass

from harmledger.publication.view.figures import Figure, list_figures
from harmledger.publication.withholding.links import hide_id
from harmledger.publication.wording import Wording
from harmledger.records.incident import Incident
from harmledger.records.place import Place
from harmledger.records.vocabulary import HARMS_TO_PEOPLE

_SHORTEST_STEM = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """An incident in a line: its page, time, place, what is told of it, and its figures of people killed and hurt.

    `place` is the public one, with coordinates as coarse as they are shown. `groups` are the people and places
    named. A figure is (low, best, high), None where nobody gives it. `parties` are those blamed,
    as the language names them, and `actors` the same as the record does.
    """

    id: str
    stem: str
    scope: str
    start: str | None
    end: str | None
    time_text: str
    place_text: str
    place: Place | None
    means: tuple[str, ...]
    targets: tuple[str, ...]
    groups: tuple[str, ...]
    parties: tuple[str, ...]
    grade: str | None
    status: str
    killed: Figure | None
    injured: Figure | None
    wholes: tuple[str, ...]
    comma: str = ", "
    actors: tuple[str, ...] = ()

    @property
    def href(self) -> str:
        """Address of its page, from the folder of the site."""
        return f"incidents/{self.stem}.html"

    @property
    def heading(self) -> str:
        """Place and time, as a headline has them."""
        return self.comma.join((self.place_text, self.time_text))

    @property
    def best_killed(self) -> int | None:
        """The best figure of people killed, where there is one."""
        return self.killed.best if self.killed else None


@dataclass(frozen=True, slots=True)
class EntryTexts:
    """What of an entry is in the words of a language."""

    time: str
    place: str
    parties: tuple[str, ...]
    killed: Figure | None
    injured: Figure | None


def make_entry(public: Incident, stem: str, words: Wording) -> Entry:
    """Give the entry of an incident that is in the form in which it may be shown."""
    figures = {figure.harm: figure for figure in list_figures(public.toll, HARMS_TO_PEOPLE, words)}
    texts = EntryTexts(
        time=words.time(public.time),
        place=words.place(public.place),
        parties=tuple(words.name_body(alleged.actor) for alleged in public.attribution),
        killed=figures.get("killed"),
        injured=figures.get("injured"),
    )
    return compose_entry(public, stem, texts, words)


def compose_entry(public: Incident, stem: str, texts: EntryTexts, words: Wording) -> Entry:
    """Give the entry of an incident whose texts are known in a language."""
    told = {group for extent in public.toll.values() for group in extent.groups}
    return Entry(
        id=public.id,
        stem=stem,
        scope=public.scope,
        start=public.time.start if public.time else None,
        end=public.time.end if public.time else None,
        time_text=texts.time,
        place_text=texts.place,
        place=public.place,
        means=public.means,
        targets=public.targets,
        groups=tuple(sorted(told | set(public.targets))),
        parties=texts.parties,
        grade=public.grade.value if public.grade else None,
        status=public.status,
        killed=texts.killed,
        injured=texts.injured,
        wholes=public.part_of,
        comma=words.comma,
        actors=tuple(dict.fromkeys(alleged.actor for alleged in public.attribution)),
    )


def list_texts(entry: Entry) -> EntryTexts:
    """Give what of an entry is in the words of its language."""
    return EntryTexts(entry.time_text, entry.place_text, entry.parties, entry.killed, entry.injured)


def choose_stems(ids: list[str]) -> dict[str, str]:
    """Give each id the name of its page: its beginning, longer where two would share one.

    An id that is no digest is digested first, so that a name is never a path.
    """
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(ids):
        opaque = hide_id(name)
        length = _SHORTEST_STEM
        while opaque[:length] in taken and length < len(opaque):
            length += 1
        stems[name] = opaque[:length]
        taken.add(opaque[:length])
    return stems


def order_entry(entry: Entry) -> tuple[bool, str, str, str]:
    """Give the key that sorts entries by time, then place; those without a time come first."""
    return entry.start is not None, entry.start or "", entry.place_text, entry.id
