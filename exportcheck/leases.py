"""A lease: a row of work that one worker has for as long as it keeps saying that it lives.

Work waits as a row (house.md 3). Whoever takes it writes a token of its own, and every later write names the token, so that a
slow worker and its successor never both write. A lease that nobody renewed for CLAIM_EXPIRES_SECONDS has ended by itself: the
row is free again. No other module writes the two columns.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

RENEW_SECONDS = 1.0
"""What a worker tells of its progress is written at most so often."""


class Leasable(models.Model):
    """The two columns of a row that a worker may have to itself for a while."""

    lease_token = models.CharField(max_length=36, blank=True, default="", editable=False)
    leased_at = models.DateTimeField(null=True, blank=True, editable=False)
    """When the lease was taken or last renewed; null: nobody has the row."""

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=Leasable)


class LeaseLost(Exception):
    """The row is no longer ours, or not as the writer took it to be; nothing was written."""


@dataclass(frozen=True, slots=True)
class Lease(Generic[Row]):
    """A row taken: as it was then, and the token that every write names."""

    row: Row
    token: str

    def renew(self, *conditions: Q, **columns: Any) -> None:
        """Write columns, and tell that the worker lives. Raises LeaseLost, also where the row does not meet the conditions."""
        self._write(conditions, {"leased_at": timezone.now(), **columns})

    def release(self, *conditions: Q, **columns: Any) -> None:
        """Write columns, and let go of the row. Raises LeaseLost as `renew` does."""
        self._write(conditions, {"lease_token": "", "leased_at": None, **columns})

    def fresh(self, *related: str, lock: bool = False) -> Row:
        """The row as it is now; `lock`: nobody else writes it before the transaction ends. Raises LeaseLost."""
        rows = self._rows()
        if related:
            rows = rows.select_related(*related)
        row = (rows.select_for_update(of=("self",)) if lock else rows).first()
        if row is None:
            raise LeaseLost(str(self.row))
        return row

    def pulse(self) -> Callable[..., None]:
        """A function to call at every step: it renews the lease (and writes the columns given) at most once in RENEW_SECONDS.
        It raises LeaseLost."""
        last = timezone.now()

        def tell(**columns: Any) -> None:
            nonlocal last
            if (now := timezone.now()) - last >= dt.timedelta(seconds=RENEW_SECONDS):
                last = now
                self.renew(**columns)

        return tell

    def _write(self, conditions: tuple[Q, ...], columns: dict[str, Any]) -> None:
        if self._rows().filter(*conditions).update(**columns) != 1:
            raise LeaseLost(str(self.row))

    def _rows(self) -> QuerySet[Row]:
        return type(self.row)._default_manager.filter(pk=self.row.pk, lease_token=self.token)


def free(prefix: str = "") -> Q:
    """Nobody has the row, or whoever had it fell silent. `prefix`: the way to the row, such as "notice__"."""
    expired = timezone.now() - dt.timedelta(seconds=settings.CLAIM_EXPIRES_SECONDS)
    return Q(**{f"{prefix}leased_at__isnull": True}) | Q(**{f"{prefix}leased_at__lt": expired})


def lease(rows: QuerySet[Row], *, related: tuple[str, ...] = (), **columns: Any) -> Lease[Row] | None:
    """Take the first free one of `rows`, in their order, and write columns with it; None when none is free.

    rows: no join in their conditions, a subquery will do: after waiting for a faster worker PostgreSQL asks a joined condition
    no second time. related: what the row is fetched with.
    """
    token = str(uuid.uuid4())
    taken = {"lease_token": token, "leased_at": timezone.now(), **columns}
    take = _take_unlocked if connection.features.has_select_for_update_skip_locked else _take
    pk = take(rows, taken)
    return None if pk is None else Lease(rows.model._default_manager.select_related(*related).get(pk=pk), token)


def revoke(rows: QuerySet[Row], **columns: Any) -> int:
    """Write columns and take the rows from whoever has them: that worker's next write raises LeaseLost. Returns how many."""
    return rows.update(lease_token="", leased_at=None, **columns)


def _take_unlocked(rows: QuerySet[Row], columns: dict[str, Any]) -> Any:  # Any: a primary key
    """Past rows that somebody else is writing just now, without waiting for them."""
    with transaction.atomic():
        row = rows.filter(free()).select_for_update(skip_locked=True, of=("self",)).only("pk").first()
        if row is None:
            return None
        rows.model._default_manager.filter(pk=row.pk).update(**columns)
        return row.pk


def _take(rows: QuerySet[Row], columns: dict[str, Any]) -> Any:  # Any: a primary key
    """Where rows cannot be locked, one conditional UPDATE decides who was faster."""
    while (pk := rows.filter(free()).values_list("pk", flat=True).first()) is not None:
        if rows.filter(free(), pk=pk).update(**columns) == 1:
            return pk
    return None
