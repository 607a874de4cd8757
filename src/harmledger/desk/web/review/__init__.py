"""The room to review in."""
