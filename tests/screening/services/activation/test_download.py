"""Downloads from a publisher that misbehaves: each failure is told, none is taken for a file."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from screening.services.activation import download as module
from screening.services.activation.download import DownloadPolicy, FetchError, TryAgainError, download
from tests.screening.services.activation.publisher import Handler, Publisher, running

HERE = DownloadPolicy(
    max_bytes=100_000,
    hosts=frozenset(("127.0.0.1", "localhost")),
    schemes=frozenset(("http",)),
    private=True,
    read_seconds=0.2,
    whole_seconds=5.0,
    sleep=lambda _seconds: None,
)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with running() as server:
        yield server


def test_a_file_comes_with_its_validators(publisher: Publisher) -> None:
    publisher.gives("/list.csv", b"a,b\n1,2\n", ETag='"v1"', Last_Modified="Mon, 02 Mar 2026 00:00:00 GMT")
    got = download(publisher.url("/list.csv"), rules=HERE)
    assert (got.data, got.etag, got.last_modified) == (b"a,b\n1,2\n", '"v1"', "Mon, 02 Mar 2026 00:00:00 GMT")


def test_what_we_have_is_not_sent_again(publisher: Publisher) -> None:
    publisher.answers["/list.csv"] = lambda handler: handler.plain(
        304 if handler.headers["If-None-Match"] == '"v1"' and handler.headers["If-Modified-Since"] else 200, b""
    )
    got = download(publisher.url("/list.csv"), rules=HERE, etag='"v1"', last_modified="Mon, 02 Mar 2026 00:00:00 GMT")
    assert got.data is None


def test_a_packed_answer_is_unpacked(publisher: Publisher) -> None:
    publisher.gives("/list.csv", gzip.compress(b"a,b\n"), Content_Encoding="gzip")
    assert download(publisher.url("/list.csv"), rules=HERE).data == b"a,b\n"


def test_the_name_asked_for_is_the_name_sent_though_the_connection_is_pinned(publisher: Publisher) -> None:
    publisher.gives("/list.csv", b"a")
    download(publisher.url("/list.csv", "localhost"), rules=HERE)
    assert publisher.asked[0][1]["Host"].startswith("localhost:")


@pytest.mark.parametrize(("status", "tries"), [(404, 1), (403, 1), (410, 1), (500, 4), (503, 4), (429, 4)])
def test_what_may_pass_is_tried_again_and_what_will_not_is_not(publisher: Publisher, status: int, tries: int) -> None:
    publisher.answers["/list.csv"] = lambda handler: handler.plain(status, b"no")
    with pytest.raises(FetchError, match=str(status)):
        download(publisher.url("/list.csv"), rules=HERE)
    assert len(publisher.asked) == tries


def test_waits_grow_between_tries(publisher: Publisher) -> None:
    waits: list[float] = []
    publisher.answers["/list.csv"] = lambda handler: handler.plain(500, b"no")
    with pytest.raises(FetchError):
        download(publisher.url("/list.csv"), rules=replace(HERE, sleep=waits.append))
    assert len(waits) == 3
    assert waits[0] >= 2
    assert waits[2] > waits[0]


def test_a_second_try_that_works_is_taken(publisher: Publisher) -> None:
    publisher.answers["/list.csv"] = lambda handler: handler.plain(500 if len(publisher.asked) == 1 else 200, b"a,b\n")
    assert download(publisher.url("/list.csv"), rules=HERE).data == b"a,b\n"


def cut(handler: Handler) -> None:
    """Half of what was promised, then the line goes dead."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"x" * 500)
    handler.close_connection = True


def endless(handler: Handler) -> None:
    """A body without end and without a length."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65_536)


def declared_too_large(handler: Handler) -> None:
    """Says beforehand that it is too large."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(10**9))
    handler.end_headers()


def not_gzip(handler: Handler) -> None:
    """Says it is packed, and is not."""
    handler.plain(200, b"plain text", Content_Encoding="gzip")


BROKEN = [
    ("cut in the middle", cut, TryAgainError, "peer closed|incomplete|disconnected"),
    ("a body without end", endless, FetchError, "larger than 100,000 bytes"),
    ("a length beyond the cap", declared_too_large, FetchError, "larger than 100,000 bytes"),
    ("a packing that is none", not_gzip, TryAgainError, "list.csv"),
    ("a web page", lambda handler: handler.plain(200, b"<html>", Content_Type="text/html"), FetchError, "web page"),
]


@pytest.mark.parametrize(("answer", "error", "words"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_broken_body_is_no_file(publisher: Publisher, answer: Any, error: type[FetchError], words: str) -> None:
    publisher.answers["/list.csv"] = answer
    with pytest.raises(error, match=words):
        download(publisher.url("/list.csv"), rules=HERE)


def test_a_bomb_counts_by_what_comes_out(publisher: Publisher) -> None:
    publisher.gives("/list.csv", gzip.compress(b"\0" * 5_000_000), Content_Encoding="gzip")
    with pytest.raises(FetchError, match="larger than"):
        download(publisher.url("/list.csv"), rules=HERE)


def test_a_publisher_that_says_nothing_is_given_up(publisher: Publisher) -> None:
    heard = threading.Event()
    publisher.answers["/list.csv"] = lambda _handler: heard.wait(5)  # type: ignore[assignment, return-value]
    with pytest.raises(TryAgainError, match="no answer in time"):
        download(publisher.url("/list.csv"), rules=HERE)
    heard.set()


def test_a_publisher_that_drips_is_given_up(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    def drip(handler: Handler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"x" * 70_000 if handler.path == "/all" else b"x")
            handler.wfile.flush()

    publisher.answers["/list.csv"] = drip
    with pytest.raises(TryAgainError, match="not finished after 0 seconds"):
        download(publisher.url("/list.csv"), rules=replace(HERE, whole_seconds=0.0))


def test_nobody_at_the_door(publisher: Publisher) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(TryAgainError):
        download(f"http://127.0.0.1:{port}/list.csv", rules=HERE)


def redirect_to(target: str) -> Any:
    return lambda handler: handler.plain(302, b"", Location=target)


def test_a_redirect_inside_the_allowed_hosts_is_followed(publisher: Publisher) -> None:
    publisher.answers["/old.csv"] = redirect_to("/list.csv")
    publisher.gives("/list.csv", b"a,b\n")
    assert download(publisher.url("/old.csv"), rules=HERE).data == b"a,b\n"


REDIRECTS = [
    ("to another host", "http://example.org/list.csv", "not on the list of allowed hosts"),
    ("to the metadata of a cloud", "http://169.254.169.254/latest/meta-data/", "not on the list of allowed hosts"),
    ("to another scheme", "file:///etc/passwd", "only http is allowed"),
    ("with a password", "http://user:secret@127.0.0.1/list.csv", "password"),
    ("round and round", "/old.csv", "more than 5 redirects"),
]


@pytest.mark.parametrize(("target", "words"), [case[1:] for case in REDIRECTS], ids=[case[0] for case in REDIRECTS])
def test_a_redirect_elsewhere_is_not_followed(publisher: Publisher, target: str, words: str) -> None:
    publisher.answers["/old.csv"] = redirect_to(target)
    with pytest.raises(FetchError, match=words) as failed:
        download(publisher.url("/old.csv"), rules=HERE)
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.7", "192.168.1.1", "169.254.169.254", "172.16.0.9", "::1", "fd00::1", "fe80::1%eth0", "0.0.0.0"],
)
def test_an_allowed_name_that_leads_inside_is_refused(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    monkeypatch.setattr(
        module.socket, "getaddrinfo", lambda *_args, **_kwargs: [(family, socket.SOCK_STREAM, 6, "", (address, 443))]
    )
    rules = DownloadPolicy(max_bytes=1_000, hosts=frozenset(("lists.example.gov",)), sleep=lambda _seconds: None)
    with pytest.raises(FetchError, match="private network"):
        download("https://lists.example.gov/list.csv", rules=rules)


def test_one_inside_address_among_good_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("93.184.216.34", "10.0.0.7")]
    monkeypatch.setattr(module.socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    rules = DownloadPolicy(max_bytes=1_000, hosts=frozenset(("lists.example.gov",)), sleep=lambda _seconds: None)
    with pytest.raises(FetchError, match=r"10\.0\.0\.7"):
        download("https://lists.example.gov/list.csv", rules=rules)


def test_plain_http_is_not_asked_in_service() -> None:
    with pytest.raises(FetchError, match="only https"):
        download("http://data.trade.gov/list.csv", rules=DownloadPolicy(max_bytes=1_000))


@pytest.mark.parametrize("url", ["https://", "not an address", "https://evil.example\\@data.trade.gov/", "https://[::1"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(FetchError):
        download(url, rules=DownloadPolicy(max_bytes=1_000))
