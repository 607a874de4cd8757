"""Who may see what: every view says it, and one that does not is shown to nobody."""

from collections.abc import Callable
from typing import Any, Final, Literal, TypeVar, get_args

Role = Literal["reader", "analyst", "editor", "admin"]
"""What a person may do in a case, each with what those before it may: read what is internal; judge and add documents;
sign off and publish; keep accounts."""

Need = Literal["public", "reader", "analyst", "editor", "admin"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
TWO_FACTOR_ROLES: Final = frozenset({"editor", "admin"})
"""Roles that count only once the second factor was given; until then their holder is an analyst."""

View = TypeVar("View", bound=Callable[..., Any])


def requires(need: Need) -> Callable[[View], View]:
    """Say who may see a view: everybody (`public`), or whoever has this role or a higher one."""

    def declare(view: View) -> View:
        view.need = need  # type: ignore[attr-defined]
        return view

    return declare


def find_need(view: Callable[..., Any]) -> Need | None:
    """Give what a view requires; None where it does not say."""
    return getattr(view, "need", None)


def is_enough(role: Role | None, need: Need) -> bool:
    """Tell whether a role is enough for a need."""
    if need == "public":
        return True
    return role is not None and ROLES.index(role) >= ROLES.index(need)
