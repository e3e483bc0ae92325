"""The table of roles (docs/roles.md) as data, and who of the test people may do an act of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from exportcheck.accounts.models import User
from exportcheck.accounts.roles import RoleName
from tests import people

ROLES = ("exporter", "exporter admin", "reviewer", "senior reviewer", "list admin", "auditor", "system admin", "API client")
PERMISSIONS = """
own drafts        | x       | x       |           |               |                   |                |            | scoped
pre-check         | x       | x       | x         | x             |                   |                |            | scoped
see hits          | x       | x       | x         | x             |                   | x              |            | scoped
ready and outcome | x       | x       |           | outcome       |                   |                |            |
ordinary flags    |         |         | x         | x             |                   |                |            |
critical flags    |         |         | propose   | second person |                   |                |            |
override          |         |         | propose   | x             |                   |                |            |
import list       |         |         |           |               | propose           |                |            |
activate          |         |         |           |               | second list admin |                |            |
log and evidence  | own org | own org | own queue | all           | list log          | all, read only | no content |
people and keys   |         | own org |           |               |                   |                | x          |
legal hold        |         |         |           | set           |                   | set            | release    |
"""
"""Rows and cells of the table of roles in its order (docs/roles.md has the rows' full words); an empty cell is a refusal."""
TABLE: dict[str, dict[str, str]] = {
    name: dict(zip(ROLES, cells, strict=True))
    for name, *cells in ([cell.strip() for cell in line.split("|")] for line in PERMISSIONS.strip().splitlines())
}
BESIDE_IT: dict[str, dict[str, str]] = {
    "nobody": dict.fromkeys(ROLES, ""),
    "signed in": dict.fromkeys(ROLES[:-1], "x") | {"API client": ""},
    "signed in, token": dict.fromkeys(ROLES, "x"),
    "desk": dict.fromkeys(ROLES[2:-1], "x") | dict.fromkeys(("exporter", "exporter admin", "API client"), ""),
    "exporters": dict.fromkeys(ROLES, "") | dict.fromkeys(ROLES[:2], "x"),
}
"""What the table does not speak of: one's own account, the door of the desk, what belongs to no row."""


def sue() -> User:
    """A second senior reviewer: what sam proposed is hers to decide."""
    return people.person("sue", RoleName.SENIOR_REVIEWER)


PEOPLE: dict[str, tuple[str, Callable[[], User]]] = {
    "alice": ("exporter", people.alice),
    "erin": ("exporter admin", people.erin),
    "mallory": ("exporter admin", people.mallory),
    "rita": ("reviewer", people.rita),
    "sam": ("senior reviewer", people.sam),
    "sue": ("senior reviewer", sue),
    "ada": ("list admin", people.ada),
    "abe": ("list admin", people.abe),
    "otto": ("auditor", people.otto),
    "root": ("system admin", people.root),
}
"""Name -> role and row. mallory is of another organization; ada made what abe approves; rita and sam proposed."""


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the table; `words` narrows it to the roles whose cell says one of them."""

    row: str
    words: tuple[str, ...] = ()

    def roles(self) -> frozenset[str]:
        """Roles that may."""
        cells = {**TABLE, **BESIDE_IT}[self.row]
        return frozenset(role for role, word in cells.items() if word and (not self.words or word in self.words))


EDIT = Act("own drafts")
CHECK = Act("pre-check")
HITS = Act("see hits")
READY = Act("ready and outcome", ("x",))
OUTCOME = Act("ready and outcome")
ORDINARY = Act("ordinary flags")
CRITICAL = Act("critical flags")
SECOND = Act("critical flags", ("second person",))
OVERRIDE = Act("override", ("x",))
PROPOSE_CLEARANCE = Act("override")
IMPORT = Act("import list")
ACTIVATE = Act("activate")
LOG = Act("log and evidence", ("own queue", "all", "list log", "all, read only", "no content"))
LIST_LOG = Act("log and evidence", ("own queue", "all", "list log", "all, read only"))
PACK = Act("log and evidence", ("own queue", "all", "all, read only"))
OWN_PACK = Act("log and evidence", ("own org",))
PACKET = Act("log and evidence", ("own org", "own queue", "all", "all, read only"))
QUEUE = PACK
"""The queue and the desk's page of an application are read by whoever reads the log of every organization."""
REVIEWER_S_OWN = Act("log and evidence", ("own queue",))
"""What a person keeps for oneself, here the reviewer: nobody else's act reaches it."""
PEOPLE_OF_ORG = Act("people and keys", ("own org",))
ACCOUNTS = Act("people and keys", ("x",))
HOLD = Act("legal hold", ("set",))
RELEASE = Act("legal hold", ("release",))
HOLDS_SEEN = Act("log and evidence", ("own queue", "all", "all, read only", "no content"))
"""Subject and papers of a hold: those who read the records it keeps, and who releases it."""
NOBODY, SIGNED_IN, DESK, EXPORTERS = Act("nobody"), Act("signed in"), Act("desk"), Act("exporters")
SIGNED_IN_OR_TOKEN = Act("signed in, token")
