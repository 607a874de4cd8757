"""Every table of an edition, and the row of each."""

from collections.abc import Mapping
from typing import Final

from harmledger.publication.data.layouts import acled, hxl, ucdp
from harmledger.publication.data.layouts.losses import LossRow
from harmledger.publication.data.rows import ROWS

LOSSES: Final = "losses.csv"

TABLES: Final[Mapping[str, type]] = {
    **ROWS,
    hxl.FILE: hxl.HxlRow,
    ucdp.FILE: ucdp.UcdpRow,
    acled.FILE: acled.AcledRow,
    LOSSES: LossRow,
}
"""Our own tables, those in the layouts of others, and what these cannot carry."""

BY_INCIDENT: Final = ("incidents.csv", "accounts.csv", hxl.FILE, ucdp.FILE, acled.FILE)
"""Tables whose first column is the id of an incident."""
