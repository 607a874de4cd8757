"""Words of the desk's own pages, one file a language."""
