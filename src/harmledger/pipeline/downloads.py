"""The record as files of data and feeds, as the public may have it at a moment: what a publication writes, for the desk."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from harmledger.pipeline.public_incident import open_public
from harmledger.publication.catalogue import read_listing
from harmledger.publication.data.rows import TallyRow
from harmledger.publication.data.writer import DataWriter, explain_data
from harmledger.publication.material import Settings
from harmledger.publication.site.feeds import FOLDER as FEEDS
from harmledger.publication.site.feeds import Feed, compose_feeds, find_moment
from harmledger.publication.site.frame import Frame
from harmledger.publication.templating import clean_controls
from harmledger.publication.view.entry import Entry
from harmledger.records.incident import Incident
from harmledger.store.catalogue_search import Catalogue

if TYPE_CHECKING:
    from harmledger.pipeline.case_view import CaseView
    from harmledger.store.facts import Facts

DATA: Final = "data"
FEED_LIST: Final = "feeds.json"
_INCIDENTS: Final = msgspec.json.Decoder(Incident)
_FEEDS: Final = msgspec.json.Decoder(tuple[Feed, ...])
_ROWS: Final = msgspec.json.Decoder(list[TallyRow])


def write_downloads(
    facts: "Facts",
    view: "CaseView",
    catalogue: Catalogue,
    settings: Settings,
    now: datetime,
    frame: Frame,
    target: Path,
) -> None:
    """Write the files of data into `target`/data and the feeds into `target`/feeds.

    Incidents are fetched one by one; in memory stays a thin line for each.
    """
    entries: list[Entry] = []
    moments: dict[str, str] = {}
    with DataWriter(target / DATA) as writer:
        for id in sorted(catalogue.list_ids()):
            shown = open_public(facts, view, id, settings, now, frame)
            found = catalogue.fetch((id,))
            if shown is None or not found:
                continue
            wholes = {one.id: one for one in catalogue.fetch(shown.incident.part_of)}
            writer.write_incident(shown.disclose(wholes), shown.disclose_claims())
            public = _INCIDENTS.decode(found[0].body)
            entries.append(read_listing(public, found[0].stem, bool(found[0].is_place_hidden), frame.words))
            moment = find_moment(shown.incident, shown.leaf.documents.values())
            if moment is not None:
                moments[id] = moment
        writer.write_tally_rows(_ROWS.decode(catalogue.fetch_page("tallies", "") or b"[]"))
    explain_data(target / DATA, frame.words, settings.name, frame.as_of, settings.rules)
    (target / FEEDS).mkdir()
    feeds = compose_feeds(entries, moments, frame)
    for feed in feeds:
        (target / feed.path).write_text(clean_controls(feed.text), encoding="utf-8", newline="\n")
    (target / FEED_LIST).write_bytes(msgspec.json.encode([replace(feed, text="") for feed in feeds]))


def list_feeds(folder: Path) -> tuple[Feed, ...]:
    """Give the feeds that were written, without their texts; none where they were not."""
    with suppress(OSError):
        return _FEEDS.decode((folder / FEED_LIST).read_bytes())
    return ()
