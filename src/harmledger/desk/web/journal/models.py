"""Lines of the journal, which are added and never changed, and comments."""

from typing import Any, NoReturn

from django.db import models

_DIGEST = 64
_KEY = 32


class LineError(TypeError):
    """A line of the journal was to be changed or deleted."""


class _LineQuery(models.QuerySet):
    def update(self, **_: Any) -> NoReturn:
        raise LineError("a line of the journal is never changed")

    def delete(self) -> NoReturn:
        raise LineError("a line of the journal is never deleted")

    def bulk_update(self, *_: Any, **__: Any) -> NoReturn:
        raise LineError("a line of the journal is never changed")


class Line(models.Model):
    """One thing that somebody did: when (UTC), who, what, to what, and the rest as JSON.

    `digest` is over all of it and over the digest of the line before (`before`, empty for the first): to change one
    line unseen, every later one would have to be changed too.
    """

    case = models.CharField(max_length=_KEY)
    number = models.BigIntegerField()
    at = models.CharField(max_length=32)
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=60)
    target = models.CharField(max_length=200, blank=True)
    detail = models.TextField(default="{}")
    before = models.CharField(max_length=_DIGEST, blank=True)
    digest = models.CharField(max_length=_DIGEST)

    objects = _LineQuery.as_manager()

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="journal_line_once"),)
        indexes = (models.Index(fields=("case", "target"), name="journal_by_target"),)

    def save(self, *args: Any, **given: Any) -> None:
        """Add the line. Raises LineError where it is there already."""
        if self.pk is not None:
            raise LineError("a line of the journal is never changed")
        super().save(*args, **given)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        """Refuse: raises LineError."""
        raise LineError("a line of the journal is never deleted")


class Head(models.Model):
    """The last line of a case's journal; whoever adds one holds it meanwhile."""

    case = models.CharField(max_length=_KEY, primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=_DIGEST, blank=True)


class Checked(models.Model):
    """How far a case's journal was checked: the line and its digest, when all of it was checked last (UTC, empty for never),
    and what was wrong then, as JSON. It saves checking again; whoever changes the database may change it too, so that the
    whole chain is checked every night (`harmledger journal`)."""

    case = models.CharField(max_length=_KEY, primary_key=True)
    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=_DIGEST, blank=True)
    whole = models.CharField(max_length=32, blank=True)
    faults = models.TextField(default="[]")


class Comment(models.Model):
    """What somebody remarked about an incident or a claim, or about one field of it."""

    case = models.CharField(max_length=_KEY)
    target = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)
    author = models.CharField(max_length=150)
    at = models.DateTimeField()
    text = models.TextField(max_length=10_000)

    class Meta:  # noqa: D106
        indexes = (models.Index(fields=("case", "target"), name="journal_comments"),)
