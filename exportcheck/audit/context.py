"""Where an act comes from (15 CFR 762.5(b)(8)): request, task or command line, set at the door and read by `record`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass, replace


@dataclass(frozen=True, slots=True)
class Origin:
    """Door ("web", "api", "task", "command"), address, client, session (its hash), API token prefix."""

    door: str = "system"
    ip: str = ""
    client: str = ""
    session: str = ""
    token: str = ""

    def as_dict(self) -> dict[str, str]:
        """Filled fields only."""
        return {key: value for key, value in asdict(self).items() if value}


NOWHERE = Origin()
_origin: ContextVar[Origin] = ContextVar("audit_origin", default=NOWHERE)


def current() -> Origin:
    """Origin of the running request, task or command."""
    return _origin.get()


def note_token(prefix: str) -> None:
    """The rest of the running request came with this API token."""
    _origin.set(replace(current(), door="api", token=prefix))


@contextmanager
def acting_through(origin: Origin) -> Iterator[None]:
    """Everything recorded inside carries this origin."""
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
