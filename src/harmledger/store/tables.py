"""The tables, importable at any time: Django is configured before its models are."""

from harmledger.store.database import configure_django

configure_django()

from harmledger.store import models  # noqa: E402

__all__ = ["models"]
