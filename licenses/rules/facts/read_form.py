"""The `form` of an application at the door: fields by name, as the rules read them (docs/red_flags.md, fields of `form`).

A field that the rules know must have its shape, or an error names it: what cannot be read must not look like a blank.
Other fields pass as they are. A null is a field that is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from licenses.rules.facts.json_values import as_list, as_object, as_text, read_date
from licenses.rules.types import RuleInputError

TEXTS = frozenset(
    (
        "additional_information", "special_purpose", "resubmission_acn", "acn", "replacement_license_no",
        "original_authorization", "import_certificate_country", "import_certificate_number", "currency", "filer_capacity",
        "contact_name", "contact_phone", "contact_email", "signature_name", "signature_title",
    )
)  # fmt: skip
DATES = frozenset(("route_changed_on", "planned_ship_date"))
BOXES = frozenset(("docs_submitted", "docs_on_file"))
AMOUNTS = frozenset(("total_value_usd", "total_price_usd", "unit_price_usd"))
ITEM_TEXTS = frozenset(("manufacturer", "technical_description", "ccats"))
"""Fields of a line that are names or sentences; a model number may be a bare number."""


def read_form(value: Any, where: str) -> dict[str, Any]:
    """The fields of the form. Raises RuleInputError (wrong_type, bad_value, too_long) naming the field."""
    form = {key: entry for key, entry in as_object(value, where).items() if entry is not None}
    for key, entry in form.items():
        here = f"{where}.{key}"
        if key in ("parties", "items"):
            form[key] = {name: read_fields(fields, f"{here}.{name}") for name, fields in as_object(entry, here).items()}
        elif key == "dismissed_names":
            form[key] = {name: as_text(reason or "", f"{here}.{name}") for name, reason in as_object(entry, here).items()}
        else:
            _check(key, entry, here)
    return form


def read_fields(value: Any, where: str) -> dict[str, Any]:
    """The fields of one party or one line of the form; nulls and blanks are left out."""
    fields = {key: entry for key, entry in as_object({} if value is None else value, where).items() if entry not in (None, "")}
    for key, entry in fields.items():
        here = f"{where}.{key}"
        if key in ITEM_TEXTS:
            as_text(entry, here)
        elif isinstance(entry, Mapping | list | tuple):
            raise RuleInputError("wrong_type", f"{here}: expected one value, got {type(entry).__name__}")
        _check(key, entry, here)
    return fields


def _check(key: str, value: Any, where: str) -> None:
    checks: dict[frozenset[str], Callable[[Any, str], object]] = {
        TEXTS: as_text,
        DATES: _date,
        BOXES: _boxes,
        AMOUNTS: _amount,
    }
    for keys, check in checks.items():
        if key in keys:
            check(value, where)


def _date(value: Any, where: str) -> None:
    if value != "":
        read_date(value, where)


def _boxes(value: Any, where: str) -> None:
    for index, box in enumerate(as_list(value, where)):
        as_text(box, f"{where}[{index}]")


def _amount(value: Any, where: str) -> None:
    """An amount is a number, or the text of one as a page sends it."""
    try:
        known = not isinstance(value, bool) and isinstance(value, int | float | str | Decimal)
        readable = known and (value == "" or Decimal(str(value)).is_finite())
    except InvalidOperation:
        readable = False
    if not readable:
        raise RuleInputError("bad_value", f"{where}: {value!r} is no amount")
