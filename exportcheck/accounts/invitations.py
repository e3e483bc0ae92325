"""The e-mail that lets a new person set a password: allauth's own reset link, which dies once it is used."""

from __future__ import annotations

from urllib.parse import urljoin

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from exportcheck.accounts.models import User


def link(user: User) -> str:
    """Address where the person sets the first password."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    return urljoin(settings.SITE_URL, path)


def send(user: User) -> None:
    """Send the link. Raises what the mail server raises: an invitation that did not go out is not silent."""
    text = render_to_string("account/email/invitation.txt", {"user": user, "link": link(user), "site": settings.SITE_URL})
    send_mail("Your ExportCheck account", text, settings.DEFAULT_FROM_EMAIL, [user.email])
