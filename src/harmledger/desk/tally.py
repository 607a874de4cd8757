"""`harmledger tally`: totals with their ranges."""

import click


@click.command()
def tally() -> int:
    """Placeholder."""
    return 0
