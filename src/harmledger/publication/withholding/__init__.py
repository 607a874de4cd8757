"""What the public must not see, and what is shown in its place."""
