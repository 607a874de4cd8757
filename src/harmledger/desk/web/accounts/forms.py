"""What people type to sign in and to keep accounts, checked."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from harmledger.desk.web.access import ROLES
from harmledger.desk.web.accounts.models import Account

_LONGEST_PASSWORD = 1024


class SignInForm(forms.Form):
    """Name and password."""

    name = forms.CharField(max_length=150)
    password = forms.CharField(max_length=_LONGEST_PASSWORD, strip=False)


class CodeForm(forms.Form):
    """A code of an authenticator, or a spare one."""

    code = forms.CharField(max_length=16)


class PasswordForm(forms.Form):
    """A new password, with the present one."""

    present = forms.CharField(max_length=_LONGEST_PASSWORD, strip=False)
    password = forms.CharField(max_length=_LONGEST_PASSWORD, strip=False)

    def __init__(self, account: Account, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self._account = account

    def clean_present(self) -> str:
        """Refuse where the present password is wrong."""
        present: str = self.cleaned_data["present"]
        if not self._account.check_password(present):
            raise forms.ValidationError("wrong", code="wrong")
        return present

    def clean_password(self) -> str:
        """Refuse a password that is short, common, or like the name."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self._account)
        return password


class AccountForm(forms.Form):
    """A new account: its name, first password and role."""

    name = forms.CharField(max_length=150)
    password = forms.CharField(max_length=_LONGEST_PASSWORD, strip=False)
    role = forms.ChoiceField(choices=[(role, role) for role in ROLES])

    def clean_name(self) -> str:
        """Refuse a name that was ever given."""
        name: str = Account.normalize_username(self.cleaned_data["name"])
        if Account.objects.filter(name=name).exists():
            raise forms.ValidationError("taken", code="taken")
        for validator in Account._meta.get_field("name").validators:
            validator(name)
        return name

    def clean_password(self) -> str:
        """Refuse a password that is short, common, or like the name."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, Account(name=self.cleaned_data.get("name", "")))
        return password


class ChangeForm(forms.Form):
    """What an admin may change of an account: its role, and whether it is open."""

    role = forms.ChoiceField(choices=[(role, role) for role in ROLES])
    is_open = forms.BooleanField(required=False)
