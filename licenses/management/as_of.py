"""The option `--as-of` of the commands."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentTypeError


def date_argument(text: str) -> dt.date:
    """A day written YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is no date; write YYYY-MM-DD, such as 2026-07-31") from error
