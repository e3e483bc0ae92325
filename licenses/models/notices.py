"""Letters sent about questions: one row a question, so that nobody is told twice and nobody is forgotten."""

from __future__ import annotations

from django.db import models

from exportcheck.leases import Leasable
from licenses.models.review import Question


class Notice(Leasable):
    """The exporter was told of a question, or is to be told (`sent_at` None)."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="notice")
    sent_at = models.DateTimeField(null=True, blank=True)
    recipients = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"notice of question {self.question_id}"
