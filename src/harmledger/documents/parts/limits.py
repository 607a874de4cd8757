"""What may be asked of this machine: sizes, counts and times that no received file can exceed."""

from typing import Final

from harmledger.documents.intake import SIZE_LIMIT

__all__ = ["SIZE_LIMIT"]

HEAD_SIZE: Final = 65_536
"""Bytes at the start of a file that tell what it is."""

TREE_LIMIT: Final = 200_000_000
"""The largest JSON export taken apart as one tree, in bytes."""

FEED_LIMIT: Final = 20_000_000
"""The largest feed, in bytes."""

CELL_LIMIT: Final = 131_072
"""The longest cell of a table, in code points."""

COLUMN_LIMIT: Final = 500
"""The widest table."""

ROW_LIMIT: Final = 1_048_576
"""The longest sheet of a workbook, as Excel has it."""

DEPTH_LIMIT: Final = 4
"""How deep containers may stand in each other, the received file included: a ZIP in a mail in a ZIP is three."""

MEMBER_LIMIT: Final = 50_000
"""Files inside one received file, at any depth."""

MEMBER_SIZE_LIMIT: Final = 500_000_000
"""The largest file inside another, in bytes, once unpacked."""

UNPACKED_LIMIT: Final = 2_000_000_000
"""Bytes that may come out of one received file, at any depth."""

UNPACKED_GRACE: Final = 100_000_000
"""Bytes that may come out of one received file, however small it is; then RATIO_LIMIT holds for all of it together."""

RATIO_LIMIT: Final = 200
"""How many bytes may come out of one packed byte, once RATIO_GRACE bytes have. Reports pack 2 to 30 times."""

RATIO_GRACE: Final = 5_000_000
"""Bytes that a member may unpack to, whatever its ratio."""

LABEL_LIMIT: Final = 200
"""The longest name shown of a file inside another, in code points."""

PAGES_LIMIT: Final = 3_000
"""Pages read of one PDF."""

WORKER_SECONDS: Final = 60.0
"""Wall time that a PDF, a workbook or a feed may take."""

WORKER_MEMORY: Final = 1_000_000_000
"""Address space of the process that takes PDFs, workbooks and feeds apart, in bytes."""
