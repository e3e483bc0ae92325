from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organizations and what each may do."""

    name = "exportcheck.accounts"
    label = "accounts"
