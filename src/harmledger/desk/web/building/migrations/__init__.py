"""The schemas that builds have had, in order."""
