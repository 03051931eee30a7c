"""The archives of a published feed, and what `diff` makes of them."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Run

from producer.cli.main import cli
from producer.errors import InputError
from producer.publish.feed_archives import address_of, with_archives

ATOM = 'xmlns:atom="http://www.w3.org/2005/Atom"'


def document(text: str, **links: str) -> bytes:
    elements = "".join(
        f'<atom:link rel="{rel.replace("_", "-")}" href="{href}"/>' for rel, href in links.items()
    )
    return f"<rss {ATOM}><channel><title>{text}</title>{elements}</channel></rss>".encode()


def test_each_document_leads_to_the_one_before_it() -> None:
    archives = {
        "https://h/2": document("2", prev_archive="https://h/1", next_archive="https://h/3"),
        "https://h/1": document("1", next_archive="https://h/2"),
    }
    feed = document("3", first="https://h/3", last="https://h/1", prev_archive="https://h/2")
    found = with_archives("feed", feed, archives.__getitem__)
    assert found == [feed, archives["https://h/2"], archives["https://h/1"]]


def test_pages_that_are_no_archives_are_followed_too() -> None:
    archive = document("1")
    feed = document("2", self="https://h/2", next="https://h/1")
    assert with_archives("feed", feed, {"https://h/1": archive}.__getitem__) == [feed, archive]


@pytest.mark.parametrize("data", [document("1"), b"<rss/>", b"<html></html>", b"\0", b""])
def test_what_leads_nowhere_stands_alone(data: bytes) -> None:
    assert with_archives("feed", data, {}.__getitem__) == [data]


def test_a_circle_is_gone_round_once() -> None:
    archives = {"b": document("b", prev_archive="a"), "a": document("a", prev_archive="b")}
    feed = document("feed", prev_archive="a")
    assert with_archives("feed", feed, archives.__getitem__) == [
        feed,
        archives["a"],
        archives["b"],
    ]


def test_a_feed_without_end_ends() -> None:
    found = with_archives(
        "feed",
        document("0", next="1"),
        lambda address: document(address, next=str(int(address) + 1)),
    )
    assert len(found) == 100


def test_what_cannot_be_loaded_is_an_error() -> None:
    def load(address: str) -> bytes:
        raise InputError(f"{address}: no")

    with pytest.raises(InputError, match=r"^https://h/1: no$"):
        with_archives("feed", document("2", next="https://h/1"), load)


@pytest.mark.parametrize(
    ("stated", "feed", "address"),
    [
        ("https://h/feed-0001.xml", "https://h/feed.xml", "https://h/feed-0001.xml"),
        ("feed-0001.xml", "https://h/p/feed.xml", "https://h/p/feed-0001.xml"),
        ("https://h/old.xml", "https://me:word@h/feed.xml", "https://me:word@h/old.xml"),
        ("old.xml", "https://me:word@h/feed.xml", "https://me:word@h/old.xml"),
        ("https://other/old.xml", "https://me:word@h/feed.xml", "https://other/old.xml"),
        ("http://h/old.xml", "https://me:word@h/feed.xml", "http://h/old.xml"),
        ("https://h/old.xml", "feed.xml", "https://h/old.xml"),
        ("old.xml", "-", "old.xml"),
    ],
)
def test_a_login_stays_with_its_host(stated: str, feed: str, address: str) -> None:
    assert address_of(stated, feed) == address


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, str]]:
    """A folder, and where it is served."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "www"
    folder.mkdir()
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def publish_in_pages(show: Path, producer: Run, folder: Path, url: str) -> None:
    config = show / "podcast.yaml"
    text = config.read_text(encoding="utf-8")
    base = next(line for line in text.splitlines() if line.startswith("base_url:"))
    config.write_text(
        text.replace(base, f"base_url: {url}\nfeed: {{page_size: 1}}"), encoding="utf-8"
    )
    assert producer("build", "--root", show).status == 0
    for name in ("feed.xml", "feed-0001.xml"):
        (folder / name).write_bytes((show / "build" / name).read_bytes())


def test_diff_reads_the_archives(built_copy: Path, producer: Run, served: tuple[Path, str]) -> None:
    folder, url = served
    publish_in_pages(built_copy, producer, folder, url)
    feed = (folder / "feed.xml").read_text(encoding="utf-8")
    for name in ("feed.xml", "feed-0001.xml"):
        assert (folder / name).read_text(encoding="utf-8").count("<item>") == 1
    for place in ([], [f"{url}/feed.xml"], [folder / "feed.xml"]):
        found = producer("diff", *place, "--root", built_copy)
        assert (found.status, found.out) == (0, ""), place
        assert found.err == "nothing changes for subscribers\n"
    piped = CliRunner().invoke(cli, ["diff", "-", "--root", str(built_copy)], input=feed)
    assert (piped.exit_code, piped.stdout) == (0, "")

    (folder / "feed-0001.xml").unlink()
    missing = producer("diff", "--root", built_copy)
    assert missing.status == 2
    assert f"{url}/feed-0001.xml: the server says 404" in missing.err
