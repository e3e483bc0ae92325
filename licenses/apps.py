from django.apps import AppConfig


class LicensesConfig(AppConfig):
    """Does this export need a license, and may it go ahead?"""

    name = "licenses"
