"""The transcript as the page shows it: where the time of each line leads."""

from typing import Any

import pytest
from texts import derived_from

from producer.render.views import AudioView, Paragraph, episode_context

SOUND = AudioView("a.mp3", "audio/mpeg", 1)
# The second line belongs to the turn of the first, and shows no time of its own.
LINES = [{"line": "a", "sec": 70}, {"line": "b", "sec": 70}, {"line": "c", "sec": 80.5}]


def paragraphs(front: dict[str, Any], audio: AudioView | None) -> list[Paragraph]:
    context = episode_context(derived_from({"title": "T", "transcript": LINES, **front}), audio, "")
    return [paragraph for part in context["transcript"] for paragraph in part.paragraphs]


@pytest.mark.parametrize(
    ("front", "audio", "shown"),
    [
        ({}, None, [("#t=70", 70_000), ("", None), ("#t=80.5", 80_500)]),
        ({}, SOUND, [("#t=70", 70_000), ("", None), ("#t=80.5", 80_500)]),
        (
            {"ids": {"youtube": "abcdefghijk"}},
            None,
            [
                ("https://www.youtube.com/watch?v=abcdefghijk&t=70", 70_000),
                ("", None),
                ("https://www.youtube.com/watch?v=abcdefghijk&t=80", 80_500),
            ],
        ),
        (
            {"ids": {"youtube": "abcdefghijk"}, "audio": {"offset": 60}},
            SOUND,
            [("#t=10", 10_000), ("", None), ("#t=20.5", 20_500)],
        ),
        ({"audio": {"offset": 75}}, SOUND, [("", None), ("", None), ("#t=5.5", 5_500)]),
    ],
)
def test_times_lead_into_the_sound_else_to_the_video_else_to_the_line(
    front: dict[str, Any], audio: AudioView | None, shown: list[tuple[str, int | None]]
) -> None:
    found = paragraphs(front, audio)
    assert [(each.url, each.shown_ms) for each in found] == shown
    assert all(each.url in {"", f"#{each.anchor}"} for each in found if "://" not in each.url)
