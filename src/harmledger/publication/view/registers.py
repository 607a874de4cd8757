"""A compared register in words: one line an entry, and below it one for each respect in which the two differ."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from harmledger.publication.view.voices import name_voice
from harmledger.publication.wording import Wording
from harmledger.records.incident import Extent, Incident
from harmledger.records.time import Time
from harmledger.registers.comparison import Lacking, Pairing, RegisterComparison
from harmledger.registers.differences import Backing, Difference
from harmledger.registers.entry import Bounds, Entry


def summarize_register(compared: RegisterComparison, words: Wording) -> str:
    """Give what a comparison found, in figures."""
    same = sum(pairing.certainty == "same" for pairing in compared.pairings)
    return str(words.tables["compare"]["heading"]).format(
        register=compared.register,
        entries=words.number(compared.entries),
        same=words.number(same),
        perhaps=words.number(len(compared.pairings) - same),
        lacking=words.number(len(compared.lacking)),
        outside=words.number(compared.outside),
    )


def describe_pairing(pairing: Pairing, words: Wording, shown: int) -> list[str]:
    """Give an entry with the incident it is taken for (its first `shown` characters), then where they differ."""
    table = words.tables["compare"]
    incident = pairing.incident
    head = str(table["pair" if pairing.certainty == "same" else "pair_perhaps"]).format(
        code=pairing.entry.code,
        id=incident.id[:shown],
        place=words.place(incident.place),
        day=words.time(incident.time),
    )
    lines = (
        _describe_difference(pairing, one, words) for one in pairing.differences if one.relation != "same"
    )
    return [head, *(line for line in lines if line)]


def describe_lacking(lacking: Lacking, words: Wording, shown: int) -> str:
    """Give an entry that the record lacks, with why."""
    reasons = words.tables["compare"]["reasons"]
    reason = str(reasons[lacking.reason]).format(id=(lacking.incident or "")[:shown])
    return f"{_describe_entry(lacking.entry, words)}: {reason}"


def describe_only_here(incident: Incident, words: Wording, shown: int) -> str:
    """Give an attack that the register lacks."""
    killed = incident.toll.get("killed")
    return str(words.tables["compare"]["alone"]).format(
        code=incident.id[:shown],
        place=words.place(incident.place),
        day=words.time(incident.time),
        killed=words.phrase("none_said") if killed is None else words.figure(killed, killed.open_ended),
    )


def _describe_entry(entry: Entry, words: Wording) -> str:
    return str(words.tables["compare"]["alone"]).format(
        code=entry.code,
        place=entry.place.wording
        if entry.place is not None and entry.place.wording
        else words.phrase("no_place"),
        day=words.time(entry.time),
        killed=_write_bounds(entry.toll.get("killed"), words),
    )


def _write_bounds(bounds: Bounds | None, words: Wording) -> str:
    if bounds is None or bounds.figure is None:
        return words.phrase("none_said")
    low, high = bounds.figure
    return words.figure(Extent(low, high))


def _describe_difference(pairing: Pairing, one: Difference, words: Wording) -> str:
    table = words.tables["compare"]
    match one.aspect:
        case "days":
            line = str(table[f"days_{one.relation}"])
            return line.format(theirs=words.time(_read_days(one.theirs)))
        case "place":
            place = pairing.entry.place
            told = place.wording if place is not None and place.wording else words.phrase("no_place")
            return str(table["place_apart"]).format(theirs=told, km=one.distance)
        case "blamed":
            return str(table[f"blamed_{one.relation}"]).format(
                theirs=pairing.entry.blamed, ours=", ".join(_list_blamed(pairing.incident))
            )
        case _:
            return _describe_toll(one, table, words)


def _read_days(days: tuple[int | None, int | None] | None) -> Time | None:
    if days is None or days[0] is None or days[1] is None:
        return None
    start, end = (date.fromordinal(day).isoformat() for day in (days[0], days[1]))
    return Time(start, end, "day" if start == end else "period")


def _list_blamed(incident: Incident) -> Iterator[str]:
    return (one.actor for one in incident.attribution if one.asserted_by or one.admitted_by)


def _describe_toll(one: Difference, table: dict[str, Any], words: Wording) -> str:
    what = words.label("harm", one.aspect) if one.aspect != "children" else _name_children(words)
    theirs = words.figure(Extent(*one.theirs)) if one.theirs is not None else ""
    ours = words.figure(Extent(*one.ours), one.is_open) if one.ours is not None else ""
    if one.relation in ("only_theirs", "only_ours"):
        return str(table[one.relation]).format(what=what, theirs=theirs, ours=ours)
    line = str(table["toll"]).format(
        what=what, theirs=theirs, ours=ours, relation=table["relations"][one.relation]
    )
    backing = ((name, found) for name, found in (("lowest", one.lowest), ("highest", one.highest)) if found)
    return "; ".join([line, *(_describe_backing(str(table[name]), found, words) for name, found in backing)])


def _name_children(words: Wording) -> str:
    return words.phrase("harm_of", harm=words.label("harm", "killed"), group=words.label("group", "children"))


def _describe_backing(line: str, backing: Backing, words: Wording) -> str:
    return line.format(number=words.number(backing.number), voice=name_voice(backing.voice, words))
