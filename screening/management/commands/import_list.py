"""`import_list CODE FILE…`: a publisher's file becomes a version of each list in it (docs/contract.md)."""

from __future__ import annotations

import datetime as dt
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from exportcheck.accounts.models import Organization
from exportcheck.audit.context import Origin, acting_through
from exportcheck.audit.services import OPERATOR
from exportcheck.errors import Refused
from screening.lists.archive import gather
from screening.lists.format_detection import FORMATS
from screening.lists.types import OVERRIDABLE_GUARDS, FileRefused, RawFile
from screening.management.listcommand import ListCommand
from screening.services.activation.activate import activate_versions
from screening.services.versions.import_report import Staged
from screening.services.versions.stage import StageReport, keep_refused_file, stage_list_version

SOME_REFUSED = 3
"""Exit code when the file or any list was refused."""


def iso_date(text: str) -> dt.date:
    """A date as YYYY-MM-DD."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a date such as 2026-07-31") from error


def named_organization(name: str | None) -> Organization | None:
    """The organization of this name. Raises CommandError naming those there are."""
    if name is None:
        return None
    found = Organization.objects.filter(name=name).first()
    if found is None:
        known = ", ".join(Organization.objects.order_by("name").values_list("name", flat=True)[:20])
        raise CommandError(f"there is no organization {name!r}; there are: {known or 'none'}")
    return found


class Command(ListCommand):
    """One line of JSON a list; exit 0, or 3 when something was refused."""

    help = "Import a control list from its publisher's file: one line of JSON a list; exit 3 when something was refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Arguments of docs/contract.md."""
        super().add_arguments(parser)
        parser.add_argument("code", metavar="CODE", help="list code, or a bundle: CSL, OFAC_NON_SDN")
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="file, folder, .gz or .zip; several are one set")
        parser.add_argument("--format", choices=FORMATS, help="the format; without it told by content")
        parser.add_argument("--sample", action="store_true", help="this is the starter list, no base for later versions")
        parser.add_argument(
            "--override", action="append", default=[], choices=sorted(OVERRIDABLE_GUARDS), metavar="GUARD", help="take it anyway"
        )
        parser.add_argument("--published-on", type=iso_date, metavar="DATE", help="the publisher's date of this file")
        parser.add_argument("--activate", action="store_true", help="make it answer at once; needs --reason")
        parser.add_argument(
            "--organization", metavar="NAME", help="with its first file: whose own list this is, and nobody else's"
        )
        parser.add_argument("--reason", default="", help="why; kept in the audit log")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Stage, activate if asked, say what happened list by list."""
        if options["activate"] and not options["reason"].strip():
            raise CommandError("--activate needs --reason: it is kept in the audit log.")
        with acting_through(Origin(door="command")):
            try:
                lines = self._import(options)
            except Refused as refused:
                raise CommandError(refused.detail) from refused
        self.say((line.as_dict() for line in lines), options["output"])
        if any(line.state == "refused" for line in lines):
            sys.exit(SOME_REFUSED)

    def _import(self, options: dict[str, Any]) -> list[Staged]:
        code = options["code"]
        try:
            files = gather(options["files"])
        except FileRefused as refused:
            return list(
                keep_refused_file(
                    actor=None, actor_label=OPERATOR, code=code, files=_named(options["files"]), refused=refused
                ).lists
            )
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error
        report = stage_list_version(
            actor=None,
            actor_label=OPERATOR,
            code=code,
            files=files,
            format=options["format"],
            sample=options["sample"],
            override=options["override"],
            published_on=options["published_on"],
            reason=options["reason"],
            history=not options["activate"],
            organization=named_organization(options.get("organization")),
        )
        return self._activated(report, options["reason"]) if options["activate"] else list(report.lists)

    def _activated(self, report: StageReport, reason: str) -> list[Staged]:
        waiting = [line.version_id for line in report.lists if line.state == "staged" and line.version_id is not None]
        if not waiting:
            return list(report.lists)
        activated, refused = activate_versions(actor=None, actor_label=OPERATOR, version_ids=waiting, reason=reason)
        active = {version.pk for version in activated}
        lines = []
        for line in report.lists:
            if line.version_id in active:
                line = replace(line, state="active")
            elif line.version_id in refused:
                refusal = refused[line.version_id]
                line = replace(line, state="refused", guard=refusal.guard, detail=refusal.detail)
            lines.append(line)
        return lines


def _named(paths: Iterable[Path]) -> list[RawFile]:
    """Files too large to be read at all: only their names are kept."""
    return [RawFile(path.name, b"") for path in paths]
