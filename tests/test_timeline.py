"""The two timelines: audio time is video time minus the offset, cut at both ends."""

import pytest
from builders import chapters
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.derive.chapters import Chapter
from producer.derive.derived import chapters_in_audio
from producer.derive.timeline import AudioTimeline


@pytest.mark.parametrize(
    ("offset_ms", "length_ms", "span", "wanted"),
    [
        (0, None, (1_000, 2_000), (1_000, 2_000)),
        (500, None, (1_000, 2_000), (500, 1_500)),
        (1_000, None, (1_000, 2_000), (0, 1_000)),
        (1_500, None, (1_000, 2_000), (0, 500)),
        (1_999, None, (1_000, 2_000), (0, 1)),
        (2_000, None, (1_000, 2_000), None),
        (9_000, None, (1_000, 2_000), None),
        (-500, None, (0, 2_000), (500, 2_500)),
        (0, 2_000, (1_000, 2_000), (1_000, 2_000)),
        (0, 1_500, (1_000, 2_000), (1_000, 1_500)),
        (0, 1_000, (1_000, 2_000), None),
        (500, 800, (1_000, 2_000), (500, 800)),
        (0, 0, (0, 2_000), None),
    ],
)
def test_span(
    offset_ms: int,
    length_ms: int | None,
    span: tuple[int, int],
    wanted: tuple[int, int] | None,
) -> None:
    assert AudioTimeline(offset_ms, length_ms).span(*span) == wanted


@given(
    st.integers(-50, 50),
    st.none() | st.integers(0, 100),
    st.integers(0, 100),
    st.integers(1, 60),
)
@settings(max_examples=200)
def test_a_span_holds_the_moments_that_both_hold(
    offset_ms: int, length_ms: int | None, start_ms: int, length: int
) -> None:
    end_of_audio = 10_000 if length_ms is None else length_ms
    moments = [
        moment - offset_ms
        for moment in range(start_ms, start_ms + length)
        if 0 <= moment - offset_ms < end_of_audio
    ]
    found = AudioTimeline(offset_ms, length_ms).span(start_ms, start_ms + length)
    assert found == ((moments[0], moments[-1] + 1) if moments else None)


def test_chapters_as_the_audio_has_them() -> None:
    on_video = chapters((0, "A"), (30, "B"), (60, "C"), (90, "D"), end_s=120)
    assert chapters_in_audio(on_video, AudioTimeline(40_000, 45_000)) == (
        Chapter(0, 20_000, "B", index=1),
        Chapter(20_000, 45_000, "C", index=2),
    )
