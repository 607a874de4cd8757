"""Builds that were asked for."""

from django.db import models


class Work(models.Model):
    """A build that somebody's act asked for: `target` is what the act was about, an incident's id or nothing.

    `step` says how far it has come. `effect` is what it changed, as JSON, once `finished` is set; `problem` why it failed.
    Rows are kept for some days (`works.KEPT_DAYS`).
    """

    case = models.CharField(max_length=32)
    target = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=150)
    asked = models.DateTimeField()
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    step = models.CharField(max_length=200, blank=True)
    effect = models.TextField(blank=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:  # noqa: D106
        indexes = (
            models.Index(fields=("case", "finished"), name="building_open"),
            models.Index(fields=("case", "target"), name="building_target"),
        )
