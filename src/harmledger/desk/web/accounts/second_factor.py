"""The second factor: a code of an authenticator (TOTP, RFC 6238), or one of ten codes kept for when it is lost."""

import secrets
from typing import Any, Final

import segno
from django.db import transaction
from django.http import HttpRequest
from django_otp import login, match_token
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

_CODES: Final = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH: Final = 10


def begin_setup(account: Any) -> TOTPDevice:
    """Give the device that is being set up; it counts once a code of it was given."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=account, confirmed=False, defaults={"name": "authenticator"}
    )
    return device


def draw_code(device: TOTPDevice) -> str:
    """Give the picture that an authenticator reads, as SVG without scripts and styles."""
    code = segno.make(device.config_url, error="m")
    return str(code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True))


def confirm_setup(request: HttpRequest, device: TOTPDevice, code: str) -> list[str] | None:
    """Confirm a device by one of its codes; give ten spare codes, each good for once. None where the code is wrong."""
    if not device.verify_token(code.replace(" ", "")):
        return None
    spare = ["".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_CODES)]
    with transaction.atomic():
        TOTPDevice.objects.filter(user=request.user, confirmed=True).delete()
        StaticDevice.objects.filter(user=request.user).delete()
        device.confirmed = True
        device.save()
        kept = StaticDevice.objects.create(user=request.user, name="spare codes")
        for one in spare:
            kept.token_set.create(token=one)
    login(request, device)
    return spare


def check_code(request: HttpRequest, code: str) -> bool:
    """Take a code of the authenticator or a spare one; wrong ones make the next wait longer and longer."""
    device = match_token(request.user, code.replace(" ", "").lower())
    if device is None:
        return False
    login(request, device)
    return True
