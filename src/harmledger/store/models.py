"""The tables of the facts. Rows are added; only erasing changes or deletes one.

No type here is SQLite's own: the same models serve PostgreSQL, with many cases in one database. Names and
addresses that stand in an index are bounded (see `store.arrivals.bound_name`), since PostgreSQL bounds them.
"""

from django.db import models

_DIGEST = 64


class Case(models.Model):  # type: ignore[misc]
    """A case; a case folder holds one, a web desk many."""

    name = models.TextField()
    created = models.DateTimeField()


class _Fact(models.Model):  # type: ignore[misc]
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class File(_Fact):
    """A file as it reached us. `is_kept` is False once an erasure destroyed its bytes, or where it brought erased
    ones back and was not kept."""

    digest = models.CharField(max_length=_DIGEST)
    size = models.BigIntegerField()
    name = models.TextField()
    received = models.DateTimeField()
    is_kept = models.BooleanField(default=True)

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("case", "digest"), name="store_file_once"),)


class Reading(_Fact):
    """A file was read to its end, and how many documents were found; a file without one was interrupted.

    `mapping` says how columns were read, as JSON; null where nothing was said.
    """

    file = models.ForeignKey(File, models.CASCADE, related_name="readings")
    at = models.DateTimeField()
    program = models.TextField()
    documents = models.IntegerField()
    mapping = models.TextField(null=True)


class Unread(_Fact):
    """A file or part that a reading could not read, and why. Those of a file's latest reading count."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="unread")
    where = models.TextField(null=True)
    severity = models.CharField(max_length=10, default="error")
    code = models.TextField()
    message = models.TextField()
    remedy = models.TextField(null=True)


class Document(_Fact):
    """What its address names across its versions; one without an address has a single version."""

    address = models.TextField(null=True)

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("case", "address"), name="store_address_once"),)


class Version(_Fact):
    """The bytes of a document at one time, with what they tell about themselves.

    `key` is its id in claims. `holding` says where its bytes are: "file" in its file, "own" in a file of their
    own under its digest, "none" destroyed with another document that they held. `sheet` is its metadata as JSON.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    file = models.ForeignKey(File, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    key = models.TextField()
    digest = models.CharField(max_length=_DIGEST)
    size = models.BigIntegerField()
    content_digest = models.CharField(max_length=_DIGEST)
    text_digest = models.CharField(max_length=_DIGEST)
    locator = models.TextField(null=True)
    holding = models.CharField(max_length=10, default="file")
    received = models.DateTimeField()
    supersedes = models.TextField(null=True)
    extractor = models.TextField(null=True)
    extractor_version = models.TextField(null=True)
    extractor_digest = models.CharField(max_length=_DIGEST, null=True)
    published_source = models.TextField(null=True)
    sheet = models.TextField()

    class Meta:  # noqa: D106
        constraints = (
            models.UniqueConstraint(fields=("case", "key"), name="store_key_once"),
            models.UniqueConstraint(fields=("case", "digest"), name="store_version_once"),
        )
        indexes = (models.Index(fields=("case", "supersedes"), name="store_version_supersedes"),)


class Occurrence(_Fact):
    """The same bytes in a further file, or a further place of one: no new version, but erasing must reach it."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="occurrences")
    file = models.ForeignKey(File, models.CASCADE, related_name="occurrences")
    locator = models.TextField(null=True)


class WorkingText(_Fact):
    """A version's working text: what offsets in claims count. Apart, so that versions stay thin to list."""

    version = models.OneToOneField(Version, models.CASCADE, primary_key=True, related_name="text")
    content = models.TextField()


class Judgement(_Fact):
    """A verdict on a version, or on a document at its address; taken back by a later one that does not hold."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="judgements")
    version = models.ForeignKey(Version, models.CASCADE, null=True, related_name="judgements")
    verdict = models.CharField(max_length=20)
    holds = models.BooleanField()
    source = models.CharField(max_length=20)
    reason = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()


class Ruling(_Fact):
    """A person's judgement on claims (`records.judgement.Judgement`). `value` is JSON; it and the reason are emptied
    when a document that it is about is erased, for they may repeat what stood there. `origin` is JSON, of one that was
    taken over from another case (`records.taking_over.TakenOver`)."""

    key = models.CharField(max_length=_DIGEST)
    kind = models.CharField(max_length=20)
    field = models.CharField(max_length=20, null=True)
    value = models.TextField(null=True)
    undoes = models.CharField(max_length=_DIGEST, null=True)
    reason = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    is_emptied = models.BooleanField(default=False)
    origin = models.TextField(default="")

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("case", "key"), name="store_ruling_once"),)


class RuledClaim(_Fact):
    """A claim that a ruling is about, in the order in which it names them, and the document that it is from."""

    ruling = models.ForeignKey(Ruling, models.CASCADE, related_name="claims")
    number = models.IntegerField()
    claim = models.CharField(max_length=_DIGEST)
    document = models.TextField()

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("ruling", "number"), name="store_ruled_claim_once"),)


class Signing(_Fact):
    """A step of an incident towards publication (`records.signing.Signing`). `content` and `documents` are JSON;
    `form` is what was published, as lines of an incident and its claims, words and all. Reason and form are emptied
    when one of the documents is erased. `origin` as of a ruling."""

    key = models.CharField(max_length=_DIGEST)
    incident = models.CharField(max_length=_DIGEST)
    step = models.CharField(max_length=20)
    digest = models.CharField(max_length=_DIGEST)
    content = models.TextField()
    documents = models.TextField()
    reason = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    form = models.TextField(default="")
    origin = models.TextField(default="")

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("case", "key"), name="store_signing_once"),)
        indexes = (models.Index(fields=("case", "incident"), name="store_signing_incident"),)


class Tombstone(_Fact):
    """What is left of an erased document."""

    digest = models.CharField(max_length=_DIGEST)
    text_digest = models.CharField(max_length=_DIGEST, null=True)
    size = models.BigIntegerField()
    by = models.TextField()
    at = models.DateTimeField()
    reason = models.TextField()

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("case", "digest"), name="store_tombstone_once"),)


class Erasure(_Fact):
    """An erasure that has begun; `finished` is null until every file was dealt with, so that it can be resumed.

    `destroyed` are the SHA-256 of the bytes that go, `backups` the names of the backups that go with them, each a JSON
    list, written down before anything is destroyed.
    """

    at = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    destroyed = models.TextField()
    backups = models.TextField(default="[]")


class MintedId(_Fact):
    """An incident id and its anchor claim; a later row may say what it was merged into."""

    incident = models.CharField(max_length=_DIGEST)
    anchor = models.CharField(max_length=_DIGEST)
    order = models.BigIntegerField()
    merged_into = models.CharField(max_length=_DIGEST, null=True)

    class Meta:  # noqa: D106
        indexes = (
            models.Index(fields=("case", "incident"), name="store_minted_incident"),
            models.Index(fields=("case", "anchor"), name="store_minted_anchor"),
            models.Index(fields=("case", "merged_into"), name="store_minted_merged"),
        )


class Edition(_Fact):
    """One publication. `holdings` are the SHA-256 of the ids of its documents, sorted, end to end."""

    number = models.IntegerField()
    folder = models.TextField()
    made = models.DateTimeField()
    digest = models.TextField()
    is_internal = models.BooleanField()
    holdings = models.BinaryField()

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="store_edition_once"),)
