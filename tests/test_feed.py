"""The feed as real clients read it, and what it does with hostile text."""

import time
from pathlib import Path

import feedparser
import podcastparser
import pytest
from lxml import etree

from producer.feed.extension import ITUNES, PODCAST
from producer.feed.item import FeedItem
from producer.feed.rss import render_feed
from producer.formats.chapters import psc
from producer.model.show import Category, Show

SHOW = Show(
    title="Show & tell",
    link="https://show.example.org",
    description="About <it>",
    author="Ada",
    owner_name="Ada",
    owner_email="ada@example.org",
    categories=(Category(name="Education", subcategory="How To"), Category(name="Technology")),
    base_url="https://show.example.org/p",
)


def item(**changes: object) -> FeedItem:
    values: dict[str, object] = {
        "slug": "one",
        "title": "One",
        "guid": "guid-1",
        "link": "https://show.example.org/p/one/",
        "published": "2026-03-01T00:00:00+00:00",
        "description": "First.",
        "notes_html": "<p>Notes</p>",
        "season": 1,
        "number": 1,
        "image_url": "",
        "enclosure_url": "https://show.example.org/p/one/one.mp3",
        "enclosure_length_bytes": 1234,
        "enclosure_type": "audio/mpeg",
        "duration_ms": 93_816,
        "chapters_url": "https://show.example.org/p/one/chapters.json",
        "chapters": [(0, "A"), (18_500, "B & <C>")],
        "transcripts": [("https://show.example.org/p/one/transcript.vtt", "text/vtt")],
        "persons": [("Ada", "host", "https://ada.example.org")],
    }
    return FeedItem(**{**values, **changes})  # type: ignore[arg-type]


def test_sample_feed_in_feedparser(built: Path) -> None:
    feed = feedparser.parse((built / "build" / "feed.xml").read_bytes())
    assert not feed.bozo
    assert feed.feed.title == "Workbench Radio"
    assert feed.feed.links[0].href == "https://workbench.example.org"
    assert feed.feed.image.href == "https://workbench.example.org/podcast/images/cover.jpg"
    slugs = ["s01e02-wie-klingt-groesse", "s01e01-a-podcast-in-a-git-repository"]
    assert [entry.link.rstrip("/").rsplit("/", 1)[-1] for entry in feed.entries] == slugs
    for entry, slug, ending in zip(feed.entries, slugs, ("m4a", "mp3"), strict=True):
        (enclosure,) = entry.enclosures
        audio = built / "build" / slug / f"{slug}.{ending}"
        assert enclosure.href == f"https://workbench.example.org/podcast/{slug}/{slug}.{ending}"
        assert int(enclosure.length) == audio.stat().st_size
        assert entry.published_parsed is not None
        assert entry.content[0].value.strip()


def test_sample_feed_in_podcastparser(built: Path) -> None:
    with (built / "build" / "feed.xml").open("rb") as stream:
        feed = podcastparser.parse("https://workbench.example.org/podcast/feed.xml", stream)
    assert feed["title"] == "Workbench Radio"
    assert [episode["total_time"] for episode in feed["episodes"]] == [81, 93]
    assert [len(episode["chapters"]) for episode in feed["episodes"]] == [5, 5]
    assert feed["episodes"][1]["chapters"][1]["start"] == 18
    assert all(episode["guid"].count("-") == 4 for episode in feed["episodes"])


def test_elements_that_feedgen_lacks() -> None:
    root = etree.fromstring(render_feed(SHOW, [item()], "https://x.example.org/cover.jpeg?v=2"))
    channel = root[0]
    assert channel.findtext(f"{{{ITUNES}}}explicit") == "false"
    assert channel.find(f"{{{ITUNES}}}image").get("href") == "https://x.example.org/cover.jpeg?v=2"
    categories = channel.findall(f"{{{ITUNES}}}category")
    assert [c.get("text") for c in categories] == ["Education", "Technology"]
    assert categories[0][0].get("text") == "How To"
    entry = channel.find("item")
    assert entry.find(f"{{{PODCAST}}}chapters").attrib == {
        "url": "https://show.example.org/p/one/chapters.json",
        "type": "application/json+chapters",
    }
    marks = entry.find(f"{{{psc.NAMESPACE}}}chapters")
    assert [(m.get("start"), m.get("title")) for m in marks] == [
        ("00:00:00.000", "A"),
        ("00:00:18.500", "B & <C>"),
    ]
    person = entry.find(f"{{{PODCAST}}}person")
    assert (person.text, dict(person.attrib)) == (
        "Ada",
        {"role": "host", "href": "https://ada.example.org"},
    )
    assert entry.findtext(f"{{{ITUNES}}}duration") == "93"


def test_same_bytes_at_any_time_and_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [item(), item(slug="two", guid="2", published="2026-04-01T00:00:00+00:00")]
    first = render_feed(SHOW, items, "")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert render_feed(SHOW, items[::-1], "") == first
    finally:
        monkeypatch.undo()
        time.tzset()
    assert b"<lastBuildDate>Wed, 01 Apr 2026 00:00:00 +0000</lastBuildDate>" in first


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a ]]> b", "Ä & 🎹 'x' \"y\"", "שלום"]
)
def test_hostile_text_comes_back_as_it_was(text: str) -> None:
    rendered = render_feed(
        SHOW, [item(title=text, description=text, notes_html=text, chapters=[(0, text)])], ""
    )
    entry = etree.fromstring(rendered)[0].find("item")
    assert entry.findtext("title") == text
    assert entry.findtext("description") == text
    assert entry.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") == text
    assert entry.find(f"{{{psc.NAMESPACE}}}chapters")[0].get("title") == text


def test_item_survives_the_manifest() -> None:
    assert FeedItem.from_json(item().as_json()) == item()
