"""Received files to documents: what a recorder is sent, opened without trusting it.

`list_files` walks what a person names, `open_parts` gives the documents of one file, `load_mapping` reads which
column of a table is what, and `find_companion` finds the file beside it that says so.
"""

from harmledger.documents.parts.listing import ListedFile, list_files
from harmledger.documents.parts.mapping import ColumnMapping, find_companion, load_mapping
from harmledger.documents.parts.opening import open_parts

__all__ = ["ColumnMapping", "ListedFile", "find_companion", "list_files", "load_mapping", "open_parts"]
