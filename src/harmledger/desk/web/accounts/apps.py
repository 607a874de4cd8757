"""The Django app of accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app `accounts`."""

    name = "harmledger.desk.web.accounts"
    label = "accounts"
