"""Texts of the documents with what was read in them, and claims that a person adds by selecting words."""
