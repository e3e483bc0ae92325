"""Entries of the navigation."""

from __future__ import annotations

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exportcheck.accounts import policy
from exportcheck.accounts.policy import Person

register = template.Library()


@register.simple_tag(takes_context=True)
def nav_item(context: Context, name: str, label: str) -> SafeString:
    """List item that links to a URL name and says where one is; nothing when the page is not installed."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return SafeString("")
    request = context.get("request")
    match = request.resolver_match if request else None
    if match is not None and match.view_name == name:
        return format_html('<li><a href="{}" aria-current="page">{}</a></li>', url, label)
    return format_html('<li><a href="{}">{}</a></li>', url, label)


@register.filter
def screens_names(user: Person) -> bool:
    """Whether the page that screens a name is this person's to use."""
    return policy.can_screen_name(user)
