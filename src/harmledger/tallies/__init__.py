"""Incidents to totals with ranges; others' running totals kept apart and compared."""
