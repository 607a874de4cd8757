"""The Django app of the facts."""

from django.apps import AppConfig


class StoreConfig(AppConfig):  # type: ignore[misc]
    """Names the app `store`, so that its tables are store_version and so on, wherever it is installed."""

    name = "harmledger.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
