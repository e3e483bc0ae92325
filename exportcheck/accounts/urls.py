"""Account pages of our own beside allauth's, and the public information pages."""

from __future__ import annotations

from django.urls import path

from exportcheck.accounts import views

urlpatterns = [
    path("account/", views.profile, name="profile"),
    path("account/people/", views.members, name="members"),
    path("account/people/<int:pk>/", views.member_change, name="member_change"),
    path("account/tokens/", views.tokens, name="tokens"),
    path("account/tokens/<int:pk>/revoke/", views.token_revoke, name="token_revoke"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("about/", views.legal, name="legal"),
    path("stop/", views.stop, name="stop"),
]
