"""The Django app of the review room."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Names the app `review`."""

    name = "harmledger.desk.web.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"
