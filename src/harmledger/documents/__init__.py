"""Bytes to a working text, its publication time, and sentences with offsets."""
