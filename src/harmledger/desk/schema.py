"""`harmledger schema`: what a line may hold."""

import json

import click


@click.command()
@click.argument(
    "name",
    metavar="FORMAT",
    type=click.Choice(["documents", "claims", "incidents", "judgements", "signings"]),
)
def schema(name: str) -> None:
    """Print the JSON Schema (draft 2020-12) of one line of a format.

    FORMAT is documents, claims, incidents, judgements or signings. Every field carries its meaning as description.

    \b
    Examples:
      harmledger schema documents
      harmledger schema claims > claims.schema.json
    """
    from harmledger.pipeline.schema import describe_format

    click.echo(json.dumps(describe_format(name), indent=2, ensure_ascii=False))
