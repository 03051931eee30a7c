"""What servers say of enclosures, and loading a feed: against a server on this machine."""

import http.server
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from feed_check.faults_cases import BASE, HERE

from producer.cli.main import cli
from producer.errors import InputError
from producer.io.fetch import USER_AGENT, fetch, probe

SOUND = b"sound" * 100


class _Handler(http.server.BaseHTTPRequestHandler):
    """Serves by the path's first part; remembers what was asked."""

    asked: list[tuple[str, str, str]]
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        part = self.headers.get("Range") == "bytes=0-0"
        self.asked.append((self.command, self.path, self.headers.get("Range", "")))
        assert self.headers["User-Agent"] == USER_AGENT
        kind = self.path.split("/")[1]
        if kind == "feed.xml":
            return self._send(200, self.server.feed, "text/xml", body)  # type: ignore[attr-defined]
        if kind == "moved":
            return self._send(301, b"", "text/plain", body, Location="/feed.xml")
        if kind == "circle":
            return self._send(302, b"", "text/plain", body, Location="/circle")
        if kind == "gone":
            return self._send(410, b"gone", "text/plain", body)
        if kind == "nohead" and not body:
            return self._send(405, b"", "text/plain", body)
        if kind == "cut" and not body:
            self.close_connection = True
            return None
        media_type = "text/html" if kind == "page" else "audio/mpeg"
        if part and kind != "norange":
            total = f"bytes 0-0/{len(SOUND)}"
            return self._send(206, SOUND[:1], media_type, body, **{"Content-Range": total})
        return self._send(200, SOUND, media_type, body)

    def _send(self, status: int, data: bytes, kind: str, body: bool, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


class Server:
    def __init__(self, server: http.server.ThreadingHTTPServer) -> None:
        self._server = server
        self.url = f"http://127.0.0.1:{server.server_port}"
        self.asked: list[tuple[str, str, str]] = server.RequestHandlerClass.asked  # type: ignore[attr-defined]

    def serve(self, feed: bytes) -> None:
        self._server.feed = feed  # type: ignore[attr-defined]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    handler = type("Handler", (_Handler,), {"asked": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield Server(httpd)
        httpd.shutdown()
        thread.join()


def feed_of(server: Server, *kinds: str, length: int = len(SOUND)) -> bytes:
    """The base feed with an episode for each kind of file, all else as it should be."""
    text = BASE.read_text(encoding="utf-8")
    head, item = text.split("    <item>\n")[0], "    <item>\n" + text.split("    <item>\n")[2]
    item, tail = item.split("  </channel>")
    items = "".join(
        re.sub(r"<itunes:episode>1<", f"<itunes:episode>{n + 1}<", item)
        .replace("tides-1", f"tides-{n}")
        .replace(
            'url="https://tides.example.org/neap.m4a" length="9600000" type="audio/x-m4a"',
            f'url="{server.url}/{kind}/{n}.mp3" length="{length}" type="audio/mpeg"',
        )
        for n, kind in enumerate(kinds)
    )
    return f"{head}{items}  </channel>{tail}".encode()


def run(*args: str, **given: object) -> Result:
    result = CliRunner().invoke(cli, ["feed", "--check", *args], standalone_mode=False, **given)
    assert result.exception is None or isinstance(result.exception, InputError)
    return result


def codes(result: Result) -> list[str]:
    # Over http all of them, here: that is another rule's.
    return [p["code"] for p in json.loads(result.stdout) if p["code"] != "R338"]


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("good", None),
        ("gone", "R291"),
        ("nohead", "R292"),
        ("cut", "R292"),
        ("norange", "R293"),
        ("page", "R294"),
    ],
)
def test_served(server: Server, tmp_path: Path, kind: str, code: str | None) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(feed_of(server, kind))
    result = run("--online", "--json", str(path))
    assert codes(result) == ([code] if code else [])
    assert result.return_value == (1 if code in {"R291", "R293"} else 0)
    assert [method for method, _, _ in server.asked] == ["HEAD", "GET"]
    assert server.asked[1][2] == "bytes=0-0"


def test_every_online_problem_reads_well(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, update_golden: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    feed = feed_of(server, "gone", "nohead", "norange", "page", length=7)
    Path("feed.xml").write_bytes(feed)
    result = run("--online", "feed.xml")
    port = server.url.rpartition(":")[2]
    blocks = re.split(r"^(?=feed\.xml)", result.stderr, flags=re.MULTILINE)
    said = "".join(block for block in blocks if "[R29" in block)
    said = said.replace(port, "8000")
    # The carets are as long as the port is.
    said = re.sub(r"\^+", "^", said)
    expected = HERE / "online.txt"
    if update_golden:
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")
    assert set(re.findall(r"R29\d", said)) == {"R291", "R292", "R293", "R294", "R295"}


def test_no_server_at_all(tmp_path: Path) -> None:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as httpd:
        port = httpd.server_port
    text = BASE.read_text(encoding="utf-8")
    for name in ("neap.m4a", "spring.mp3"):
        text = text.replace(f"https://tides.example.org/{name}", f"http://127.0.0.1:{port}/{name}")
    path = tmp_path / "feed.xml"
    path.write_text(text, encoding="utf-8")
    assert codes(run("--online", "--json", str(path))) == ["R291", "R291"]
    assert probe(f"http://127.0.0.1:{port}/").error == "no connection"


def test_each_address_is_asked_once(server: Server, tmp_path: Path) -> None:
    feed = feed_of(server, *["good"] * 12).replace(b"/1.mp3", b"/0.mp3")
    path = tmp_path / "feed.xml"
    path.write_bytes(feed)
    assert set(codes(run("--online", "--json", str(path)))) == {"R248"}
    assert len(server.asked) == 2 * 11


def test_a_feed_from_the_web(server: Server) -> None:
    server.serve(BASE.read_bytes())
    result = run(f"{server.url}/feed.xml", "--json")
    # It says that it is at another address, and so it is not found to be anywhere else.
    assert codes(result) == ["R228"]
    assert result.return_value == 0
    moved = run(f"{server.url}/moved", "--json")
    assert codes(moved) == ["R228"]
    assert moved.stderr == f"{server.url}/moved: redirects to {server.url}/feed.xml\n"


def test_what_cannot_be_loaded(server: Server) -> None:
    for path, reason in (
        ("gone", "the server says 410 Gone"),
        ("circle", "cannot be loaded: it redirects in a circle"),
    ):
        url = f"{server.url}/{path}"
        error = run(url).exception
        assert isinstance(error, InputError)
        assert error.message == f"{url}: {reason}"
    with pytest.raises(InputError, match="larger than 0 MiB"):
        fetch(f"{server.url}/good", limit=100)
    with pytest.raises(InputError, match="too slowly"):
        fetch(f"{server.url}/good", max_seconds=-1)
    for url in ("http://", "http://[", "http://a b/", "https://\ud800/", "http://x:99999/"):
        with pytest.raises(InputError, match="cannot be loaded"):
            fetch(url)
