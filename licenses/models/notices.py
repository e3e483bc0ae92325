"""Letters sent about questions: one row a question, so that nobody is told twice and nobody is forgotten."""

from __future__ import annotations

from django.db import models

from licenses.models.review import Question


class Notice(models.Model):
    """The exporter was told of a question, or a worker is about to tell (`sent_at` None)."""

    question = models.OneToOneField(Question, on_delete=models.PROTECT, related_name="notice")
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    recipients = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"notice of question {self.question_id}"
