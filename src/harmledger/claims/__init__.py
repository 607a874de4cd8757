"""Sentences to claims."""
