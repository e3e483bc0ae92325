"""Addresses of screening: pages, and what it gives to the API (exportcheck.urls puts it under /api/v1/)."""

from __future__ import annotations

from django.urls import path

from screening.api import ScreenView
from screening.views import entry_page, entry_search

urlpatterns = [
    path("lists/", entry_search, name="entry_search"),
    path("lists/<str:code>/<path:uid>/", entry_page, name="entry_page"),
]
api_urlpatterns = [path("screen", ScreenView.as_view(), name="api_screen")]
