"""Asking a publisher for a file: conditional, capped, only from hosts we name, never from an address inside our network.

Every address a name resolves to is looked at before the connection is made, and the connection goes to the address that was
looked at; redirects are followed by hand under the same rules.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from screening.lists.fetch_sources import HOSTS

AGENT = "ExportCheck list fetch"
MAX_REDIRECTS = 5
ATTEMPTS = 4
CONNECT_SECONDS, READ_SECONDS = 10.0, 30.0
WHOLE_SECONDS = 600.0
"""Longest one download may take; the largest file (about 130 MB) needs a minute on a slow line."""
_CHUNK = 1 << 16


class FetchError(Exception):
    """The publisher could not be read; the text says what happened and is shown to list admins."""


class TryAgainError(FetchError):
    """A failure that may pass: time-out, broken line, 429, 5xx."""


@dataclass(frozen=True, slots=True)
class DownloadPolicy:
    """What a download may do: hosts, schemes, addresses inside our network (tests), most bytes, and the seconds above. `alive` is
    called whenever something came and before each attempt, to tell that the download goes on."""

    max_bytes: int
    hosts: frozenset[str] = HOSTS
    schemes: frozenset[str] = frozenset(("https",))
    private: bool = False
    read_seconds: float = READ_SECONDS
    whole_seconds: float = WHOLE_SECONDS
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    alive: Callable[[], None] = field(default=lambda: None, repr=False)


@dataclass(frozen=True, slots=True)
class Download:
    """What the publisher gave: bytes (None: not modified since), and the validators for the next time."""

    data: bytes | None
    etag: str
    last_modified: str


def download(url: str, *, rules: DownloadPolicy, etag: str = "", last_modified: str = "") -> Download:
    """Fetch a URL, trying again after failures that may pass. Raises FetchError."""
    tries = Retrying(
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_exponential_jitter(multiplier=2, max=60),
        retry=retry_if_exception_type(TryAgainError),
        sleep=rules.sleep,
        reraise=True,
    )
    headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip, identity"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    return tries(_once, url, headers, rules)


def _once(url: str, headers: dict[str, str], rules: DownloadPolicy) -> Download:
    started = time.monotonic()
    rules.alive()
    timeout = httpx.Timeout(rules.read_seconds, connect=CONNECT_SECONDS)
    with httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False) as client:
        for _ in range(MAX_REDIRECTS + 1):
            with _asked(client, url, headers, rules) as response:
                if response.has_redirect_location:
                    url = urljoin(url, response.headers.get("Location", ""))
                    continue
                return _read(response, url, rules, started)
    raise FetchError(f"{_shown(url)}: more than {MAX_REDIRECTS} redirects")


@contextmanager
def _asked(client: httpx.Client, url: str, headers: dict[str, str], rules: DownloadPolicy) -> Iterator[httpx.Response]:
    target = _target(url, rules)
    address = _address(target, rules)
    # The name stays in the Host header and in the certificate check; the connection goes to the address looked at.
    pinned = target.copy_with(host=address)
    request = client.build_request(
        "GET", pinned, headers={**headers, "Host": target.netloc.decode()}, extensions={"sni_hostname": target.host}
    )
    try:
        response = client.send(request, stream=True)
    except (httpx.TimeoutException, httpx.TransportError) as error:
        raise TryAgainError(f"{_shown(url)}: {_words(error)}") from error
    try:
        yield response
    finally:
        response.close()


def _target(url: str, rules: DownloadPolicy) -> httpx.URL:
    try:
        target = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{url[:200]!r} is no address") from error
    if target.scheme not in rules.schemes:
        raise FetchError(f"{_shown(url)}: only {' and '.join(sorted(rules.schemes))} is allowed")
    if target.host not in rules.hosts:
        raise FetchError(f"{_shown(url)}: {target.host or 'no host'} is not on the list of allowed hosts")
    if target.userinfo:
        raise FetchError(f"{_shown(url)}: an address with a password is not allowed")
    return target


def _address(target: httpx.URL, rules: DownloadPolicy) -> str:
    port = target.port or (443 if target.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(target.host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise TryAgainError(f"{target.host} cannot be resolved: {error.strerror or error}") from error
    addresses = [str(row[4][0]) for row in found]
    barred = [one for one in addresses if not ipaddress.ip_address(one.partition("%")[0]).is_global]
    if barred and not rules.private:
        raise FetchError(f"{target.host} leads to {barred[0]}, an address inside a private network")
    return addresses[0]


def _read(response: httpx.Response, url: str, rules: DownloadPolicy, started: float) -> Download:
    etag, modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
    status = response.status_code
    if status == httpx.codes.NOT_MODIFIED:
        return Download(None, etag, modified)
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise TryAgainError(f"{_shown(url)}: the publisher answered {status}")
    if status != httpx.codes.OK:
        raise FetchError(f"{_shown(url)}: the publisher answered {status}")
    if response.headers.get("Content-Type", "").startswith("text/html"):
        raise FetchError(f"{_shown(url)}: a web page came instead of the file")
    return Download(_body(response, url, rules, started), etag, modified)


def _body(response: httpx.Response, url: str, rules: DownloadPolicy, started: float) -> bytes:
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > rules.max_bytes:
        raise FetchError(f"{_shown(url)}: the file is larger than {rules.max_bytes:,} bytes")
    data = bytearray()
    try:
        for piece in response.iter_bytes(_CHUNK):
            data += piece
            rules.alive()
            if len(data) > rules.max_bytes:
                raise FetchError(f"{_shown(url)}: the file is larger than {rules.max_bytes:,} bytes")
            if time.monotonic() - started > rules.whole_seconds:
                raise TryAgainError(f"{_shown(url)}: not finished after {rules.whole_seconds:.0f} seconds")
    except (httpx.TimeoutException, httpx.TransportError, httpx.DecodingError) as error:
        raise TryAgainError(f"{_shown(url)}: {_words(error)}") from error
    return bytes(data)


def _words(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "no answer in time"
    return str(error)[:200] or type(error).__name__


def _shown(url: str) -> str:
    """An address for a message: without query and password."""
    bare = url.partition("?")[0]
    scheme, separator, rest = bare.partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"[:200]
