"""Harmledger: reports of attacks on people, turned into a record that can be checked."""

__version__ = "0.1.0"
