"""A folder on the loopback, with HEAD and Range as servers of podcasts have them."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@dataclass(frozen=True)
class Request:
    """What somebody asked for, and the answer's status."""

    method: str
    path: str
    range: str
    status: int


@dataclass
class Server:
    """A running server; what is put into the folder later is served too."""

    url: str
    requests: list[Request] = field(default_factory=list)


class _Handler(SimpleHTTPRequestHandler):
    """Whole files and single ranges (RFC 9110, section 14)."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: object, seen: list[Request], directory: str) -> None:
        self.seen = seen
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self._answer(HTTPStatus.NOT_FOUND, b"")
            return
        data = path.read_bytes()
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        if asked is None or asked.groups() == ("", ""):
            self._answer(HTTPStatus.OK, data)
            return
        first, last = asked.groups()
        begin = int(first) if first else max(0, len(data) - int(last))
        end = min(len(data), int(last) + 1) if first and last else len(data)
        if begin >= end:
            headers = {"Content-Range": f"bytes */{len(data)}"}
            self._answer(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", headers)
            return
        headers = {"Content-Range": f"bytes {begin}-{end - 1}/{len(data)}"}
        self._answer(HTTPStatus.PARTIAL_CONTENT, data[begin:end], headers)

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(
        self, status: HTTPStatus, body: bytes, headers: dict[str, str] | None = None
    ) -> None:
        asked = self.headers.get("Range", "")
        self.seen.append(Request(self.command, self.path, asked, int(status)))
        self.send_response(status)
        kind = "application/rss+xml" if self.path.endswith("feed.xml") else ""
        self.send_header("Content-Type", kind or self.guess_type(self.path))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Accept-Ranges", "bytes")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Tests look at `Server.requests`."""


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Serve a folder, which need not be there yet, at a port of its own until the end."""
    requests: list[Request] = []
    handler = partial(_Handler, seen=requests, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield Server(f"http://127.0.0.1:{server.server_port}", requests)
        finally:
            server.shutdown()
            thread.join()
