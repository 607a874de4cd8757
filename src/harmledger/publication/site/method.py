"""The page that tells how the record is made, what changed, and where an error is reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from harmledger.incidents.grades import Table, load_rules
from harmledger.publication.site.edition import Change, Changes, Edition
from harmledger.publication.site.feeds import Feed
from harmledger.publication.site.frame import Frame
from harmledger.publication.view.reasons import translate_reason
from harmledger.publication.wording import Wording

_MOST_CHANGES: Final = 200


@dataclass(frozen=True, slots=True)
class HowSection:
    """One explanation."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """One incident in a list of changes."""

    href: str | None
    heading: str
    detail: str


@dataclass(frozen=True, slots=True)
class ChangeList:
    """Changes of one kind."""

    title: str
    count: str
    items: tuple[ChangeItem, ...]
    more: str


@dataclass(frozen=True, slots=True)
class RuleTable:
    """The rules of a grade in order: what each gives, and when."""

    note: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MethodPage:
    """Everything the page of method prints."""

    how: tuple[HowSection, ...]
    grades: tuple[tuple[str, str], ...]
    rules: tuple[RuleTable, ...]
    contact: str
    changes_title: str
    changes_note: str
    changes: tuple[ChangeList, ...]
    earlier: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    feeds: tuple[tuple[str, str], ...] = ()


def _tabulate_rules(table: Table, note: str, words: Wording) -> RuleTable:
    return RuleTable(
        note,
        tuple(
            (words.label(table, rule.value), translate_reason(rule.meaning, words))
            for rule in load_rules(table)
        ),
    )


def make_method(
    frame: Frame,
    contact: str,
    before: Edition | None,
    changes: Changes | None,
    earlier: Sequence[tuple[int, str]],
    files: Sequence[str],
    feeds: Sequence[Feed] = (),
) -> MethodPage:
    """Gather what the page of method prints. `earlier` are kept editions, number and moment."""
    words = frame.words
    site = words.tables["site"]
    title, note = _tell_changes(before, changes, words)
    return MethodPage(
        how=tuple(
            HowSection(
                part["title"], tuple(text.format(hours=frame.rules.delay_hours) for text in part["text"])
            )
            for part in site["how"]
        ),
        grades=tuple((name, words.label("grade", name)) for name in words.tables["grade"]),
        rules=(
            _tabulate_rules("grade", "", words),
            _tabulate_rules("certainty", site["certainty_note"], words),
        ),
        contact=site["errors_contact"].format(contact=contact) if contact else site["errors_nobody"],
        changes_title=title,
        changes_note=note,
        changes=tuple(_list_changes(changes, words)) if changes else (),
        earlier=tuple(
            (
                f"editions/{number}/README.md",
                site["earlier_edition"].format(number=words.number(number), moment=words.stamp(moment)),
            )
            for number, moment in earlier
        ),
        files=tuple(files),
        feeds=tuple((feed.path, feed.area or site["feed_all"]) for feed in feeds),
    )


def name_changes(changes: Changes, headings: Mapping[str, str]) -> Changes:
    """Give changes with the headings of their entries in the language of a page."""

    def name(found: Sequence[Change]) -> tuple[Change, ...]:
        return tuple(replace(one, heading=headings.get(one.stem, one.heading)) for one in found)

    return Changes(name(changes.new), name(changes.changed), changes.gone)


def _tell_changes(before: Edition | None, changes: Changes | None, words: Wording) -> tuple[str, str]:
    site = words.tables["site"]
    if before is None or changes is None:
        return site["earlier_editions"], site["changes_first"]
    title = site["changes"].format(number=words.number(before.number))
    if changes.is_empty:
        return title, site["changes_none"].format(
            number=words.number(before.number), moment=words.stamp(before.as_of)
        )
    return title, ""


def _list_changes(changes: Changes, words: Wording) -> list[ChangeList]:
    site = words.tables["site"]
    lists = []
    for name, found in (("new", changes.new), ("changed", changes.changed), ("gone", changes.gone)):
        if found:
            items = tuple(_make_item(change, words) for change in found[:_MOST_CHANGES])
            left = len(found) - len(items)
            more = site["changes_more"].format(count=words.number(left)) if left else ""
            lists.append(ChangeList(site[f"changes_{name}"], words.number(len(found)), items, more))
    return lists


def _make_item(change: Change, words: Wording) -> ChangeItem:
    href = f"incidents/{change.stem}.html"
    detail = ""
    if change.before != change.after:
        none = words.phrase("none_said")
        told = {"before": change.before or none, "after": change.after or none}
        detail = words.tables["site"]["changes_figure"].format(**told)
    return ChangeItem(href, change.heading or change.stem, detail)
