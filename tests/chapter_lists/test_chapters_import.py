"""Headers from a list of chapters: where they go, what stays, and the way back."""

# ruff: noqa: E501  a case a line

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.chapter_lists import ChapterList, ListedChapter, read_chapter_list
from producer.chapter_lists.placing import header_edits, place_chapters
from producer.derive.derived import derive
from producer.derive.timeline import Timeline
from producer.errors import EditError
from producer.formats.chapters import CHAPTER_FORMATS, ChapterContext
from producer.model.episode import Header
from producer.model.show import Show
from producer.read.episode import read_episode
from producer.source.edit import Remove, apply, dump
from producer.source.source import Source

Entries = list[dict[str, Any]]


def source_of(entries: Entries, offset: float | None = None) -> Source:
    front: dict[str, Any] = {"title": "X"}
    if offset is not None:
        front["audio"] = {"offset": offset}
    return Source("x.md", f"---\n{dump({**front, 'transcript': entries})}---\n")


def derived_of(source: Source) -> Any:
    episode, _ = read_episode("x", source.path, source.encode())
    assert episode is not None
    return derive(episode, Show(), {})


def imported(source: Source, listed: ChapterList, timeline: Timeline | None = None) -> Source:
    derived = derived_of(source)
    placings = place_chapters(
        derived.episode, derived.chapters, listed, timeline or listed.timeline
    )
    return apply(source, header_edits(placings))


def take(entries: Entries, text: str, offset: float | None = None, on: str = "video") -> Entries:
    """The transcript after the import; a second one changes nothing."""
    listed = read_chapter_list("list", text.encode())
    once = imported(source_of(entries, offset), listed, Timeline(on))
    assert imported(once, listed, Timeline(on)) == once
    transcript: Entries = yaml.safe_load(once.text.split("---\n")[1])["transcript"]
    return transcript


def line(sec: float | None = None, text: str = "word") -> dict[str, Any]:
    return {"line": text} if sec is None else {"line": text, "sec": sec}


def header(title: str, sec: float | None = None) -> dict[str, Any]:
    return {"header": title} if sec is None else {"header": title, "sec": sec}


@pytest.mark.parametrize(
    ("entries", "text", "expected"),
    [
        # Before the first line at or after the start; no `sec` where the line says the same.
        ([line(0), line(5), line(9)], "0:05 A", [line(0), header("A"), line(5), line(9)]),
        # Its own `sec` where they differ.
        ([line(0), line(5), line(9)], "0:06 A", [line(0), line(5), header("A", 6), line(9)]),
        # 0:05 stands for any moment of its second.
        ([line(0), line(5.4)], "0:05 A", [line(0), header("A"), line(5.4)]),
        ([line(0), line(6.4)], "0:05 A", [line(0), header("A", 5), line(6.4)]),
        ([line(0), line(5.4)], "0:05.2 A", [line(0), header("A", 5.2), line(5.4)]),
        # The first opens the episode.
        ([line(3), line(9)], "0:00 A", [header("A"), line(3), line(9)]),
        ([line(12)], "0:00 A", [header("A", 0), line(12)]),
        ([line(63)], "0:00 A\n1:03 B", [header("A", 0), header("B"), line(63)]),
        # After the last line.
        ([line(0), line(5)], "0:00 A\n0:08 B", [header("A"), line(0), line(5), header("B", 8)]),
        # Lines without a time go on with the one before.
        ([line(0), line(), line(5)], "0:05 A", [line(0), line(), header("A"), line(5)]),
        # Headers that are there stay, in the order of their starts.
        ([header("A"), line(0), line(5)], "0:00 A\n0:05 B", [header("A"), line(0), header("B"), line(5)]),
        ([line(0), header("B"), line(9)], "0:05 A", [line(0), header("A", 5), header("B"), line(9)]),
        ([line(0), header("B", 4), line(9)], "0:05 A", [line(0), header("B", 4), header("A", 5), line(9)]),
        ([line(0), header("B", 7), line(9)], "0:05 A", [line(0), header("A", 5), header("B", 7), line(9)]),
        ([line(0), header("B"), line(9)], "0:09 A", [line(0), header("B"), header("A"), line(9)]),
        # A header with that title at that place is left alone.
        ([line(0), header("A"), line(9)], "0:05 A", [line(0), header("A"), line(9)]),
        ([line(0), header("A", 70), line(50), line(90)], "1:10 A", [line(0), header("A", 70), line(50), line(90)]),
    ],
)  # fmt: skip
def test_where_headers_go(entries: Entries, text: str, expected: Entries) -> None:
    assert take(entries, text) == expected


def test_lists_on_the_timeline_of_the_audio() -> None:
    entries = [line(0), line(20), line(40)]
    expected = [header("A"), line(0), line(20), header("B"), line(40)]
    assert take(entries, "0:00 A\n0:35.5 B", 4.5, "audio") == expected
    # An audio that begins late: nothing of the list lies before it.
    assert take(entries, "0:00 A\n0:20 B", 20, "audio") == [
        line(0), header("A"), line(20), header("B"), line(40)
    ]  # fmt: skip
    # One that begins before the video does.
    assert take(entries, "0:00 A\n0:30 B", -10, "audio") == [
        header("A"), line(0), header("B"), line(20), line(40)
    ]  # fmt: skip


def test_without_any_time_there_is_no_place() -> None:
    with pytest.raises(EditError, match=r"^x\.md: no line has a time"):
        take([line(), line()], "0:00 A")


# Titles that a list in text takes as they are; hostile ones have their own tests.
TITLES = st.text("abcXYZß日本 &<*", min_size=3, max_size=9).map(
    lambda text: f"T{' '.join(text.split())}"
)


@st.composite
def episodes(draw: st.DrawFn) -> tuple[Entries, float | None]:
    """Lines that rise, and headers with titles of their own above some of them."""
    size = draw(st.integers(2, 12))
    unit = draw(st.sampled_from([1000, 10, 1]))
    times = draw(
        st.lists(st.integers(0, 7_200_000 // unit), min_size=size, max_size=size, unique=True)
    )
    marks = draw(st.lists(st.booleans(), min_size=size, max_size=size).filter(any))
    titles = draw(st.lists(TITLES, min_size=size, max_size=size, unique=True))
    entries: Entries = []
    for ms, marked, title in zip(sorted(times), marks, titles, strict=True):
        if marked:
            entries.append(header(title))
        entries.append(line(ms * unit / 1000))
        if draw(st.booleans()):
            entries.append(line())
    offset = draw(st.one_of(st.none(), st.sampled_from([0.25, 4.5, -3])))
    return entries, offset


@pytest.mark.parametrize("name", CHAPTER_FORMATS)
@given(episodes())
@settings(max_examples=40)
def test_headers_come_back(name: str, generated: tuple[Entries, float | None]) -> None:
    entries, offset = generated
    source = source_of(entries, offset)
    derived = derived_of(source)
    # Nothing may be cut off, nor merged: such a list says less than the episode.
    offset_ms = derived.episode.audio.offset_ms
    chosen = CHAPTER_FORMATS[name]
    chapters = derived.chapters
    if chosen.timeline is Timeline.AUDIO:
        if chapters[0].end_ms <= offset_ms:
            return
        chapters = derived.audio_chapters
    is_cut = name in {"youtube", "markdown"}
    if is_cut and len({c.start_ms // 1000 for c in chapters}) < len(chapters):
        return
    written = chosen.render(chapters, ChapterContext())
    headers = [header.index for header in derived.episode.headers]
    stripped = apply(source, [Remove(("transcript", index)) for index in reversed(headers)])
    found = derived_of(imported(stripped, read_chapter_list("list", written.encode())))
    assert [c.title for c in found.chapters] == [c.title for c in derived.chapters]
    for before, after in zip(derived.chapters, found.chapters, strict=True):
        is_near = is_cut or before.start_ms <= max(offset_ms, 0)
        assert abs(after.start_ms - before.start_ms) < (5000 if is_near else 1000)
    if any(c.start_ms % 1000 for c in chapters) and name in ("csv",):
        assert [c.start_ms for c in found.chapters] == [c.start_ms for c in derived.chapters]


def clips_of(path: Path) -> tuple[Source, list[tuple[int, str]], Entries]:
    source = Source.decode(path.name, path.read_bytes())
    front = yaml.load(source.text.split("\n---", 1)[0], Loader=yaml.CSafeLoader)
    clips = [
        (c["startOffset"], " ".join(c["name"].split())) for c in front.get("quotableClips") or []
    ]
    return source, clips, front["transcript"]


def test_published_clips_give_the_published_places(corpus: Path) -> None:
    listed = wrong = 0
    for path in sorted((corpus / "episodes").glob("*.md")):
        source, clips, _ = clips_of(path)
        episode, _ = read_episode("x", source.path, source.encode())
        assert episode is not None
        starts = [start for start, _ in clips]
        if not clips or any(b < a for a, b in pairwise(starts)):
            continue
        indices = [entry.index for entry in episode.transcript if isinstance(entry, Header)]
        stripped = apply(source, [Remove(("transcript", index)) for index in reversed(indices)])
        chapters = tuple(ListedChapter(s * 1000, title, "") for s, title in clips)
        after = imported(stripped, ChapterList(chapters, "text", Timeline.VIDEO))
        found, _ = read_episode("x", after.path, after.encode())
        assert found is not None
        places, published = places_of(found.transcript), places_of(episode.transcript)
        listed += len(clips)
        wrong += sum(title in published and places[title] != published[title] for _, title in clips)
        wrong += sum(
            title not in published for _, title in clips if title != "Podcast Introduction"
        )
    assert (listed, wrong) == (710, 0)


def places_of(transcript: Any) -> dict[str, int]:
    """How many lines with a time stand above each header, by its title.

    Paragraphs without one may stand between a published header and the line that times it.
    """
    places, lines = {}, 0
    for entry in transcript:
        if isinstance(entry, Header):
            places.setdefault(entry.title, lines)
        else:
            lines += entry.start_ms is not None
    return places


SLUG = "s01e02-wie-klingt-groesse"


def test_the_command(sample: Path, producer: Run) -> None:
    path = sample / "episodes" / f"{SLUG}.md"
    whole = path.read_bytes()
    listed = sample / "list.txt"
    listed.write_text(producer("chapters", SLUG, "--root", sample).out + "1:99 Nowhere\n")
    path.write_text("".join(
        each for each in whole.decode().splitlines(keepends=True) if "- header:" not in each
    ))  # fmt: skip
    bare = path.read_bytes()
    shown = producer("chapters", SLUG, "--root", sample, "--import", listed)
    added = [each[1:] for each in shown.out.splitlines() if each.startswith("+-")]
    assert [each.encode() for each in added] == [
        each for each in whole.splitlines() if each.startswith(b"- header:")
    ]
    assert shown.status == 0
    assert path.read_bytes() == bare
    assert f"{listed}: line 6: not in the list, or not a time: '1:99 Nowhere'" in shown.err
    assert "5 headers of 5 in the list to write" in shown.err
    written = producer("chapters", SLUG, "--root", sample, "--import", listed, "--write")
    assert (written.status, written.out) == (0, shown.out)
    assert path.read_bytes() == whole
    again = producer("chapters", SLUG, "--root", sample, "--import", listed, "--write")
    assert (again.status, again.out) == (0, "")
    assert "0 headers of 5 in the list written" in again.err
    assert path.read_bytes() == whole


@pytest.mark.parametrize("name", CHAPTER_FORMATS)
def test_its_own_list_changes_nothing(sample: Path, producer: Run, name: str) -> None:
    listed = sample / "list"
    listed.write_text(producer("chapters", SLUG, "--root", sample, "--format", name).out)
    result = producer("chapters", SLUG, "--root", sample, "--import", listed)
    assert (result.status, result.out) == (0, "")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--write",), "--write goes with --import only"),
        (("--import", "x", "--format", "csv"), "--import finds out the format itself"),
        (("--import", "/nowhere"), "producer: error: /nowhere: there is no such file"),
        (("--import", "."), "producer: error: .: cannot be read: Is a directory"),
    ],
)
def test_wrong_use(sample: Path, producer: Run, args: tuple[str, ...], said: str) -> None:
    result = producer("chapters", SLUG, "--root", sample, *args)
    assert (result.status, result.out) == (2, "")
    assert said in result.err
