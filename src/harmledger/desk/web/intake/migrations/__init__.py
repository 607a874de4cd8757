"""Migrations of the journal's tables."""
