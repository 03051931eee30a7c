"""The shows that clients read, and what there is in them: said here by hand, not by the build."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from conftest import PROJECT, Run, copy_sample

from clients.server import Server, serve

TRANSCRIPTS = {
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "json": "application/json",
    "html": "text/html",
}


@dataclass(frozen=True)
class Person:
    """As `podcast:person` has it; the picture is a path in the build."""

    name: str
    role: str
    url: str
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class Item:
    """An episode of a published show. Times are milliseconds of the audio."""

    slug: str
    ending: str
    media_type: str
    title: str
    guid: str
    published: str
    duration_ms: int
    season: int
    number: int
    chapters: tuple[tuple[int, str], ...]
    soundbites: tuple[tuple[int, int, str], ...]
    persons: tuple[Person, ...]
    season_name: str = ""
    kind: str = "full"


MAREN = Person("Maren Tolliver", "host", "https://maren.example.org")
DESMOND = Person("Desmond Pike", "guest", "https://desmond.example.org")
JOERG = Person("Jörg Müßig", "guest", "https://orgelwerkstatt.example.org")

GIT = Item(
    slug="s01e01-a-podcast-in-a-git-repository",
    ending="mp3",
    media_type="audio/mpeg",
    title="A Podcast in a Git Repository",
    guid="4ae5a070-3295-4931-a09d-4ea37e52a490",
    published="2026-09-03",
    duration_ms=93_816,
    season=1,
    number=1,
    chapters=(
        (0, "Welcome to the workbench"),
        (18_000, "The folder called final"),
        (32_000, "One episode, one file"),
        (57_000, "Guests who open pull requests"),
        (71_000, "What stays out of the repository"),
    ),
    soundbites=((35_000, 22_000, "One correction, one line"),),
    persons=(MAREN, DESMOND),
)
ORGAN = Item(
    slug="s01e02-wie-klingt-groesse",
    ending="m4a",
    media_type="audio/x-m4a",
    title="Wie klingt Größe? 🎹 Tuning a church organ with a notebook",
    guid="95ce758f-cf9f-4f1e-a01b-4cbf12e89f92",
    published="2026-09-17",
    duration_ms=81_199,
    season=1,
    number=2,
    chapters=(
        (0, "Grüße aus der Orgelwerkstatt 👋"),
        (13_780, "Wie klingt Größe? 🎹"),
        (35_280, "Rule one: never trust a warm church"),
        (48_620, '"Sorry" is a tuning term'),
        (60_370, "The notebook: 1,842 pipes & one mouse 🐭"),
    ),
    soundbites=(
        (13_780, 21_500, "Wie klingt Größe? 🎹"),
        (60_370, 20_829, "The notebook: 1,842 pipes & one mouse 🐭"),
    ),
    persons=(MAREN, JOERG),
)
SAMPLE = (ORGAN, GIT)
"""The sample show, newest first."""

_JOERG_SEEN = replace(JOERG, picture="images/joerg.jpg")
RICH = (
    Item(
        slug="glue",
        ending="mp3",
        media_type="audio/mpeg",
        title="Glue & <varnish>: \"a 'bonus'\"",
        guid="urn:workbench:glue?a=1&b=2",
        published="2026-10-01",
        duration_ms=93_816,
        season=2,
        number=1,
        chapters=(
            (0, "One & two"),
            (14_250, "<b>Three</b>"),
            (28_500, "日本語 and שלום"),
            (42_000, "Four"),
        ),
        soundbites=((42_000, 51_816, "Four"),),
        persons=(MAREN, DESMOND, _JOERG_SEEN),
        season_name="Änne's & Jörg's year",
        kind="bonus",
    ),
    replace(ORGAN, season_name="First bench", persons=(MAREN, _JOERG_SEEN)),
    replace(GIT, season_name="First bench"),
)
"""The sample show with seasons, a picture of somebody, and an episode with three persons."""

_GLUE = """---
title: "Glue & <varnish>: \\"a 'bonus'\\""
season: 2
episode: 1
episodeType: bonus
guests: [desmondpike, joergmuessig]
description: All about glue & what it does not hold.
dateadded: 2026-10-01
guid: urn:workbench:glue?a=1&b=2
transcript:
- header: One & two
- {line: "Glue holds, said the chair.", sec: 0, who: Maren}
- header: <b>Three</b>
- {line: "Not me, said the table.", sec: 14.25, who: Desmond}
- header: 日本語 and שלום
- {line: "Varnish, said the violin.", sec: 28.5, who: Jörg}
- header: Four
- {line: "And so they all stayed where they were.", sec: 42, who: Maren}
---
"""


@dataclass(frozen=True)
class Published:
    """A built show: its outputs, the address that they are published at, what is in it."""

    build: Path
    base_url: str
    items: tuple[Item, ...]

    @property
    def feed(self) -> Path:
        return self.build / "feed.xml"

    def url(self, *parts: str) -> str:
        return "/".join((self.base_url, *parts))

    def file(self, url: str) -> Path:
        """The output that an address names."""
        base, _, path = url.partition(f"{self.base_url}/")
        assert base == "", url
        return self.build / path

    def audio(self, item: Item) -> Path:
        """The only audio of an episode; its name has a piece of the sound's hash."""
        (path,) = (self.build / item.slug).glob(f"{item.slug}-*.{item.ending}")
        return path

    def enclosure(self, item: Item) -> tuple[str, int, str]:
        audio = self.audio(item)
        return self.url(item.slug, audio.name), audio.stat().st_size, item.media_type

    def transcripts(self, item: Item) -> list[tuple[str, str]]:
        """Addresses and media types."""
        files = [(self.url(item.slug, f"transcript.{end}"), t) for end, t in TRANSCRIPTS.items()]
        assert all(self.file(url).is_file() for url, _ in files)
        return files

    def notes(self, item: Item) -> str:
        """The show notes without the line end that follows them: readers drop it."""
        return (self.build / item.slug / "show-notes.html").read_text(encoding="utf-8").strip()

    def json_chapters(self, url: str) -> list[tuple[int, str]]:
        """What the JSON at an address says, as apps read it that know Podcasting 2.0."""
        data: dict[str, Any] = json.loads(self.file(url).read_bytes())
        return [(round(c["startTime"] * 1000), c["title"]) for c in data["chapters"]]

    def picture(self, person: Person) -> str:
        return self.url(person.picture) if person.picture else ""


@dataclass(frozen=True)
class Served(Published):
    """A published show that can be loaded."""

    server: Server

    @property
    def feed_url(self) -> str:
        return self.url("feed.xml")


def enrich(root: Path) -> None:
    """The sample show becomes the rich one."""
    with (root / "podcast.yaml").open("a", encoding="utf-8") as show:
        show.write("seasons: {1: First bench, 2: \"Änne's & Jörg's year\"}\n")
    (root / "episodes" / "glue.md").write_text(_GLUE, encoding="utf-8")
    (source,) = (PROJECT / "episodes" / "audio").glob("*.mp3")
    (root / "episodes" / "audio" / "glue.mp3").write_bytes(source.read_bytes())
    (root / "images" / "joerg.jpg").write_bytes((root / "images" / "cover.jpg").read_bytes())
    person = root / "people" / "joergmuessig.md"
    text = person.read_text(encoding="utf-8")
    person.write_text(text.replace("web:", "picture: images/joerg.jpg\nweb:"), encoding="utf-8")


@contextmanager
def published(root: Path, producer: Run, is_rich: bool) -> Iterator[Served]:
    """Build a show for an address on this machine, and serve it."""
    copy_sample(root)
    if is_rich:
        enrich(root)
    with serve(root / "build") as server:
        settings = root / "podcast.yaml"
        text = settings.read_text(encoding="utf-8")
        old = "base_url: https://workbench.example.org/podcast\n"
        assert old in text
        settings.write_text(text.replace(old, f"base_url: {server.url}/\n"), encoding="utf-8")
        result = producer("build", "--root", root)
        assert result.status == 0, result.err
        yield Served(root / "build", server.url, RICH if is_rich else SAMPLE, server)
