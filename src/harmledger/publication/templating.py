"""Templates of pages: every text escaped, every name that is missing an error."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from harmledger.lexicon.letters import is_right_to_left
from harmledger.publication.drawing.bars import Bar, draw_bar, find_scales
from harmledger.publication.drawing.growth import draw_growth, style_series
from harmledger.publication.drawing.origins import draw_origins
from harmledger.publication.view.figures import Figure
from harmledger.publication.view.sheet import IncidentSheet

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_SCRIPT_LANGUAGE: Final = "ar"
"""The language whose reports run from right to left."""
_CONTROLS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Reference:
    """Another incident as a page mentions it: where it is, what it is called, and its first figure."""

    href: str
    heading: str
    figure: str | None = None


def refer_to(sheet: IncidentSheet, href: str) -> Reference:
    """Give the reference to an incident whose page or place on the page is `href`."""
    figures = [f"{figure.text} {figure.label.lower()}" for figure in sheet.figures[:1]]
    return Reference(href, sheet.heading, figures[0] if figures else None)


@cache
def open_templates() -> "Environment":
    """Open the packaged templates."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    folder = files("harmledger.publication.templates")
    environment = Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        isolate=isolate_names,
        is_right_to_left=is_right_to_left,
        draw_growth=draw_growth,
        draw_origins=draw_origins,
        style_series=style_series,
    )
    return environment


def isolate_names(names: str | Sequence[str]) -> "Markup":
    """Give names for a page, escaped and joined; one that runs from right to left is kept apart from what stands
    around it, so that neither turns the other about."""
    from markupsafe import Markup, escape

    told = (names,) if isinstance(names, str) else names
    marked = [
        Markup('<bdi dir="rtl" lang="{}">{}</bdi>').format(_SCRIPT_LANGUAGE, name)
        if is_right_to_left(name)
        else escape(name)
        for name in told
    ]
    return Markup("; ").join(marked)


def clean_controls(text: str) -> str:
    """Give a text without control characters but tabs and line ends: no page and no file needs them."""
    return _CONTROLS.sub("\ufffd", text)


def load_static(name: str) -> str:
    """Give a packaged style sheet or script."""
    return files("harmledger.publication.static").joinpath(name).read_text(encoding="utf-8")


def pick_figure(figures: Sequence[Figure], harm: str) -> Figure | None:
    """Give the figure of one harm."""
    return next((figure for figure in figures if figure.harm == harm), None)


def scale_figures(sheets: Sequence[IncidentSheet]) -> dict[int, float]:
    """Give, for each figure drawn, the scale of its incident and harm: bars of one column compare."""
    scales: dict[int, float] = {}
    for sheet in sheets:
        drawn = [figure for row in sheet.accounts for figure in row.figures]
        full = find_scales([*drawn, *sheet.figures])
        scales.update((id(figure), full[figure.harm]) for figure in (*drawn, *sheet.figures))
    return scales


def draw_figure(scales: Mapping[int, float], figure: Figure) -> Bar | None:
    """Give the bar of a figure that was scaled."""
    return draw_bar(figure, scales[id(figure)])
