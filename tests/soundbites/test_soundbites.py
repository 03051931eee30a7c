"""Soundbites: from the front matter to their times, by words, captions or the clock."""

import json
import textwrap
from pathlib import Path

import mutagen
import pytest
from conftest import Run

from producer.audio.measure import measure
from producer.captions.caption import Caption
from producer.derive.derived import Derived, derive
from producer.feed.item import Enclosure, feed_item
from producer.model.show import Show
from producer.read.episode import read_episode

TRANSCRIPT = """\
transcript:
- header: One
- line: Zero one two three four five six seven eight nine.
  sec: 10
  who: Ada
- line: Ten eleven twelve thirteen fourteen.
  who: Ada
- line: I think so, and so it is.
  sec: 40
  who: Grace
- header: Two
- line: I think not. That is it.
  sec: 70
  who: Ada
- line: The end of it all.
  sec: 100
  who: Ada
"""


def derived(
    soundbites: str,
    audio_s: float | None = 120,
    captions: tuple[Caption, ...] = (),
    extra: str = "",
) -> Derived:
    text = f"---\ntitle: T\n{extra}soundbites:\n{textwrap.dedent(soundbites)}{TRANSCRIPT}---\n"
    episode, problems = read_episode("e", "e.md", text.encode())
    assert episode is not None
    assert problems == ()
    audio_ms = None if audio_s is None else round(audio_s * 1000)
    return derive(episode, Show(base_url="https://x.example"), {}, audio_ms, captions)


def bites(found: Derived) -> list[tuple[str, int, int]]:
    return [(bite.name, bite.start_ms, bite.end_ms) for bite in found.soundbites]


def codes(found: Derived) -> list[str]:
    return [p.code for p in found.problems if p.code[0] == "B"]


@pytest.mark.parametrize(
    ("written", "start_ms", "end_ms"),
    [
        # Fifteen words share the thirty seconds of the turn.
        ("{quote: Zero one ... fourteen., title: X}", 10_000, 40_000),
        ("{quote: five six ... fourteen., title: X}", 20_000, 40_000),
        ("{quote: 'Zero one ... twelve', title: X}", 10_000, 36_000),
        ("{quote: 'nine. Ten ... I think so, and so it is.', title: X}", 28_000, 70_000),
        ("{quote: 'That is it. ... of it all.', title: X}", 85_000, 120_000),
        ("{start: 20, end: 40, title: X}", 20_000, 40_000),
        ("{start: 0:20, end: '0:40.5', title: X}", 20_000, 40_500),
        ("{start: 20.25, duration: 0:30, title: X}", 20_250, 50_250),
        ("{start: 100, end: 120.9, title: X}", 100_000, 120_000),
    ],
)
def test_times(written: str, start_ms: int, end_ms: int) -> None:
    found = derived(f"- {written}\n")
    assert bites(found) == [("X", start_ms, end_ms)]
    assert codes(found) == []


def test_a_quote_alone_stands_for_an_entry_and_its_title() -> None:
    found = derived("- Zero one ... fourteen.\n- I think so ... is.\n")
    assert [bite.quote for bite in found.soundbites] == [
        "Zero one two three four five six seven eight nine. Ten eleven twelve thirteen fourteen.",
        "I think so, and so it is.",
    ]
    assert [bite.name for bite in found.soundbites] == [
        "Zero one two three four five six seven eight nine. Ten…",
        "I think so, and so it is.",
    ]
    assert [bite.file_name for bite in found.soundbites] == [
        "soundbite-01-zero-one-two-three-four-five-six-seven-eight-nine-ten",
        "soundbite-02-i-think-so-and-so-it-is",
    ]


def test_words_said_often_mean_the_place_where_the_rest_is_near() -> None:
    found = derived("- {quote: I think ... That is it., title: X}\n")
    assert bites(found) == [], "from both places it is less than two minutes"
    assert codes(found) == ["B103"]
    longer = TRANSCRIPT.replace("sec: 70", "sec: 270").replace("sec: 100", "sec: 300")
    text = f"---\ntitle: T\nsoundbites: ['I think ... That is it.']\n{longer}---\n"
    episode, _ = read_episode("e", "e.md", text.encode())
    assert episode is not None
    (bite,) = derive(episode, Show(), {}, 400_000).soundbites
    assert (bite.start_ms, bite.end_ms) == (270_000, 300_000)


SAID = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"


def test_captions_know_it_better() -> None:
    captions = tuple(
        Caption(12_000 + 1500 * number, word, 12_400 + 1500 * number)
        for number, word in enumerate(SAID.split())
    )
    found = derived("- {quote: five six ... fourteen., title: X}\n", captions=captions)
    # From the first word to the end of the last.
    assert bites(found) == [("X", 19_500, 33_400)]
    elsewhere = (Caption(0, "nothing of the kind"), Caption(5000, "is ever heard"))
    assert bites(derived("- {quote: five six ... fourteen., title: X}\n", captions=elsewhere)) == [
        ("X", 20_000, 40_000)
    ]


@pytest.mark.parametrize(
    ("written", "code", "spans"),
    [
        ("{quote: Zero one to three, title: X}", "B102", []),
        ("{quote: Zero ... fifteen, title: X}", "B102", []),
        ("{quote: fourteen ... Zero, title: X}", "B102", []),
        ("{quote: I think, title: X}", "B103", []),
        ("{quote: Zero one two, title: X}", "B104", [(10_000, 16_000)]),
        ("{quote: Zero ... so it is., title: X}", "", [(10_000, 70_000)]),
        ("{start: 0, end: 120, title: X}", "", [(0, 120_000)]),
        ("{start: 20, end: 34.999, title: X}", "B104", [(20_000, 34_999)]),
        ("{start: 121, end: 150, title: X}", "B105", []),
        ("{start: 100, end: 122, title: X}", "B105", [(100_000, 120_000)]),
        ("{start: 0, end: 9, title: X}", "B104 B106", [(0, 9000)]),
    ],
)
def test_problems(written: str, code: str, spans: list[tuple[int, int]]) -> None:
    found = derived(f"- {written}\n")
    assert [(bite.start_ms, bite.end_ms) for bite in found.soundbites] == spans
    assert sorted(codes(found)) == code.split()


def test_the_audio_may_begin_later() -> None:
    found = derived(
        """\
        - {start: 0, end: 15, title: A}
        - {start: 15, end: 40, title: B}
        - {start: 30, end: 60, title: C}
        """,
        audio_s=100,
        extra="audio: {offset: 20}\n",
    )
    assert [bite.name for bite in found.soundbites] == ["B", "C"]
    assert codes(found) == ["B105"]
    item = feed_item(found, [Enclosure("u", 1, "audio/mpeg")], "", "", lambda _: "")
    # What straddles the beginning starts there; 0 itself is lost on some apps.
    assert item.soundbites == [(1, 19_999, "B"), (10_000, 30_000, "C")]


def test_without_audio_the_end_is_not_believed() -> None:
    found = derived(
        "- {start: 100, end: 130, title: A}\n- {start: 500, end: 530, title: B}\n", None
    )
    assert bites(found) == [("A", 100_000, 130_000)]
    assert codes(found) == ["B105"]


def test_the_feed_has_the_marked_ones_in_the_place_of_chapters() -> None:
    def feed_soundbites(found: Derived) -> list[tuple[int, int, str]]:
        return feed_item(found, [Enclosure("u", 1, "audio/mpeg")], "", "", lambda _: "").soundbites

    assert feed_soundbites(derived("- {start: 20, end: 40, title: X}\n")) == [(20_000, 20_000, "X")]
    by_chapters = [(10_000, 60_000, "One"), (70_000, 50_000, "Two")]
    assert feed_soundbites(derived("- {quote: nobody said this, title: X}\n")) == by_chapters


def test_nobody_speaks() -> None:
    text = "---\ntitle: T\nsoundbites: [hello, {start: 1, end: 20}]\ntranscript: []\n---\n"
    episode, _ = read_episode("e", "e.md", text.encode())
    assert episode is not None
    found = derive(episode, Show(), {}, 60_000)
    assert bites(found) == [("T", 1000, 20_000)]
    assert codes(found) == ["B102"]


def test_a_build_cuts_it_and_speaks_of_it(built: Path) -> None:
    folder = built / "build" / "s01e01-a-podcast-in-a-git-repository"
    document = json.loads((folder / "soundbites.json").read_text(encoding="utf-8"))
    (bite,) = document["soundbites"]
    assert bite["audio"] == {"start": 35, "end": 57}
    start, end = bite["cut"]["start"], bite["cut"]["end"]
    assert abs(start - 35) <= 1.5
    assert abs(end - 57) <= 1.5
    assert measure(folder / bite["file"]).duration_ms == pytest.approx((end - start) * 1000, abs=1)
    captions = (folder / bite["captions"]).read_text(encoding="utf-8")
    assert captions.startswith("WEBVTT\n\n00:00:00.")
    assert captions.rstrip().endswith("all follow from that one correction.")
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert 'data-at="35000">0:35</a> One correction, one line</li>' in page
    tags = mutagen.File(folder / bite["file"])
    assert (str(tags["TIT2"]), str(tags["TRCK"])) == ("One correction, one line", "1/1")


def test_cut_gives_it_beside_the_chapters(sample: Path, producer: Run, tmp_path: Path) -> None:
    slug = "s01e01-a-podcast-in-a-git-repository"
    for mode in ("copy", "polish"):
        result = producer("cut", slug, "--mode", mode, "--out", tmp_path / mode, "--root", sample)
        assert result.status == 0, result.err
        names = {path.name for path in (tmp_path / mode).iterdir()}
        assert "soundbite-01-one-correction-one-line.mp3" in names
        assert len(names) == len(result.out.splitlines()) == 6


TWENTY = "It is one text file At the top are the dull facts the title the guest the date"


def test_changed_captions_are_seen_by_a_build(sample: Path, producer: Run) -> None:
    slug = "s01e01-a-podcast-in-a-git-repository"
    assert producer("build", slug, "--no-audio", "--root", sample).status == 0
    assert "nothing to do" in producer("build", slug, "--no-audio", "--root", sample).err
    folder = sample / "episodes" / "captions"
    folder.mkdir()
    words = TWENTY.split()
    lines = [f"00:00:{36 + n}.100 --> 00:00:{36 + n}.900\n{w}\n" for n, w in enumerate(words)]
    tail = "00:00:55.000 --> 00:00:56.500\nall follow from that one correction\n"
    (folder / f"{slug}.vtt").write_text("\n".join(["WEBVTT\n", *lines, tail]), encoding="utf-8")
    assert producer("build", slug, "--no-audio", "--root", sample).status == 0
    text = (sample / "build" / slug / "soundbites.json").read_text(encoding="utf-8")
    (bite,) = json.loads(text)["soundbites"]
    assert bite["video"]["start"] == 36.1
    assert 55.5 < bite["video"]["end"] <= 56.5
