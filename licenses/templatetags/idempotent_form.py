"""The token that makes a form count once (licenses/views/idempotent_form.py)."""

from __future__ import annotations

import uuid

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """A hidden field with a fresh token."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())
