"""Reading episodes, people and the show: what the files say, and where each value stands."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT, Run

from producer.derive.derived import derive
from producer.model.episode import AudioSettings, Episode, Header, Line
from producer.model.person import Link
from producer.model.show import Category, Show
from producer.read.episode import read_episode
from producer.read.person import read_person
from producer.read.show import read_show

TEXT = """\
---
title: Ada talks
short: 'Ada'
season: 03
episode: "7"
guests: [ada, grace]
ids: {youtube: abcdefghijk}
description: >-
  Folded
  text.
dateadded: 2026-03-31
date: 2027-01-01
custom:
  nested: [1, two, 3.5, yes, 2026-01-02]
audio:
  offset: 4.5
transcript:
- header: Begin & end
- line: 'Hello:
    there'
  sec: 0
  time: 0:00
  who: Ada
- line: Unquoted minutes.
  time: 1:25
- line: Half a second.
  sec: "90.5"
  who: Grace
---
Body *text*
"""


def read(text: str | bytes) -> Episode:
    data = text.encode() if isinstance(text, str) else text
    episode, problems = read_episode("ada", "episodes/ada.md", data)
    assert problems == ()
    assert episode is not None
    return episode


def test_values_mean_what_they_look_like() -> None:
    episode = read(TEXT)
    assert (episode.title, episode.short, episode.season, episode.number) == (
        "Ada talks",
        "Ada",
        3,
        7,
    )
    assert episode.guests == ("ada", "grace")
    assert episode.description == "Folded text."
    assert episode.published == datetime.datetime(2026, 3, 31, tzinfo=datetime.UTC)
    assert episode.audio == AudioSettings(offset_ms=4500)
    assert episode.transcript == (
        Header("Begin & end", None, 0),
        Line("Hello: there", 0, "Ada", 1),
        Line("Unquoted minutes.", 85_000, "Ada", 2),
        Line("Half a second.", 90_500, "Grace", 3),
    )
    assert episode.body == "Body *text*\n"


def test_unknown_keys_are_kept() -> None:
    assert read(TEXT).data["custom"] == {
        "nested": [1, "two", 3.5, "yes", datetime.date(2026, 1, 2)]
    }


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 2, 8),
        (("episode",), 5, 10),
        (("guests", 1), 6, 15),
        (("ids", "youtube"), 7, 16),
        (("custom", "nested", 2), 14, 20),
        (("audio", "offset"), 16, 11),
        (("transcript", 0, "header"), 18, 11),
        (("transcript", 2, "time"), 25, 9),
        (("transcript", 3, "sec"), 27, 8),
    ],
)
def test_every_value_knows_its_place(path: tuple[str | int, ...], line: int, column: int) -> None:
    assert read(TEXT).position(*path) == ("episodes/ada.md", line, column)
    bom_and_crlf = ("\ufeff" + TEXT.replace("\n", "\r\n")).encode()
    assert read(bom_and_crlf).position(*path) == ("episodes/ada.md", line, column)


def test_a_value_that_is_not_there_has_no_place() -> None:
    assert read(TEXT).position("transcript", 9, "sec") is None
    assert Show().position("title") is None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("---\n", "---  \t\n"),
        lambda text: text.rstrip("\n"),
        lambda text: "\n\n" + text,
        lambda text: text.replace("\n---\nBody *text*\n", "\n---"),
        lambda text: text.replace("time: 0:00", "time: '0:00'").replace("sec: 0\n", "sec: '0'\n"),
    ],
    ids=["crlf", "bom", "blanks on fences", "no line end", "blank lines", "no body", "quoted"],
)
def test_variants_seen_in_the_wild_give_the_same_chapters(change: Any) -> None:
    plain, other = read(TEXT), read(change(TEXT))
    assert other.transcript == plain.transcript
    assert other.data == plain.data or "quoted" in str(other.data)
    assert derive(other, Show(), {}).chapters == derive(plain, Show(), {}).chapters


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("dateadded: 2026-03-31", "2026-03-31T00:00:00+00:00"),
        ("dateadded: '2026-03-31'", "2026-03-31T00:00:00+00:00"),
        ("date: 2026-03-31 10:15", "2026-03-31T10:15:00+00:00"),
        ("date: 2026-03-31T10:15:00+02:00", "2026-03-31T08:15:00+00:00"),
        ("date: 2026-03-31T10:15:00Z", "2026-03-31T10:15:00+00:00"),
        ("dateadded: 2026-03-31\ndate: 2020-01-01", "2026-03-31T00:00:00+00:00"),
    ],
)
def test_dates(front: str, expected: str) -> None:
    published = read(f"---\ntitle: x\n{front}\ntranscript:\n- line: a\n---\n").published
    assert published is not None
    assert published.isoformat() == expected


@pytest.mark.parametrize(
    ("offset", "ms"), [("4.5", 4500), ("-3", -3000), ("'0.25'", 250), ("0", 0)]
)
def test_offsets(offset: str, ms: int) -> None:
    text = f"---\ntitle: x\naudio: {{offset: {offset}}}\ntranscript:\n- line: a\n---\n"
    assert read(text).audio.offset_ms == ms


@pytest.mark.parametrize(
    ("front", "video_id"),
    [
        ("ids: {youtube: abcdefghijk}", "abcdefghijk"),
        ("links: {youtube: 'https://youtu.be/abcdefghijk?t=4'}", "abcdefghijk"),
        ("ids: {youtube: TODO}", None),
        ("ids: {youtube: -abcdefghi_}", "-abcdefghi_"),
    ],
)
def test_video_id(front: str, video_id: str | None) -> None:
    assert read(f"---\ntitle: x\n{front}\ntranscript:\n- line: a\n---\n").youtube_id == video_id


def test_a_file_of_absurd_size_is_a_problem_of_that_file_alone(
    tmp_path: Path, producer: Run
) -> None:
    folder = tmp_path / "episodes"
    folder.mkdir()
    (folder / "good.md").write_text("---\ntitle: Good\ntranscript: [{line: a, sec: 0}]\n---\n")
    with (folder / "huge.md").open("wb") as file:
        file.write(b"---\ntitle: x\n")
        file.truncate(200 * 1024 * 1024)
    result = producer("build", "--root", tmp_path)
    assert result.status == 1
    assert "huge.md: error[F107]: larger than 8 MiB" in result.err
    assert (tmp_path / "build" / "good" / "index.html").is_file()
    assert not (tmp_path / "build" / "huge").exists()


def test_a_person() -> None:
    person, problems = read_person(
        "ada",
        "people/ada.md",
        b"---\nshort: ada\ntitle: Ada Lovelace\ntwitter: '@ada'\nlinkedin: ada-l\n"
        b"web: ada.example.org\nbio_short: Notes\n---\n\nWrote *notes*.",
    )
    assert [problem.code for problem in problems] == ["P202"]  # web
    assert person is not None
    assert (person.name, person.bio) == ("Ada Lovelace", "Wrote *notes*.")
    assert person.links == (
        Link(label="LinkedIn", url="https://www.linkedin.com/in/ada-l/"),
        Link(label="X", url="https://x.com/ada"),
    )
    assert person.data["bio_short"] == "Notes"
    assert person.position("title") == ("people/ada.md", 3, 8)


def test_the_sample_show() -> None:
    show, problems = read_show("podcast.yaml", (PROJECT / "podcast.yaml").read_bytes())
    assert problems == ()
    assert show is not None
    assert (show.title, show.language, show.explicit) == ("Workbench Radio", "en", False)
    assert show.categories == (
        Category(name="Education", subcategory="How To"),
        Category(name="Leisure", subcategory="Crafts"),
        Category(name="Technology"),
    )
    assert show.url("a b", "x.mp3") == "https://workbench.example.org/podcast/a%20b/x.mp3"
    assert show.position("title") == ("podcast.yaml", 4, 8)


@pytest.mark.parametrize("word", ["true", "yes", "True", "'yes'"])
def test_explicit(word: str) -> None:
    show, _ = read_show("podcast.yaml", f"title: x\nexplicit: {word}\n".encode())
    assert show is not None
    assert show.explicit is True
