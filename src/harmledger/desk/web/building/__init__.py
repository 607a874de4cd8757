"""Builds that the desk asks for: in a process of their own, with their progress, and what they changed."""
