"""A wording that says when, before it is resolved against the day of publication."""

from dataclasses import dataclass

from harmledger.lexicon.times import Edge, Form, TimeKind, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """What a wording says, in numbers: the input of the resolver. A part not said is None.

    `turn` is last -1, this 0, next 1; `offset` days from the anchor, or units from the antecedent;
    `n` a number of units; `is_vague` "a few".
    """

    form: Form
    weekday: int | None = None
    weekday2: int | None = None
    day: int | None = None
    day2: int | None = None
    month: int | None = None
    month2: int | None = None
    year: int | None = None
    year2: int | None = None
    season: tuple[int, int] | None = None
    season2: tuple[int, int] | None = None
    unit: Unit | None = None
    n: int | None = None
    is_vague: bool = False
    turn: int | None = None
    offset: int | None = None
    edge: Edge | None = None
    edge2: Edge | None = None
    recent_days: int | None = None


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A wording at [start, end) of the reading copy that says when.

    `point`: a day, a night or a part of a day; `period`: a stretch with both ends; `since`: from a time up
    to the day of publication, as running totals say; `for_days`: "for a third straight day"; `duration`
    and `clock` give no day and never resolve. `is_relative`: it needs the day of publication;
    `needs_antecedent`: it is counted from the time spoken of before ("a day earlier", "since then").
    `date_start`: where the date itself begins, in "since the war began in 2011" after `start`.
    """

    start: int
    end: int
    wording: str
    kind: TimeKind
    clue: Clue
    is_relative: bool
    needs_antecedent: bool
    date_start: int = 0

    def dates(self, start: int, end: int) -> bool:
        """Tell whether a number at [start, end) belongs to the date, and counts nothing."""
        inside = max(self.start, self.date_start) <= start and end <= self.end
        return inside and self.kind not in ("duration", "clock")
