from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """Who is this party, and is it listed?"""

    name = "screening"
