"""The Django app of the journal."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Names the app `journal`."""

    name = "harmledger.desk.web.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"
