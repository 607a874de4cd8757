"""What was handed in, and how adding it gets on."""

from typing import Final

from django.db import models

STATES: Final = ("waiting", "fetching", "adding", "done", "failed")


class Delivery(models.Model):
    """Something that was handed in at once: `kind` is files, text, addresses or retry (what could not be read before).

    `token` names the folder that it lies in until it is added. `total` counts files or addresses, `done` those that were
    worked on, `counts` what came of them, by fate, as JSON; `files` are the digests of the received files, `problems` what
    went wrong, both as JSON. `attempts` counts how often a process began: one that never ends is given up. Rows are kept
    for some days (`works.KEPT_DAYS`).
    """

    case = models.CharField(max_length=32)
    token = models.CharField(max_length=32)
    by = models.CharField(max_length=150)
    asked = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    counts = models.TextField(default="{}")
    files = models.TextField(default="[]")
    problems = models.TextField(default="[]")

    class Meta:  # noqa: D106
        indexes = (models.Index(fields=("case", "finished"), name="intake_open"),)
