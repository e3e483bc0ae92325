"""A publisher's web server on this machine that misbehaves on request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers each path with the function registered for it, and notes what was asked."""

    def do_GET(self) -> None:
        """Look the path up."""
        server: Any = self.server
        server.asked.append((self.path, dict(self.headers)))
        answer = server.answers.get(self.path.partition("?")[0])
        if answer is None:
            self.plain(404, b"nothing here")
            return
        try:
            answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the client had enough, which is what the test wants

    def plain(self, status: int, body: bytes, **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


class Publisher:
    """The running server: `answers` by path, `asked` what came, `url(path)`."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.server = server
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        server.answers, server.asked = self.answers, self.asked  # type: ignore[attr-defined]

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Address of a path."""
        return f"http://{host}:{self.server.server_port}{path}"

    def gives(self, path: str, body: bytes, **headers: str) -> None:
        """The same whole answer each time."""
        self.answers[path] = lambda handler: handler.plain(200, body, **headers)


@contextmanager
def running() -> Iterator[Publisher]:
    """Serve until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Publisher(server)
    finally:
        server.shutdown()
        server.server_close()
