"""What whoever asks may do in the case that is served."""

from django.conf import settings
from django.http import HttpRequest

from harmledger.desk.web.access import TWO_FACTOR_ROLES, Role
from harmledger.desk.web.accounts.models import Membership


def find_role(request: HttpRequest) -> Role | None:
    """Give the role that counts for a request; None for the public, and until a second factor that is set up was given.

    An editor or admin who has not set a second factor up counts as an analyst.
    """
    user = request.user
    if not user.is_authenticated:
        return None
    granted = fetch_role(user)
    if granted is None or user.is_verified():
        return granted
    if has_second_factor(user):
        return None
    return "analyst" if granted in TWO_FACTOR_ROLES else granted


def fetch_role(account: object) -> Role | None:
    """Give the role that an account was given in the case; None where it is closed there."""
    rows = Membership.objects.filter(account=account, case=settings.HARMLEDGER_CASE_KEY, is_open=True)
    role: Role | None = rows.values_list("role", flat=True).first()
    return role


def has_second_factor(account: object) -> bool:
    """Tell whether an account has a second factor that was confirmed."""
    from django_otp.plugins.otp_totp.models import TOTPDevice

    return bool(TOTPDevice.objects.filter(user=account, confirmed=True).exists())


def is_closed(account: object) -> bool:
    """Tell whether an account was closed in the case."""
    rows = Membership.objects.filter(account=account, case=settings.HARMLEDGER_CASE_KEY, is_open=False)
    return bool(rows.exists())


def grant_role(account: object, role: Role, is_open: bool = True) -> None:
    """Give an account a role in the case, in place of the one it had, and open or close it there."""
    Membership.objects.update_or_create(
        account=account, case=settings.HARMLEDGER_CASE_KEY, defaults={"role": role, "is_open": is_open}
    )
