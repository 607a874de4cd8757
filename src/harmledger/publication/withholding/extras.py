"""What an incident's line says beyond the format, in the form in which others may have it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

from harmledger.publication.view.extras import read_extra
from harmledger.records.contradiction import Contradiction
from harmledger.records.growth import Growth
from harmledger.records.incident import Incident

_IDS: Final = frozenset({"claims", "part_claim", "whole_claim"})


def disclose_extra(incident: Incident, hide: Callable[[str], str]) -> dict[str, Any]:
    """Give what stands in `extra` as far as this program wrote it, with ids as `hide` gives them. What somebody else put
    there does not leave."""
    found: dict[str, Any] = {}
    growth = read_extra(incident, "growth", Growth)
    if growth is not None:
        found["growth"] = _hide_ids(asdict(growth), hide)
    contradictions = read_extra(incident, "contradictions", tuple[Contradiction, ...])
    if contradictions:
        found["contradictions"] = [_hide_ids(asdict(one), hide) for one in contradictions]
    return found


def _hide_ids(value: Any, hide: Callable[[str], str]) -> Any:
    """Give a value with all ids of claims and documents hidden: those under the names in _IDS."""
    if isinstance(value, dict):
        return {
            name: _hide(told, hide) if name in _IDS else _hide_ids(told, hide) for name, told in value.items()
        }
    return [_hide_ids(one, hide) for one in value] if isinstance(value, list | tuple) else value


def _hide(told: Any, hide: Callable[[str], str]) -> Any:
    return [hide(one) for one in told] if isinstance(told, list | tuple) else hide(told)
