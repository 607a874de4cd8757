"""Who had it first: the independent origins of an incident and who carried them on, as it has them under `extra`."""

from dataclasses import dataclass
from typing import Literal

from harmledger.records.meaning import meant

Manner = Literal["own", "quotes", "copies", "pastes"]
"""How a report carries an origin: it is its own; it quotes it; it is a near-copy of a report that does; it has another's
sentences without saying whose."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """One report that carries an origin."""

    document: str = meant("id of the report")
    manner: Manner = meant("own: the origin's own report; quotes; copies; pastes")
    source: str | None = meant("id of the report that it copies or pastes from", None)


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin."""

    kind: Literal["body", "document"] = meant(
        "a body of the register that speaks for itself; or a report with all of its other voices together"
    )
    name: str = meant("the body's neutral name, or the report's id")
    accounts: tuple[int, ...] = meant("places in `accounts`, from 0, of the voices that it stands for", ())
    first_published: str | None = meant("publication of the first report that carries it", None)
    carriers: tuple[Carrier, ...] = meant("the reports that carry it, by publication", ())
