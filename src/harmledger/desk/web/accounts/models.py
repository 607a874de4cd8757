"""Accounts and memberships. One account may have a role in several cases that share a database."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models

from harmledger.desk.web.access import ROLES

_NAME = RegexValidator(r"^[\w.@+-]{2,150}\Z")


class AccountManager(BaseUserManager):
    """Makes accounts."""

    def create_account(self, name: str, password: str | None) -> Any:
        """Make an account; without a password nobody can sign in to it. Raises ValidationError for a bad name."""
        account = self.model(name=self.model.normalize_username(name))
        account.set_password(password)
        account.full_clean(exclude=("password",))
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Whoever signs in. The name is what judgements and the journal are kept under: it is never given again.

    An account that is not wanted any more is closed in its cases, one by one (`Membership.is_open`), and not deleted.
    """

    name = models.CharField(max_length=150, unique=True, validators=[_NAME])
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = AccountManager()

    USERNAME_FIELD = "name"

    def __str__(self) -> str:
        return str(self.name)


class Membership(models.Model):
    """The role of an account in a case; `case` is the key in the case's secret file. Where it is closed, nobody signs in to the
    desk of this case by it; other cases that share the database are not touched."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="memberships")
    case = models.CharField(max_length=32)
    role = models.CharField(max_length=10, choices=[(role, role) for role in ROLES])
    is_open = models.BooleanField(default=True)

    class Meta:  # noqa: D106
        constraints = (models.UniqueConstraint(fields=("account", "case"), name="accounts_role_once"),)
