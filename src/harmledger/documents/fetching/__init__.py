"""Fetching: pages and files at web addresses, asked for because a person named each of them, and kept as they came.

Nothing else in the program asks a web server for a report. What is received goes into a web archive (WARC), whose
documents `documents.parts` reads.
"""

from harmledger.documents.fetching.fetch import Fetched, FetchRules, fetch_addresses
from harmledger.documents.fetching.listing import read_addresses

__all__ = ["FetchRules", "Fetched", "fetch_addresses", "read_addresses"]
