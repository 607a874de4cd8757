"""What the system knows: frozen values, ids, problems. Standard library only."""
