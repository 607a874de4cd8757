"""Those settings of a case that bear on reading."""

from typing import TYPE_CHECKING

from harmledger.pipeline.read import ReadSettings

if TYPE_CHECKING:
    from harmledger.store.settings import CaseSettings


def describe_settings(settings: "CaseSettings") -> ReadSettings:
    """Give those settings of a case that bear on reading: a view made with others is another view."""
    return ReadSettings(settings.countries, settings.zone, next(iter(settings.languages), None))
