"""The schemas that the facts have had, in order."""
