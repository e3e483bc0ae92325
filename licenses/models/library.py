"""What an organization uses again: its address book of parties and its catalog of items. Each organization sees its own only."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from exportcheck.accounts.models import Organization


class Contact(models.Model):
    """A frequent party. `facts` is the Party object of docs/contract.md with name and country, `address` the address in the parts
    of the form; `label` is what it is called in lists; the last screening stands beside it with its date."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="contacts")
    label = models.CharField(max_length=600)
    country = models.CharField(max_length=2, blank=True)
    role = models.CharField(max_length=30, blank=True)
    facts = models.JSONField()
    address = models.JSONField(default=dict, blank=True)
    note = models.CharField(max_length=500, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    screened_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=20, blank=True)
    found = models.CharField(max_length=300, blank=True)
    """The best hit of the last screening in words; "" where there was none."""

    class Meta:
        ordering = ("label", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "label", "country"), condition=Q(removed_at__isnull=True), name="one_contact_a_label"
            ),
        )

    def __str__(self) -> str:
        return self.label


class CatalogItem(models.Model):
    """An item the organization exports again and again, with its classification: who classified it, and when."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="catalog")
    part_number = models.CharField(max_length=100, blank=True)
    eccn = models.CharField(max_length=40, blank=True)
    description = models.TextField(max_length=4000)
    hs6 = models.CharField(max_length=6, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    unit_price_usd = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    origin = models.CharField(max_length=2, blank=True)
    form = models.JSONField(default=dict, blank=True)
    classified_by = models.CharField(max_length=200, blank=True)
    classified_on = models.DateField(null=True, blank=True)
    classification_basis = models.CharField(max_length=300, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("eccn", "part_number", "pk")
        indexes = (models.Index(fields=("organization", "removed_at")),)

    def __str__(self) -> str:
        return self.part_number or self.description[:60]
