"""What is said when a rule table cannot be used."""

from __future__ import annotations


class TableError(ValueError):
    """A table that cannot be used: file, line (0 for the whole file) and remedy. Nothing of the load is taken over."""

    def __init__(self, file: str, line: int, remedy: str) -> None:
        super().__init__(f"{file}, line {line}: {remedy}" if line else f"{file}: {remedy}")
        self.file = file
        self.line = line
        self.remedy = remedy
