"""The match page: everything for one decision on one screen, and the buttons that call the services."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from exportcheck.accounts import policy
from exportcheck.accounts.current_user import current_user
from exportcheck.accounts.models import User
from exportcheck.admin_actions import ServiceAction, by_post, nothing_asked
from exportcheck.errors import Refused
from licenses.desk.forms import AskForm, DecisionForm, QualityForm, ReopenForm, SecondForm
from licenses.desk.keys import KEYS
from licenses.desk.queue_position import address_of, after_decision, after_look, part_of, position_of
from licenses.desk.side_by_side import address_rows, component_rows, fact_rows, token_rows
from licenses.desk.touched_items import as_range, touched_items
from licenses.models import Flag, FlagDecision, Question
from licenses.queries import review_queue
from licenses.services.checks.flags import MANUAL_DETERMINATION, OPEN_STATES, open_proposal
from licenses.services.review.claims import claim_flag
from licenses.services.review.decisions import reopen_flag
from licenses.services.review.group_decisions import countersign_group, decide_group, undo_group, within_role
from licenses.services.review.quality_reviews import record_quality_review, review_of
from licenses.services.review.questions import ask_exporter
from licenses.services.review.related_hits import group_of
from licenses.words import flag_label, hit_sentence
from screening.services.versions.version_entries import listed_party

HISTORY_ROWS, SIBLINGS = 20, 40
SHOWN_FORMS = frozenset(("decide", "second", "quality", "reopen", "ask"))
"""Forms that show their own errors."""
OVERTAKEN = frozenset(("taken", "state"))
"""Refusals after which the form may be gone from the page: somebody was faster, or the application has moved on."""
UNDO_KEY = "desk_undo"
"""Session key of the decisions that the last act settled: undo at once takes them all back."""


class MatchPage:
    """Views around one flag, on the site that has their addresses."""

    def __init__(self, site: AdminSite) -> None:
        self.site = site

    def show(self, request: HttpRequest, object_id: str | int, **bound: forms.Form) -> HttpResponse:
        """The page. `bound` are forms that came back with errors."""
        flag = get_object_or_404(review_queue.flags_of_any_state(), pk=object_id)
        proposal = open_proposal(flag)
        application = flag.application
        group = group_of(flag)
        position = position_of(flag, current_user(request), part_of(request))
        touched = touched_items(flag)
        may_decide = policy.can_dispose_ordinary(request.user, application.organization_id, application.created_by_id)
        may_second = proposal is not None and policy.can_countersign_critical(
            request.user, application.organization_id, application.created_by_id, proposal.proposed_by_id
        )
        context = {
            **self.site.each_context(request),
            "opts": Flag._meta,
            "title": f"{application.reference}: {flag_label(flag.code)}",
            "flag": flag,
            "application": application,
            "proposal": proposal,
            "is_open": flag.state in OPEN_STATES and flag.gone_at is None,
            "may_decide": may_decide and proposal is None,
            "may_second": may_second,
            "decision_form": bound.get("decide")
            or DecisionForm(group=choices(group, proposed=False), manual=flag.code == MANUAL_DETERMINATION),
            "quality": review_of(flag, current_user(request)),
            "quality_form": bound.get("quality") or QualityForm(),
            "second_form": bound.get("second") or SecondForm(group=choices(group, proposed=True)),
            "group": group,
            "position": position,
            "keys": KEYS,
            "part_label": review_queue.PARTS[position.show].lower(),
            "touched": touched,
            "touched_keys": as_range(row.key for row in touched),
            "undo": undoable(flag, current_user(request)),
            "reopen_form": bound.get("reopen") or (ReopenForm() if can_reopen(flag, request.user) else None),
            "can_undo": bool(request.session.get(UNDO_KEY)),
            "ask_form": bound.get("ask") or AskForm(),
            "decisions": flag.decisions.select_related("proposed_by", "decided_by").order_by("-pk"),
            "siblings": review_queue.siblings(flag)[:SIBLINGS],
            "history": review_queue.history_of(application)[:HISTORY_ROWS],
            **match_context(flag),
        }
        return TemplateResponse(request, "admin/licenses/flag/match_page.html", context)

    def decide(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """First person: settle, or propose where two people are needed."""
        flag = Flag.objects.filter(pk=flag_id).only("code").first()
        manual = flag is not None and flag.code == MANUAL_DETERMINATION
        form = DecisionForm(request.POST or None, group=self._choices(flag_id, proposed=False), manual=manual)

        def service(values: dict[str, Any]) -> list[FlagDecision]:
            return decide_group(
                actor=current_user(request),
                flag_ids=within_role(form.flags(flag_id), values["disposition"]),
                disposition=values["disposition"],
                reason_code=values["reason_code"],
                reason=values["reason"],
                scope=values["scope"],
                determined_outcome=values.get("determined_outcome", ""),
                citation=values.get("citation", ""),
            )

        def done(decisions: list[FlagDecision]) -> str:
            together = f" {len(decisions)} flags together." if len(decisions) > 1 else ""
            if {decision.flag_id for decision in decisions} < set(form.flags(flag_id)):
                together += " The same party in another role waits for a decision of its own."
            if any(decision.decided_at is None for decision in decisions):
                return about(flag_id, f"Proposed. A senior reviewer decides as second person.{together}")
            remember_undo(request, decisions)
            return about(flag_id, f"Recorded.{together}")

        return self._act(request, flag_id, "decide", ServiceAction(form, service, done), onward=after_decision)

    def second(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Second person: agree, or send back."""
        form = SecondForm(request.POST or None, group=self._choices(flag_id, proposed=True))

        def service(values: dict[str, Any]) -> bool:
            agreed: bool = values["agree"] == "yes"
            countersign_group(actor=current_user(request), flag_ids=form.flags(flag_id), agree=agreed, note=values["note"])
            return agreed

        def done(agreed: bool) -> str:
            return about(flag_id, "Settled by two people." if agreed else "Sent back to the first reviewer.")

        return self._act(request, flag_id, "second", ServiceAction(form, service, done), onward=after_decision)

    def quality(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """A clearance drawn at random, looked at again: agree, or open the flag."""

        def service(values: dict[str, Any]) -> bool:
            agreed: bool = values["agree"] == "yes"
            record_quality_review(actor=current_user(request), flag_id=flag_id, agree=agreed, note=values["note"])
            return agreed

        def done(agreed: bool) -> str:
            stands = "You agree; the decision stands." if agreed else "You disagree: the decision frees nobody any more."
            return about(flag_id, stands)

        action = ServiceAction(QualityForm(request.POST or None), service, done)
        return self._act(request, flag_id, "quality", action, onward=after_look)

    def reopen(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """A senior reviewer takes a decision back, with the reason."""

        def service(values: dict[str, Any]) -> Flag:
            return reopen_flag(actor=current_user(request), flag_id=flag_id, because=values["because"])

        action = ServiceAction(ReopenForm(request.POST or None), service, "The flag is open again.")
        return self._act(request, flag_id, "reopen", action)

    def ask(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Ask the exporter; the clock stands until the answer."""

        def service(values: dict[str, Any]) -> Question:
            flag = get_object_or_404(Flag, pk=flag_id)
            return ask_exporter(
                actor=current_user(request),
                application_id=flag.application_id,
                flag_id=flag.pk,
                text=values["text"],
                due_on=values["due_on"],
            )

        action = ServiceAction(AskForm(request.POST or None), service, "Asked. The clock stands until the exporter answers.")
        return self._act(request, flag_id, "ask", action)

    def claim(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Take the flag for a quarter of an hour."""

        def service(_: dict[str, Any]) -> Flag:
            return claim_flag(actor=current_user(request), flag_id=flag_id)

        return self._act(request, flag_id, "claim", ServiceAction(nothing_asked(), service, "It is yours for 15 minutes."))

    def undo(self, request: HttpRequest, flag_id: int) -> HttpResponse:
        """Take back one's own last decision on this flag."""

        def service(_: dict[str, Any]) -> list[Flag]:
            decision = undoable(get_object_or_404(Flag, pk=flag_id), current_user(request))
            if decision is None:
                raise Refused("taken", "There is no decision of yours to take back here.")
            return undo_group(actor=current_user(request), decision_ids=[decision.pk])

        return self._act(request, flag_id, "undo", ServiceAction(nothing_asked(), service, "Taken back: the flag is open again."))

    def _choices(self, flag_id: int, *, proposed: bool) -> list[tuple[int, str]]:
        flag = Flag.objects.select_related("application", "match__entry", "match__control_list").filter(pk=flag_id).first()
        return choices(group_of(flag), proposed=proposed) if flag else []

    def _act(
        self,
        request: HttpRequest,
        flag_id: int,
        name: str,
        action: ServiceAction[Any],
        *,
        onward: Callable[[Flag, User], str] | None = None,
    ) -> HttpResponse:
        """Run an act of the form `name`; a refusal comes back on the page. `onward` finds the address of the next flag, so that
        settling one costs one page."""
        by_post(request, may=policy.is_reviewer(request.user))
        action = replace(action, at_form=lambda refusal: name in SHOWN_FORMS and refusal.code not in OVERTAKEN)
        if not action.run(request):
            return self.show(request, flag_id, **{name: action.form})
        return redirect(onward(get_object_or_404(Flag, pk=flag_id), current_user(request)) if onward else address_of(flag_id))


def about(flag_id: int, sentence: str) -> str:
    """What happened to a flag, as it is told on the page of another."""
    flag = get_object_or_404(Flag.objects.select_related("application"), pk=flag_id)
    return f"{flag.application}, {flag_label(flag.code)}: {sentence}"


def choices(group: list[tuple[Flag, str]], *, proposed: bool) -> list[tuple[int, str]]:
    """Flags of a group that can be settled with the one shown: those as far as it is, waiting for a second person or not."""
    return [
        (row.pk, f"{flag_label(row.code)}{f': {row.match.entry.name}' if row.match else ''} ({why})")
        for row, why in group
        if (row.state == Flag.State.PROPOSED) is proposed
    ]


def undoable(flag: Flag, user: User) -> FlagDecision | None:
    """The person's own last decision on a settled flag, where it took one person."""
    last = flag.decisions.order_by("-pk").first()
    if last is None or flag.state != Flag.State.DISPOSED or last.two_people or last.proposed_by_id != user.pk:
        return None
    return last


def can_reopen(flag: Flag, user: policy.Person) -> bool:
    """Whether the person may take the decision on this flag back, whoever made it."""
    application = flag.application
    settled = flag.state == Flag.State.DISPOSED and flag.gone_at is None
    return settled and policy.can_override(user, application.organization_id, application.created_by_id)


def remember_undo(request: HttpRequest, decisions: list[FlagDecision]) -> None:
    """Keep what was just settled, for the undo button of the next page."""
    request.session[UNDO_KEY] = [decision.pk for decision in decisions]


def match_context(flag: Flag) -> dict[str, Any]:
    """What stands beside each other: party and entry, tokens, addresses, effect, earlier decisions."""
    match = flag.match
    if match is None:
        return {"match": None}
    entry = listed_party(match.entry)
    return {
        "match": match,
        "entry": entry,
        "party_facts": match.party.facts,
        "rows": fact_rows(match.party.facts, entry),
        "addresses": address_rows(match.party.facts, entry),
        "components": component_rows(match.hit),
        "tokens": token_rows(match.hit),
        "effect": hit_sentence(match.control_list.code),
        "earlier": review_queue.decisions_about(match)[:10],
        "about_party": review_queue.decisions_about_party(match)[:10],
        "elsewhere": review_queue.seen_elsewhere(match),
        "other_matches": review_queue.other_matches(match)[:10],
    }
