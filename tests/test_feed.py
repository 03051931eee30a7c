"""The feed as real clients read it, and what it does with hostile text."""

import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest
from conftest import Run
from lxml import etree
from sound import encode, make_noise

from producer.feed.channel_elements import ImageVariant
from producer.feed.elements import ATOM, HISTORY, ITUNES, PODCAST
from producer.feed.item import Enclosure, FeedItem, PersonData
from producer.feed.rss import ChannelMedia, render_feed
from producer.feed.show_guid import show_guid
from producer.formats.chapters import psc
from producer.model.feed_settings import FeedSettings
from producer.model.show import Category, Show
from producer.read.show import read_show

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
        "persons": [PersonData("Ada", "host", "https://ada.example.org")],
    }
    return FeedItem(**{**values, **changes})  # type: ignore[arg-type]


def render(items: Iterable[FeedItem], show: Show = SHOW, image_url: str = "") -> bytes:
    """The only document of a feed without pages."""
    ((name, rendered),) = render_feed(show, items, ChannelMedia(image_url)).items()
    assert name == "feed.xml"
    return rendered


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
        base, _, name = enclosure.href.rpartition("/")
        assert base == f"https://workbench.example.org/podcast/{slug}"
        assert (audio.parent / name).samefile(audio)
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
    root = etree.fromstring(render([item()], image_url="https://x.example.org/cover.jpeg?v=2"))
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
        {"group": "cast", "role": "host", "href": "https://ada.example.org"},
    )
    assert entry.findtext(f"{{{ITUNES}}}duration") == "93"


def test_same_bytes_at_any_time_and_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [item(), item(slug="two", guid="2", published="2026-04-01T00:00:00+00:00")]
    first = render(items)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        assert render(items[::-1]) == first
    finally:
        monkeypatch.undo()
        time.tzset()
    assert b"<lastBuildDate>Wed, 01 Apr 2026 00:00:00 +0000</lastBuildDate>" in first


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a ]]> b", "Ä & 🎹 'x' \"y\"", "שלום"]
)
def test_hostile_text_comes_back_as_it_was(text: str) -> None:
    hostile = item(title=text, description=text, notes_html=text, chapters=[(0, text)])
    rendered = render([hostile])
    entry = etree.fromstring(rendered)[0].find("item")
    assert entry.findtext("title") == text
    assert entry.findtext("description") == text
    assert entry.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") == text
    assert entry.find(f"{{{psc.NAMESPACE}}}chapters")[0].get("title") == text


def test_item_survives_the_manifest() -> None:
    assert FeedItem.from_json(item().as_json()) == item()


FULL_SHOW = """
title: Show
link: https://show.example.org
description: About.
language: de
author: Ada
owner: {name: Ada, email: ada@example.org}
image: https://show.example.org/cover.jpg
base_url: https://show.example.org/p
type: serial
guid: 917393e3-1b1e-5cef-ace4-edaa54e1f810
locked: no
complete: true
medium: audiobook
license: {name: own, url: https://show.example.org/license}
funding: [{url: https://pay.example.org, text: Give}, https://more.example.org]
update_frequency: {text: Weekly, rrule: FREQ=WEEKLY}
podroll: [{guid: ac9d8e8e-9e3f-5b1c-8f4e-8d2f3c1b2a10, url: https://f.example.org, title: Other}]
txt: [{text: "proof", purpose: verify}, plain]
images: [https://show.example.org/small.jpg]
seasons: {1: Beginnings}
new_feed_url: https://new.example.org/feed.xml
feed: {hub: https://hub.example.org}
"""


def full_show() -> Show:
    show, problems = read_show("podcast.yaml", FULL_SHOW.encode())
    assert problems == ()
    assert show is not None
    return show


def podcast(channel: Any, tag: str) -> list[tuple[str | None, dict[str, str]]]:
    return [(e.text, dict(e.attrib)) for e in channel.findall(f"{{{PODCAST}}}{tag}")]


def test_everything_that_a_show_can_say() -> None:
    media = ChannelMedia(
        persons=[PersonData("Ada", "host")],
        images=[ImageVariant("https://show.example.org/small.jpg", 300, 200)],
    )
    (rendered,) = render_feed(
        full_show(), [item(season=1, season_name="Beginnings")], media
    ).values()
    channel = etree.fromstring(rendered)[0]
    for tag, text in (
        ("type", "serial"),
        ("complete", "Yes"),
        ("new-feed-url", "https://new.example.org/feed.xml"),
    ):
        assert channel.findtext(f"{{{ITUNES}}}{tag}") == text
    hubs = [e.get("href") for e in channel.findall(f"{{{ATOM}}}link") if e.get("rel") == "hub"]
    assert hubs == ["https://hub.example.org"]
    assert podcast(channel, "guid") == [("917393e3-1b1e-5cef-ace4-edaa54e1f810", {})]
    assert podcast(channel, "locked") == [("no", {"owner": "ada@example.org"})]
    assert podcast(channel, "medium") == [("audiobook", {})]
    assert podcast(channel, "license") == [("own", {"url": "https://show.example.org/license"})]
    assert podcast(channel, "funding") == [
        ("Give", {"url": "https://pay.example.org"}),
        ("Support the show", {"url": "https://more.example.org"}),
    ]
    assert podcast(channel, "person") == [("Ada", {"group": "cast", "role": "host"})]
    assert podcast(channel, "image") == [
        (None, {"href": "https://show.example.org/small.jpg", "width": "300", "height": "200"})
    ]
    assert podcast(channel, "updateFrequency") == [
        ("Weekly", {"rrule": "FREQ=WEEKLY", "complete": "true"})
    ]
    assert podcast(channel, "txt") == [("proof", {"purpose": "verify"}), ("plain", {})]
    (roll,) = channel.findall(f"{{{PODCAST}}}podroll")
    assert [dict(e.attrib) for e in roll] == [
        {
            "feedGuid": "ac9d8e8e-9e3f-5b1c-8f4e-8d2f3c1b2a10",
            "feedUrl": "https://f.example.org",
            "title": "Other",
        }
    ]
    assert podcast(channel.find("item"), "season") == [("1", {"name": "Beginnings"})]


def test_everything_that_an_item_can_say() -> None:
    rendered = render(
        [
            item(
                kind="trailer",
                is_explicit=True,
                language="de",
                soundbites=[(18_500, 60_001, "A & B")],
                alternates=[Enclosure("https://x.example.org/1.opus", 99, "audio/ogg")],
                persons=[PersonData("Ben", "guest", "", "https://x.example.org/ben.jpg")],
            )
        ]
    )
    entry = etree.fromstring(rendered)[0].find("item")
    assert entry.findtext(f"{{{ITUNES}}}episodeType") == "trailer"
    assert entry.findtext(f"{{{ITUNES}}}explicit") == "true"
    assert podcast(entry, "soundbite") == [("A & B", {"startTime": "18.5", "duration": "60.001"})]
    assert podcast(entry, "person") == [
        ("Ben", {"group": "cast", "role": "guest", "img": "https://x.example.org/ben.jpg"})
    ]
    (transcript,) = podcast(entry, "transcript")
    assert transcript[1]["language"] == "de"
    (alternate,) = entry.findall(f"{{{PODCAST}}}alternateEnclosure")
    assert dict(alternate.attrib) == {"type": "audio/ogg", "length": "99"}
    assert alternate[0].get("uri") == "https://x.example.org/1.opus"


def test_the_guid_of_a_show_is_that_of_its_address_alone() -> None:
    # The example of the namespace's own documentation.
    guid = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    for url in (
        "https://mp3s.nashownotes.com/pc20rss.xml",
        "http://mp3s.nashownotes.com/pc20rss.xml/",
    ):
        assert show_guid(url) == guid
    channel = etree.fromstring(render([]))[0]
    assert podcast(channel, "guid") == [(show_guid("https://show.example.org/p/feed.xml"), {})]


def test_a_feed_without_dates_has_no_date_of_its_own() -> None:
    channel = etree.fromstring(render([item(published="")]))[0]
    assert channel.find("lastBuildDate") is None


def numbered_items(count: int) -> list[FeedItem]:
    days = [f"2026-01-{number + 1:02}T00:00:00+00:00" for number in range(count)]
    return [item(slug=f"e{n}", guid=f"g{n}", published=day) for n, day in enumerate(days)]


@pytest.mark.parametrize(("count", "archives"), [(0, 0), (5, 0), (9, 0), (10, 1), (14, 1), (15, 2)])
def test_pages_hold_every_item_once_and_link_to_each_other(count: int, archives: int) -> None:
    show = replace(SHOW, feed=FeedSettings(page_size=5))
    documents = render_feed(show, numbered_items(count))
    assert list(documents) == ["feed.xml", *(f"feed-{n:04}.xml" for n in range(archives, 0, -1))]
    seen = []
    name: str | None = "feed.xml"
    while name:
        channel = etree.fromstring(documents[name])[0]
        links = {e.get("rel"): e.get("href") for e in channel.findall(f"{{{ATOM}}}link")}
        assert links["self"] == f"https://show.example.org/p/{name}"
        assert (channel.find(f"{{{HISTORY}}}archive") is not None) == (name != "feed.xml")
        seen += [e.findtext("guid") for e in channel.findall("item")]
        name = links["next"].rpartition("/")[2] if "next" in links else None
    assert seen == [f"g{n}" for n in range(count - 1, -1, -1)]


def test_a_new_episode_changes_no_full_archive() -> None:
    show = replace(SHOW, feed=FeedSettings(page_size=5))

    def documents(count: int) -> dict[str, bytes]:
        return render_feed(show, numbered_items(count))

    before, after = documents(16), documents(17)
    assert {name for name in before if before[name] != after[name]} == {"feed.xml"}


def test_long_texts_are_cut_to_what_apps_take(tmp_path: Path, producer: Run) -> None:
    make_show(tmp_path, title="T " * 200, intro="Tom & Jérry <3 " * 400)
    assert producer("build", "--root", tmp_path).status == 0
    entry = etree.parse(tmp_path / "build" / "feed.xml").getroot()[0].find("item")
    assert len(entry.findtext("title")) <= 255
    raw = (tmp_path / "build" / "feed.xml").read_bytes().split(b"<item>")[1]
    description = raw.split(b"<description>")[1].split(b"</description>")[0]
    assert 3900 < len(description) <= 4000
    assert description.endswith("…".encode())


def test_what_changes_no_guid_and_what_an_address(tmp_path: Path, producer: Run) -> None:
    make_show(tmp_path)

    def published() -> tuple[str, str]:
        assert producer("build", "--root", tmp_path).status == 0
        entry = etree.parse(tmp_path / "build" / "feed.xml").getroot()[0].find("item")
        return entry.findtext("guid"), entry.find("enclosure").get("url").rpartition("/")[2]

    def edit(path: Path, old: str, new: str) -> None:
        path.write_text(path.read_text().replace(old, new))

    guid, name = published()
    edit(tmp_path / "episodes" / "x.md", "title: One", "title: Another")
    edit(tmp_path / "episodes" / "x.md", "episode: 1", "episode: 7")
    assert published() == (guid, name), "retitled and renumbered"
    edit(tmp_path / "podcast.yaml", "https://x.example.org/p", "https://y.example.org")
    assert published() == (guid, name), "moved"
    audio = tmp_path / "episodes" / "audio" / "x.wav"
    audio.write_bytes(encode(make_noise(2, seed=2), ".wav"))
    new_guid, new_name = published()
    assert (new_guid, new_name == name) == (guid, False), "the audio replaced"
    folder = tmp_path / "build" / "x"
    assert [path.name for path in folder.glob("x-*.wav")] == [new_name]
    audio.write_bytes(encode(make_noise(2), ".wav"))
    assert published() == (guid, name), "and put back"
    for path in (tmp_path / "episodes" / "x.md", audio):
        path.rename(path.with_stem("y"))
    assert published()[0] == guid, "renamed"
    moved = (tmp_path / "build" / "x" / "index.html").read_text()
    assert '<meta http-equiv="refresh" content="0; url=../y/">' in moved
    assert [path.name for path in (tmp_path / "build" / "x").iterdir()] == ["index.html"]
    path = tmp_path / "episodes" / "y.md"
    path.rename(path.with_stem("z"))
    audio.with_stem("y").rename(audio.with_stem("z"))
    assert published()[0] == guid, "renamed once more"
    for old in ("x", "y"):
        assert "url=../z/" in (tmp_path / "build" / old / "index.html").read_text()


def test_old_names_that_the_episode_knows(tmp_path: Path, producer: Run) -> None:
    make_show(tmp_path)
    path = tmp_path / "episodes" / "x.md"
    text = path.read_text()
    path.write_text(text.replace("guid: g", "guid: g\nredirect_from: [/old/, older.html, x]"))
    assert producer("build", "--root", tmp_path).status == 0
    for old in ("old", "older"):
        page = (tmp_path / "build" / old / "index.html").read_text()
        assert '<link rel="canonical" href="https://x.example.org/p/x/">' in page
    assert "url=" not in (tmp_path / "build" / "x" / "index.html").read_text()
    path.write_text(text.replace("guid: g", "guid: g\nredirect_from: ../../etc"))
    result = producer("build", "--root", tmp_path)
    assert (result.status, "error[F104]" in result.err) == (1, True)
    assert not (tmp_path / "build" / "old").exists()


def test_more_than_one_file_of_an_episode(tmp_path: Path, producer: Run) -> None:
    make_show(tmp_path)
    audio = tmp_path / "episodes" / "audio"
    (audio / "x.flac").write_bytes(encode(make_noise(2), ".flac"))
    assert producer("build", "--root", tmp_path).status == 0
    entry = etree.parse(tmp_path / "build" / "feed.xml").getroot()[0].find("item")
    (alternate,) = entry.findall(f"{{{PODCAST}}}alternateEnclosure")
    urls = [entry.find("enclosure").get("url"), alternate[0].get("uri")]
    assert sorted(url.rpartition(".")[2] for url in urls) == ["flac", "wav"]
    lengths = [entry.find("enclosure").get("length"), alternate.get("length")]
    for url, length in zip(urls, lengths, strict=True):
        file = tmp_path / "build" / "x" / url.rpartition("/")[2]
        assert file.stat().st_size == int(length)


def make_show(root: Path, title: str = "One", intro: str = "Two.") -> None:
    (root / "episodes" / "audio").mkdir(parents=True)
    (root / "podcast.yaml").write_text(
        "title: S\nlink: https://x.example.org\ndescription: d\n"
        "image: https://x.example.org/c.jpg\nbase_url: https://x.example.org/p\n"
    )
    (root / "episodes" / "x.md").write_text(
        f"---\ntitle: {title}\nintro: {intro}\nseason: 1\nepisode: 1\nguid: g\n"
        "dateadded: 2026-01-01\ntranscript:\n- header: A\n- line: a\n  sec: 0\n---\n"
    )
    (root / "episodes" / "audio" / "x.wav").write_bytes(encode(make_noise(2), ".wav"))
