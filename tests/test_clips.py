"""Clips: one a chapter, and what `quotableClips` holds of them."""

from itertools import pairwise

from builders import chapters, touching_chapters
from hypothesis import given
from hypothesis import strategies as st

from producer.derive.chapters import Chapter
from producer.derive.clips import Clip, derive_clips, quotable_clips

ID = "7SLd5V7z3xQ"


def test_a_clip_a_chapter_to_the_millisecond() -> None:
    clips = derive_clips(chapters((0, "Hello, Größe!"), (60.5, "🎧"), end_s=90.25))
    assert clips == (
        Clip("Hello, Größe!", 0, 60_500, "01-hello-grosse", 0),
        Clip("🎧", 60_500, 90_250, "02-clip", 1),
    )


def test_the_entries_and_the_order_of_their_keys() -> None:
    clips = derive_clips(chapters((0, "A: b"), (60.9, "B"), end_s=90.9))
    entries = quotable_clips(clips, ID)
    assert [list(entry.items()) for entry in entries] == [
        [
            ("name", "A: b"),
            ("startOffset", 0),
            ("url", f"https://www.youtube.com/watch?v={ID}&t=0"),
            ("endOffset", 60),
        ],
        [
            ("name", "B"),
            ("startOffset", 60),
            ("url", f"https://www.youtube.com/watch?v={ID}&t=60"),
            ("endOffset", 90),
        ],
    ]


def test_without_a_video_there_is_no_url() -> None:
    entries = quotable_clips(derive_clips(chapters((0, "A"), end_s=9)), None)
    assert [list(entry.items()) for entry in entries] == [
        [("name", "A"), ("startOffset", 0), ("endOffset", 9)]
    ]


def test_none_are_none() -> None:
    assert derive_clips(()) == ()
    assert quotable_clips((), ID) == []


def test_chapters_that_share_a_second_still_rise() -> None:
    parts = (5.0, "A"), (5.2, "B"), (5.4, "C"), (6.0, "D"), (60, "E")
    entries = quotable_clips(derive_clips(chapters(*parts, end_s=60.5)), None)
    assert [(e["startOffset"], e["endOffset"]) for e in entries] == [
        (5, 6),
        (6, 7),
        (7, 8),
        (8, 60),
        (60, 61),
    ]


crowded = st.lists(st.integers(1, 2_000), min_size=2, max_size=20).map(
    lambda steps: chapters(
        *((sum(steps[:n]) / 1000, f"T{n}") for n in range(1, len(steps))), end_s=sum(steps) / 1000
    )
)


@given(crowded | touching_chapters())
def test_seconds_are_whole_rise_strictly_and_touch(given_chapters: tuple[Chapter, ...]) -> None:
    entries = quotable_clips(derive_clips(given_chapters), ID)
    assert [entry["name"] for entry in entries] == [c.title for c in given_chapters]
    for entry, following in pairwise(entries):
        assert entry["startOffset"] < entry["endOffset"] == following["startOffset"]
    assert entries[-1]["startOffset"] < entries[-1]["endOffset"]
    above = -1
    for entry, chapter in zip(entries, given_chapters, strict=True):
        assert list(entry) == ["name", "startOffset", "url", "endOffset"]
        assert isinstance(entry["startOffset"], int)
        assert entry["startOffset"] == max(chapter.start_ms // 1000, above + 1)
        assert entry["url"].endswith(f"?v={ID}&t={entry['startOffset']}")
        above = entry["startOffset"]
