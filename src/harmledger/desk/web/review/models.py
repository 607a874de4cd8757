"""What the review room keeps for a short while: who is looking at what, and what forms were made from."""

from django.db import models


class Presence(models.Model):
    """Somebody has an incident open at this moment. One row a person and incident, gone within minutes; no more is kept."""

    case = models.CharField(max_length=32)
    incident = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:  # noqa: D106
        constraints = (
            models.UniqueConstraint(fields=("case", "incident", "name"), name="review_presence_once"),
        )
        indexes = (models.Index(fields=("case", "at"), name="review_presence_at"),)


class Shown(models.Model):
    """What an incident held when it was shown, by its digest, as JSON (`review.content`), for some days: a form that comes
    late is held against it."""

    case = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    content = models.TextField()
    at = models.DateTimeField()

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("case", "digest"), name="review_shown_once"),)
