"""What hubs and endpoints are told, and what the public feed is held against."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from producer.errors import InputError
from producer.io.fetch import Fetched, Served
from producer.publish.notify import notify_all
from producer.publish.verify import verify_public

FEED_URL = "https://h/p/feed.xml"
FEED = b"""<rss version="2.0"><channel><item>
<enclosure url="https://h/p/a.mp3" length="7" type="audio/mpeg"/></item><item>
<enclosure url="https://h/p/b.mp3" length="7" type="audio/mpeg"/></item></channel></rss>"""


@contextmanager
def listener(status: int) -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
    """A server that answers everything with a status, and what it was told."""
    told: list[tuple[str, str, str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length).decode()
            told.append((self.command, self.path, body, self.headers.get("Authorization", "")))
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """The list says it."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", told
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(autouse=True)
def _directly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    monkeypatch.delenv("PODPING_TOKEN", raising=False)


def test_hubs_and_podping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PODPING_TOKEN", "hunter22")
    with listener(204) as (url, told):
        results = list(notify_all(FEED_URL, [f"{url}/hub"], [f"{url}/ping"]))
    assert results == [(f"{url}/hub", ""), (f"{url}/ping", "")]
    (hub, ping) = told
    assert (hub[0], hub[1], hub[3]) == ("POST", "/hub", "")
    assert parse_qs(hub[2]) == {
        "hub.mode": ["publish"],
        "hub.url": [FEED_URL],
        "hub.topic": [FEED_URL],
    }
    assert (ping[0], ping[3]) == ("GET", "hunter22")
    assert parse_qs(urlsplit(ping[1]).query) == {
        "url": [FEED_URL],
        "reason": ["update"],
        "medium": ["podcast"],
    }


@pytest.mark.parametrize("status", [302, 403, 500])
def test_one_that_refuses(status: int) -> None:
    """And redirects nobody follows."""
    with listener(status) as (url, told):
        assert list(notify_all(FEED_URL, [url], [])) == [(url, f"it says {status}")]
    assert len(told) == 1


def test_one_that_is_not_there() -> None:
    hub = "http://me:hunter22@127.0.0.1:1/hub"
    assert list(notify_all(FEED_URL, [hub], [])) == [("http://127.0.0.1:1/hub", "no connection")]


def served(url: str) -> Served:
    return Served("", 200, 206, "audio/mpeg", 7 if url.endswith("a.mp3") else 8)


def test_only_new_enclosures_are_asked_for() -> None:
    asked: list[str] = []

    def probe(url: str) -> Served:
        asked.append(url)
        return served(url)

    def verdict(new: set[str]) -> list[str]:
        found = verify_public(
            FEED_URL,
            FEED,
            new,
            fetch=lambda url: Fetched(url, FEED, ()),
            probe=probe,
            sleep=lambda wait_s: None,
        )
        assert found.failure == ""
        return [problem.code for problem in found.problems]

    assert verdict(set()) == []
    assert asked == []
    assert verdict({"https://h/p/a.mp3"}) == []
    assert asked == ["https://h/p/a.mp3"]
    assert verdict({"https://h/p/b.mp3"}) == ["R295"]


@pytest.mark.parametrize("late", [0, 1, 2, 3])
def test_a_cache_is_given_time(late: int) -> None:
    waits: list[float] = []

    def fetch(url: str) -> Fetched:
        return Fetched(url, FEED if len(waits) >= late else b"old", ())

    found = verify_public(FEED_URL, FEED, set(), fetch=fetch, probe=served, sleep=waits.append)
    assert waits == [1, 4][:late]
    said = f"{FEED_URL}: is not the feed that was sent: does a cache keep the old one?"
    assert found.failure == ("" if late < 3 else said)


def test_a_feed_that_cannot_be_loaded() -> None:
    def fetch(url: str) -> Fetched:
        raise InputError("https://me:hunter22@h/feed.xml: the server says 404")

    found = verify_public(
        FEED_URL, FEED, set(), fetch=fetch, probe=served, sleep=lambda wait_s: None
    )
    assert found.failure == "https://h/feed.xml: the server says 404"
