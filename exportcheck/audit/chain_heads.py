"""Head hashes kept outside the database: who rewrites a whole chain cannot rewrite yesterday's file (15 CFR 762.5(b)(4))."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from exportcheck.audit.models import AuditChain, AuditEvent


def write(folder: Path) -> Path:
    """Write `heads-YYYY-MM-DDTHHMMSSZ.jsonl`, one object a chain: {"chain", "length", "head", "at"}. Never overwrites."""
    now = timezone.now()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"heads-{now:%Y-%m-%dT%H%M%S}Z.jsonl"
    rows = AuditChain.objects.order_by("name").values_list("name", "length", "head")
    lines = [json.dumps({"chain": name, "length": length, "head": head, "at": now.isoformat()}) for name, length, head in rows]
    with path.open("x", encoding="utf-8") as file:
        file.write("\n".join([*lines, ""]))
        file.flush()
        os.fsync(file.fileno())
    return path


def compare(path: str) -> Iterator[str]:
    """A sentence for each chain whose event at the written length has another hash now (or is gone)."""
    for text in Path(path).read_text(encoding="utf-8").splitlines():
        row = json.loads(text)
        if not row["length"]:
            continue
        now = AuditEvent.objects.filter(chain=row["chain"], seq=row["length"]).values_list("hash", flat=True).first()
        if now != row["head"]:
            yield f"{row['chain']} was rewritten: event {row['length']} had the hash {row['head']} on {row['at'][:10]}, now {now}"
