"""The short list of what answers without a login; everything else asks for one. Read by the middleware and by a test."""

from __future__ import annotations

PUBLIC_NAMES = frozenset(
    (
        "account_login",
        "account_logout",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_confirm_email",
        "account_email_verification_sent",
        "mfa_authenticate",
        "favicon",
        "healthz",
        "readyz",
        "legal",
        "stop",
    )
)
"""URL names: signing in and out, the second factor while signing in, a forgotten password, health, information pages."""
