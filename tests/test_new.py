"""`new` and the captions behind it; YouTube is a session that answers as YouTube does."""

import json
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from conftest import Run

from producer.captions.caption import Caption, parse_listing
from producer.captions.youtube import fetch_captions
from producer.errors import InputError
from producer.new_episode import draft_lines, next_numbers

VIDEO = "abcdefghijk"
TIMED_TEXT = (
    '<?xml version="1.0" encoding="utf-8" ?><transcript>'
    '<text start="0.5" dur="2">hello &amp;amp; welcome</text>'
    '<text start="31.2" dur="2">second   part</text></transcript>'
)


class FakeYouTube(requests.Session):
    """Answers the three requests of youtube-transcript-api, through its own code."""

    def __init__(self, player: dict[str, Any]) -> None:
        super().__init__()
        self.player = player

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        if "/watch?" in url:
            return self._answer('"INNERTUBE_API_KEY": "key"')
        if "/youtubei/" in url:
            return self._answer(json.dumps(self.player))
        return self._answer(TIMED_TEXT)

    def _answer(self, text: str) -> requests.Response:
        response = requests.Response()
        response.status_code = 200
        response._content = text.encode()
        response.encoding = "utf-8"
        return response


def player(*languages: str) -> dict[str, Any]:
    tracks = [
        {
            "baseUrl": f"https://www.youtube.com/api/timedtext?lang={language}",
            "name": {"runs": [{"text": language}]},
            "languageCode": language,
            "isTranslatable": False,
        }
        for language in languages
    ]
    captions = {"playerCaptionsTracklistRenderer": {"captionTracks": tracks}}
    return {"playabilityStatus": {"status": "OK"}, "captions": captions}


def test_captions_through_the_library() -> None:
    captions = fetch_captions(VIDEO, "de-AT", FakeYouTube(player("de", "fr")))
    assert captions == (Caption(500, "hello & welcome"), Caption(31_200, "second part"))


@pytest.mark.parametrize(
    ("answer", "message", "hint"),
    [
        ({"playabilityStatus": {"status": "OK"}}, "TranscriptsDisabled", "no captions"),
        (player("fr"), "NoTranscriptFound", "other languages"),
        (
            {"playabilityStatus": {"status": "ERROR", "reason": "This video is unavailable"}},
            "VideoUnavailable",
            "is the id right",
        ),
        (
            {
                "playabilityStatus": {
                    "status": "LOGIN_REQUIRED",
                    "reason": "Sign in to confirm you’re not a bot",
                }
            },
            "RequestBlocked",
            "refuses this network",
        ),
    ],
)
def test_refusals_say_what_to_do(answer: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        fetch_captions(VIDEO, "en", FakeYouTube(answer))
    assert caught.value.message == f"no captions for video {VIDEO} ({message})"
    assert hint in (caught.value.hint or "")


def test_listing() -> None:
    assert parse_listing("0:00 hi everyone\n\n1:00:02 the end") == (
        Caption(0, "hi everyone"),
        Caption(3_602_000, "the end"),
    )
    with pytest.raises(ValueError, match="line 2 does not begin with a time"):
        parse_listing("0:00 hi\nno time here")


def test_draft_paragraphs_keep_every_word_and_the_time_of_the_first() -> None:
    captions = [Caption(seconds * 1000, f"w{seconds}") for seconds in range(0, 100, 10)]
    lines = draft_lines(captions)
    assert [(line["sec"], line["time"]) for line in lines] == [
        (0, "0:00"),
        (30, "0:30"),
        (60, "1:00"),
        (90, "1:30"),
    ]
    assert " ".join(line["line"] for line in lines) == " ".join(c.text for c in captions)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ([], {"season": 1, "episode": 1}),
        ([(1, 7), (2, 3), (2, None)], {"season": 2, "episode": 4}),
        ([(None, 4)], {"season": 1, "episode": 5}),
    ],
)
def test_next_numbers(known: list[tuple[int | None, int | None]], expected: dict[str, int]) -> None:
    assert next_numbers(known) == expected


def test_new_from_a_listing_is_an_episode_that_builds(
    sample: Path, producer: Run, tmp_path: Path
) -> None:
    listing = tmp_path / "captions.txt"
    listing.write_text("0:00 hello: everyone\n0:40 yes # no\n1:20 - dash and 'quotes'")
    made = producer("new", "s01e03-soap", "--from", listing, "--root", sample, cwd=sample)
    assert (made.status, made.out) == (0, "episodes/s01e03-soap.md\n")
    text = (sample / "episodes" / "s01e03-soap.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("\n---", 1)[0])
    assert (front["season"], front["episode"]) == (1, 3)
    assert [(line["line"], line["sec"]) for line in front["transcript"]] == [
        ("hello: everyone", 0),
        ("yes # no", 40),
        ("- dash and 'quotes'", 80),
    ]
    assert producer("build", "s01e03-soap", "--root", sample, "--no-audio").status == 0
    again = producer("new", "s01e03-soap", "--root", sample)
    assert again.status == 2
    assert "is there already" in again.err


@pytest.mark.parametrize("slug", ["_draft", ".hidden", "a/b", ""])
def test_names_that_cannot_be(sample: Path, producer: Run, slug: str) -> None:
    assert producer("new", slug, "--root", sample).status == 2


def test_new_without_captions_passes_the_check(sample: Path, producer: Run) -> None:
    assert producer("new", "empty", "--root", sample).status == 0
    assert producer("check", "empty", "--root", sample).status == 0
