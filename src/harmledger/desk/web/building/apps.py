"""The Django app of builds."""

from django.apps import AppConfig


class BuildingConfig(AppConfig):
    """Names the app `building`."""

    name = "harmledger.desk.web.building"
    label = "building"
    default_auto_field = "django.db.models.BigAutoField"
