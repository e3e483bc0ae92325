"""Who asks, behind a TLS proxy: the address that the proxy saw, for lock-outs, rates and the audit log alike."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class ClientAddressMiddleware:
    """Puts the last address of X-Forwarded-For, which the proxy itself appended, in the place of the proxy's own.

    Only with BEHIND_TLS_PROXY: whoever can reach the application directly could write the header. What stands before the
    last comma comes from the client and is never believed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seen = _address(request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2])
        if seen:
            request.META["REMOTE_ADDR"] = seen
        return self.get_response(request)


def _address(printed: str) -> str:
    """An address without port or brackets; "" for what is none."""
    text = printed.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""
