"""The Django app of what is handed in."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Names the app `intake`."""

    name = "harmledger.desk.web.intake"
    label = "intake"
    default_auto_field = "django.db.models.BigAutoField"
