"""One way for every button of the desk: form, service, and what is said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from exportcheck.admin_actions import ServiceAction, by_post, nothing_asked
from exportcheck.errors import Refused


class Why(forms.Form):
    """A reason of five characters."""

    reason = forms.CharField(min_length=5)


def sent() -> Any:
    """A POST that can carry messages."""
    request: Any = RequestFactory().post("/")
    request._messages = CookieStorage(request)
    return request


def refuse(code: str) -> Callable[[dict[str, Any]], str]:
    """A service that says no."""

    def service(values: dict[str, Any]) -> str:
        raise Refused(code, "Somebody was faster.")

    return service


def told(request: Any) -> list[tuple[str, str]]:
    """Messages with their levels."""
    return [(message.level_tag, message.message) for message in get_messages(request)]


Service = Callable[[dict[str, Any]], str]
CASES: list[tuple[str, str, Service, bool, list[tuple[str, str]], bool]] = [
    ("done", "a reason", lambda values: values["reason"], True, [("success", "Done: a reason.")], False),
    ("a form that is wrong calls nothing", "no", refuse("taken"), False, [], True),
    ("what can be mended is shown at the form", "a reason", refuse("invalid"), False, [], True),
    ("what cannot is told above the page", "a reason", refuse("taken"), False, [("error", "Somebody was faster.")], False),
]


@pytest.mark.parametrize(
    ("reason", "service", "done", "words", "errors"), [row[1:] for row in CASES], ids=[row[0] for row in CASES]
)
def test_an_action(reason: str, service: Service, done: bool, words: list[tuple[str, str]], errors: bool) -> None:
    request, form = sent(), Why({"reason": reason})
    action = ServiceAction(form, service, lambda result: f"Done: {result}.", at_form=lambda refusal: refusal.code == "invalid")
    assert action.run(request) is done
    assert told(request) == words
    assert bool(form.errors) is errors


@pytest.mark.parametrize(
    ("reason", "service", "words"),
    [
        ("a reason", lambda _: "", [("success", "Done.")]),
        ("no", lambda _: "", [("error", "Ensure this value has at least 5 characters (it has 2).")]),
        ("a reason", refuse("state"), [("error", "Somebody was faster.")]),
    ],
)
def test_where_the_form_is_not_shown_again_everything_is_told(
    reason: str, service: Service, words: list[tuple[str, str]]
) -> None:
    request = sent()
    ServiceAction(Why({"reason": reason}), service, "Done.").tell(request)
    assert told(request) == words


def test_a_button_that_asks_for_nothing_is_valid() -> None:
    request = sent()
    assert ServiceAction(nothing_asked(), lambda _: None, "Withdrawn.").run(request)
    assert told(request) == [("success", "Withdrawn.")]


@pytest.mark.parametrize(("method", "may", "passes"), [("post", True, True), ("post", False, False), ("get", True, False)])
def test_acts_come_by_post_and_from_those_who_may(method: str, may: bool, passes: bool) -> None:
    request = getattr(RequestFactory(), method)("/")
    if passes:
        by_post(request, may=may)
        return
    with pytest.raises(PermissionDenied):
        by_post(request, may=may)
