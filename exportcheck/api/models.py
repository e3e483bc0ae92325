"""Rows of the API itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from exportcheck.accounts.models import ApiToken


class IdempotencyKey(models.Model):
    """A write that a program may repeat safely: its key, what it asked, and the answer once there is one.

    `status` null: the first request is still being answered. The row belongs to one token, or one person without a token.
    """

    token = models.ForeignKey(ApiToken, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("token", "key"), condition=models.Q(token__isnull=False), name="idempotency_token_once"
            ),
            models.UniqueConstraint(fields=("user", "key"), condition=models.Q(token__isnull=True), name="idempotency_user_once"),
        )
        indexes = (models.Index(fields=("created_at",)),)

    def __str__(self) -> str:
        return f"{self.key} ({self.status or 'running'})"
