"""The journal: what people did at the desk, each line chained to the one before it, and comments on the record."""
