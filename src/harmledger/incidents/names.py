"""Names folded for comparison, each name once."""

from functools import lru_cache

from harmledger.places.folding import fold_name as _fold

fold_name = lru_cache(maxsize=65536)(_fold)
"""The folding of the gazetteer (harmledger.places.folding.fold_name), remembered."""
