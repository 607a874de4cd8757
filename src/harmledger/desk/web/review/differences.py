"""What changed, in words: since somebody signed, since a form was made, and by what was judged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harmledger.desk.web.review.sheets import SHOWN_ID, tell_toll
from harmledger.publication.wording import Wording
from harmledger.records.place import Place
from harmledger.records.time import Time
from harmledger.review.content import Difference


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One field: before and after, in words."""

    label: str
    before: str
    after: str


def tell_differences(
    found: Iterable[Difference], words: Wording, desk: Mapping[str, Any]
) -> tuple[DifferenceLine, ...]:
    """Give differences in words."""
    return tuple(_list_lines(found, words, desk))


def _list_lines(
    found: Iterable[Difference], words: Wording, desk: Mapping[str, Any]
) -> Iterator[DifferenceLine]:
    for one in found:
        name, _, harm = one.field.partition(".")
        if harm:
            yield DifferenceLine(
                words.label("harm", harm), tell_toll(one.before, words), tell_toll(one.after, words)
            )
        elif name == "claims":
            gone = desk["claims_gone"].format(count=words.number(len(one.before))) if one.before else ""
            come = desk["claims_come"].format(count=words.number(len(one.after))) if one.after else ""
            yield DifferenceLine(
                desk["claims"], gone + _list_short(one.before, words), come + _list_short(one.after, words)
            )
        elif name == "voices":
            yield DifferenceLine(desk["voices"], "", desk["voices_changed"])
        else:
            label = desk["content"].get(name, name)
            yield DifferenceLine(label, _tell(name, one.before, words), _tell(name, one.after, words))


def _list_short(ids: Sequence[str], words: Wording) -> str:
    return f" ({words.comma.join(words.isolate(id[:SHOWN_ID]) for id in ids[:4])})" if ids else ""


def _tell(name: str, value: Any, words: Wording) -> str:
    if value in (None, [], ""):
        return "—"
    if name == "time":
        return words.time(Time(value[0], value[1], "day"))
    if name == "place":
        place = Place(wording=None, **value)
        at = f" ({place.lat:.3f}, {place.lon:.3f})" if place.lat is not None and place.lon is not None else ""
        return words.place(place) + at
    if name in ("scope", "grade"):
        return words.label(name, value)
    if name in ("means", "targets"):
        return words.list_labels("means" if name == "means" else "group", value)
    if name == "attribution":
        return words.comma.join(words.name_body(one[0]) for one in value)
    return words.number(value) if isinstance(value, int) else str(value)
