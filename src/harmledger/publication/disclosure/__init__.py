"""Editions: what leaves a case, in which form, and for whom."""
