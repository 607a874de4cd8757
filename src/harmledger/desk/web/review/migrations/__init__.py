"""The schemas that the review room has had, in order."""
