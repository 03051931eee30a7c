"""The archives of a published feed, and what `diff` makes of them."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from clients.server import serve
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


def titles(feed: bytes, archives: dict[str, bytes]) -> list[str]:
    channels = with_archives("feed", feed, archives.__getitem__)
    return [channel.text_of("title") for channel in channels]


def test_each_document_leads_to_the_one_before_it() -> None:
    archives = {
        "https://h/2": document("2", prev_archive="https://h/1", next_archive="https://h/3"),
        "https://h/1": document("1", next_archive="https://h/2"),
    }
    feed = document("3", first="https://h/3", last="https://h/1", prev_archive="https://h/2")
    assert titles(feed, archives) == ["3", "2", "1"]


def test_pages_that_are_no_archives_are_followed_too() -> None:
    feed = document("2", self="https://h/2", next="https://h/1")
    assert titles(feed, {"https://h/1": document("1")}) == ["2", "1"]


def test_what_leads_nowhere_stands_alone() -> None:
    assert titles(document("1", self="https://h/1", prev_archive=""), {}) == ["1"]


def test_a_circle_is_gone_round_once() -> None:
    archives = {"b": document("b", prev_archive="a"), "a": document("a", prev_archive="b")}
    assert titles(document("feed", prev_archive="a"), archives) == ["feed", "a", "b"]


def test_a_feed_without_end_ends() -> None:
    found = with_archives(
        "feed",
        document("0", next="1"),
        lambda address: document(address, next=str(int(address) + 1)),
    )
    assert len(list(found)) == 100


def test_what_cannot_be_loaded_is_an_error() -> None:
    def load(address: str) -> bytes:
        raise InputError(f"{address}: no")

    with pytest.raises(InputError, match=r"^https://h/1: no$"):
        list(with_archives("feed", document("2", next="https://h/1"), load))


@pytest.mark.parametrize("data", [b"<rss/>", b"<html></html>", b"\0", b""])
def test_what_is_no_feed_is_named(data: bytes) -> None:
    with pytest.raises(InputError, match=r"^feed: is not an RSS feed$"):
        titles(data, {})
    with pytest.raises(InputError, match=r"^https://h/1: is not an RSS feed$"):
        titles(document("2", next="https://h/1"), {"https://h/1": data})


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


def test_diff_reads_the_archives(
    built_copy: Path, producer: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "*")
    folder = tmp_path / "www"
    folder.mkdir()
    with serve(folder) as server:
        publish_in_pages(built_copy, producer, folder, server.url)
        feed = (folder / "feed.xml").read_text(encoding="utf-8")
        for name in ("feed.xml", "feed-0001.xml"):
            assert (folder / name).read_text(encoding="utf-8").count("<item>") == 1
        for place in ([], [f"{server.url}/feed.xml"], [folder / "feed.xml"]):
            found = producer("diff", *place, "--root", built_copy)
            assert (found.status, found.out) == (0, ""), place
            assert found.err == "nothing changes for subscribers\n"
        piped = CliRunner().invoke(cli, ["diff", "-", "--root", str(built_copy)], input=feed)
        assert (piped.exit_code, piped.stdout) == (0, "")

        (folder / "feed-0001.xml").unlink()
        missing = producer("diff", "--root", built_copy)
        assert missing.status == 2
        assert f"{server.url}/feed-0001.xml: the server says 404" in missing.err


@pytest.mark.parametrize("address", ["other.xml", "/etc/hostname", "http://[", "mailto:me", ".."])
def test_an_archive_is_a_neighbour_or_on_the_web(
    built_copy: Path, producer: Run, tmp_path: Path, address: str
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(document("2", prev_archive=address))
    found = producer("diff", feed, "--root", built_copy)
    assert found.status == 2
    assert f"{address}: is no address of an archive" in found.err
