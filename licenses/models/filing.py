"""After the filing: what the government decided, and what left under the license (docs/design/intake.md#3.1, 3.2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from licenses.models.application import Document, LicenseApplication
from licenses.models.review import Shipment


class GovernmentOutcome(models.Model):
    """One outcome recorded by hand; a later one (an intent to deny that became a denial) is a further row. Money in US dollars;
    `valid_until` is the last day of a license, `value_usd` the total it allows where the license names one."""

    application = models.ForeignKey(LicenseApplication, on_delete=models.PROTECT, related_name="outcomes")
    decision = models.CharField(max_length=30)
    decided_on = models.DateField()
    license_no = models.CharField(max_length=20, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    value_usd = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    note = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.application} {self.decision}"


class ShipmentLine(models.Model):
    """What of one item left with a shipment. `item_key` is the item's id in the contract ("I1")."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="lines")
    item_key = models.CharField(max_length=20)
    quantity = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    value_usd = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        ordering = ("shipment_id", "pk")
        constraints = (
            models.UniqueConstraint(fields=("shipment", "item_key"), name="one_line_an_item"),
            models.CheckConstraint(
                condition=(Q(quantity__isnull=True) | Q(quantity__gt=0)) & Q(value_usd__gte=0), name="shipped_amounts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.shipment} {self.item_key}"
