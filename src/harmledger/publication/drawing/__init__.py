"""Drawings of the record: SVG that is computed here and never foreign text."""
