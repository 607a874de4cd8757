"""What an incident's line says beyond the format, in the form in which others may have it."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from harmledger.publication.view.extras import read_extra
from harmledger.records.growth import Growth
from harmledger.records.incident import Incident


def disclose_extra(incident: Incident, hide: Callable[[str], str]) -> dict[str, Any]:
    """Give what stands in `extra` as far as this program wrote it, with ids as `hide` gives them. What somebody else put
    there does not leave."""
    growth = read_extra(incident, "growth", Growth)
    return {} if growth is None else {"growth": _hide_ids(asdict(growth), hide)}


def _hide_ids(value: Any, hide: Callable[[str], str]) -> Any:
    """Give a value with the ids in all lists called `claims` hidden."""
    if isinstance(value, dict):
        return {
            name: [hide(one) for one in told] if name == "claims" else _hide_ids(told, hide)
            for name, told in value.items()
        }
    return [_hide_ids(one, hide) for one in value] if isinstance(value, list | tuple) else value
