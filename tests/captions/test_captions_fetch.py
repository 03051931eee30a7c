"""Fetching, through the library's own code, from a server that answers as YouTube does."""

import datetime
import inspect
import json
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import youtube_transcript_api._errors as library
from youtube_server import VIDEO, Answer, Track, YouTube, serve, session_for

from producer.captions.fetched import FetchedCaption, FetchedCaptions, keep
from producer.captions.refusals import REFUSALS, refusal
from producer.captions.session import MAX_RETRIES
from producer.captions.youtube import default_languages, fetch_captions, video_id_in
from producer.errors import InputError, WorkspaceError

AT = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
BOT = "Sign in to confirm you’re not a bot"
AGE = "This video may be inappropriate for some users."


@pytest.fixture
def youtube() -> Iterator[YouTube]:
    with serve(YouTube()) as running:
        yield running


@pytest.fixture
def waited() -> list[float]:
    return []


def fetch(
    youtube: YouTube, waited: list[float], languages: str = "en", translate: str | None = None
) -> FetchedCaptions:
    with session_for(youtube, waited) as session:
        return fetch_captions(
            VIDEO, languages.split(","), fetched_at=AT, translate=translate, session=session
        )


def refused(youtube: YouTube, waited: list[float], **options: Any) -> tuple[str, str]:
    with pytest.raises(InputError) as caught:
        fetch(youtube, waited, **options)
    begin = f"no captions for video {VIDEO}: "
    message, hint = caught.value.message, caught.value.hint or ""
    assert message.startswith(begin)
    assert "\n" not in message + hint
    return message.removeprefix(begin), hint


def test_what_came_is_kept_as_it_came(youtube: YouTube, waited: list[float]) -> None:
    fetched = fetch(youtube, waited)
    assert fetched.captions == (
        FetchedCaption(0.5, 2.25, "hello & welcome"),
        FetchedCaption(31.2, 2.0, "second\npart"),
    )
    assert json.loads(fetched.to_json()) == {
        "videoId": VIDEO,
        "language": "English",
        "languageCode": "en",
        "isGenerated": False,
        "fetchedAt": "2026-01-02T03:04:05Z",
        "captions": [
            {"start": 0.5, "duration": 2.25, "text": "hello & welcome"},
            {"start": 31.2, "duration": 2.0, "text": "second\npart"},
        ],
    }
    assert youtube.requests == ["watch", "player", "timedtext"]
    assert waited == []


EN, EN_GB, DE = Track("en", "English"), Track("en-GB", "British"), Track("de", "German")
EN_ASR = Track("en", "English (auto-generated)", generated=True)
DE_ASR = Track("de", "German (auto-generated)", generated=True)


@pytest.mark.parametrize(
    ("tracks", "languages", "expected"),
    [
        ([EN_ASR, EN], "en", EN),
        ([EN_ASR, DE], "en,de", EN_ASR),
        ([EN_ASR, DE], "fr,de,en", DE),
        ([EN_ASR, EN_GB], "en", EN_GB),
        ([EN_GB, EN], "en", EN),
        ([EN_GB, EN], "en-gb", EN_GB),
        ([DE_ASR, DE], "de-AT,en", DE),
        ([EN, DE_ASR], "de-AT,en", DE_ASR),
    ],
)
def test_the_language_first_then_people_before_machines(
    youtube: YouTube, waited: list[float], tracks: list[Track], languages: str, expected: Track
) -> None:
    youtube.tracks = tracks
    fetched = fetch(youtube, waited, languages)
    assert (fetched.language_code, fetched.language, fetched.is_generated) == (
        expected.code,
        expected.name,
        expected.generated,
    )
    assert youtube.languages_asked == [expected.code]


def test_the_languages_of_a_show() -> None:
    assert default_languages("de-AT") == ("de-AT", "en")
    assert default_languages("en") == ("en",)


def test_a_translation_on_request(youtube: YouTube, waited: list[float]) -> None:
    fetched = fetch(youtube, waited, translate="de")
    assert youtube.languages_asked == ["de"]
    assert (fetched.language, fetched.language_code, fetched.translated_from) == (
        "German",
        "de",
        "en",
    )
    assert json.loads(fetched.to_json())["translatedFrom"] == "en"


def test_consent_to_cookies_is_given_once(youtube: YouTube, waited: list[float]) -> None:
    youtube.consents = 1
    assert len(fetch(youtube, waited).captions) == 2
    assert youtube.requests == ["watch", "watch", "player", "timedtext"]


LATER = "try again later or from another network, or set HTTPS_PROXY"
COPY = "copy them from YouTube's transcript panel into a file, and use `producer new --from FILE`"
REFUSED = "YouTube refuses this network for now"
UPDATE = "update it: pip install --upgrade youtube-transcript-api"


def unplayable(status: str, reason: str, *more: str) -> dict[str, Any]:
    runs = {"playerErrorMessageRenderer": {"subreason": {"runs": [{"text": m} for m in more]}}}
    return {"status": status, "reason": reason, "errorScreen": runs}


@pytest.mark.parametrize(
    ("changes", "options", "message", "hint"),
    [
        (
            {"has_captions": False},
            {},
            "it has no captions, or they are disabled",
            REFUSALS[library.TranscriptsDisabled][1],
        ),
        (
            {"tracks": [DE, EN_ASR]},
            {"languages": "fr,es"},
            "it has none in the language fr or es",
            "--language takes one that it has: de, en (generated)",
        ),
        (
            {"playability": {"status": "ERROR", "reason": "This video is unavailable"}},
            {},
            "there is no such video",
            "is the id right, and the video public or unlisted?",
        ),
        (
            {"playability": {"status": "LOGIN_REQUIRED", "reason": BOT}},
            {},
            "YouTube takes this network for a robot",
            LATER,
        ),
        (
            {"playability": {"status": "LOGIN_REQUIRED", "reason": AGE}},
            {},
            "YouTube shows it to grown-ups who are signed in only",
            COPY,
        ),
        (
            {"playability": unplayable("LOGIN_REQUIRED", "Sign in to confirm your age")},
            {},
            "YouTube does not play it: Sign in to confirm your age",
            COPY,
        ),
        (
            {"playability": unplayable("LOGIN_REQUIRED", "Private video", "Sign in\nif you may.")},
            {},
            "YouTube does not play it: Private video Sign in if you may.",
            "make it unlisted until the captions are fetched",
        ),
        (
            {"playability": unplayable("LIVE_STREAM_OFFLINE", "Premieres in 3 hours")},
            {},
            "YouTube does not play it: Premieres in 3 hours",
            "wait until it is over",
        ),
        (
            {"playability": {"status": "UNPLAYABLE"}},
            {},
            "YouTube does not play it",
            "is it public or unlisted, and over?",
        ),
        (
            {"tracks": [Track("en", "English", token=True)]},
            {},
            "YouTube gives them to browsers only (it wants a token)",
            COPY,
        ),
        (
            {"tracks": [Track("en", "English", translatable=False)]},
            {"translate": "de"},
            "YouTube does not translate these",
            "leave --translate away",
        ),
        (
            {},
            {"translate": "xx"},
            "YouTube does not translate into that language",
            "give a code such as `de` with --translate",
        ),
        ({"consents": 2}, {}, "YouTube asks for consent to cookies first", LATER),
        (
            {"watch": Answer(body='<div class="g-recaptcha">')},
            {},
            "YouTube refuses this network for now",
            LATER,
        ),
        (
            {"watch": Answer(body="<html>")},
            {},
            "YouTube answered in a way the library does not know",
            UPDATE,
        ),
        (
            {"watch": Answer(status=403)},
            {},
            "YouTube did not answer as it should: 403 Client Error: Forbidden",
            LATER,
        ),
        (
            {"player": Answer(body="{}")},
            {},
            "YouTube answered in a way the library does not know: AttributeError",
            UPDATE,
        ),
        (
            {"player": Answer(body="not json")},
            {},
            "YouTube answered in a way the library does not know: JSONDecodeError",
            UPDATE,
        ),
        # An empty answer is how YouTube turns down what has no token, too.
        (
            {"timedtext": Answer(body="")},
            {},
            "YouTube answered in a way the library does not know: ParseError",
            UPDATE,
        ),
        (
            {"timedtext": Answer(body='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')},
            {},
            "YouTube answered in a way the library does not know: EntitiesForbidden",
            UPDATE,
        ),
        (
            {"captions": []},
            {},
            "YouTube answered in a way the library does not know: no text at all",
            UPDATE,
        ),
        (
            {"captions": [("nan", "1", "a")]},
            {},
            "YouTube answered in a way the library does not know: nan as a time",
            UPDATE,
        ),
        (
            {"captions": [("-1", "1", "a")]},
            {},
            "YouTube answered in a way the library does not know: -1.0 as a time",
            UPDATE,
        ),
    ],
    ids=lambda value: "",
)
def test_refusals_say_what_to_do(
    youtube: YouTube, changes: dict[str, Any], options: dict[str, Any], message: str, hint: str
) -> None:
    for name, value in changes.items():
        setattr(youtube, name, value)
    waited: list[float] = []
    assert refused(youtube, waited, **options) == (message, hint)
    assert waited == []


EXCEPTIONS = [
    cls
    for _, cls in inspect.getmembers(library, inspect.isclass)
    if issubclass(cls, library.YouTubeTranscriptApiException)
]


@pytest.mark.parametrize("cls", EXCEPTIONS)
def test_every_exception_of_the_library_has_its_own_line(cls: type[Exception]) -> None:
    assert cls in REFUSALS
    arguments: dict[str, Any] = {
        "video_id": VIDEO,
        "cookie_path": "x",
        "http_error": requests.HTTPError("500 for url: https://x"),
        "reason": "why",
        "sub_reasons": ["because"],
        "requested_language_codes": ["en"],
        "transcript_data": "none",
    }
    takes = [name for name in inspect.signature(cls.__init__).parameters if name in arguments]
    error = refusal(cls(**{name: arguments[name] for name in takes}), VIDEO)
    assert "\n" not in error.message
    assert error.hint
    assert len({message for message, _ in REFUSALS.values()}) == len(REFUSALS)


def test_there_are_exceptions_to_walk() -> None:
    assert len(EXCEPTIONS) >= 18


@pytest.mark.parametrize("step", ["watch", "player", "timedtext"])
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Answer(status=503, times=2), [1, 2]),
        (Answer(status=429, times=3), [1, 2, 4]),
        (Answer(status=429, headers={"Retry-After": "17"}, times=1), [17]),
        (Answer(drop=True, times=1), [1]),
        (
            Answer(
                status=503,
                headers={
                    "Date": "Fri, 02 Jan 2026 03:04:05 GMT",
                    "Retry-After": "Fri, 02 Jan 2026 03:04:25 GMT",
                },
                times=1,
            ),
            [20],
        ),
    ],
    ids=lambda value: "",
)
def test_passing_faults_pass(
    youtube: YouTube, waited: list[float], step: str, fault: Answer, expected: list[float]
) -> None:
    setattr(youtube, step, fault)
    assert len(fetch(youtube, waited).captions) == 2
    assert waited == expected


@pytest.mark.parametrize(
    ("fault", "message", "expected"),
    [
        (Answer(status=429), REFUSED, [1, 2, 4]),
        (
            Answer(status=500),
            "YouTube did not answer as it should: 500 Server Error: Internal Server Error",
            [1, 2, 4],
        ),
        (Answer(drop=True), "YouTube cannot be reached", [1, 2, 4]),
        (
            Answer(status=429, headers={"Retry-After": "61"}),
            "YouTube refuses this network for now",
            [],
        ),
        (
            Answer(status=429, headers={"Retry-After": "9" * 500}),
            "YouTube refuses this network for now",
            [],
        ),
        (
            Answer(status=429, headers={"Retry-After": "soon"}),
            "YouTube refuses this network for now",
            [],
        ),
    ],
    ids=lambda value: "",
)
def test_it_does_not_ask_for_ever(
    youtube: YouTube, waited: list[float], fault: Answer, message: str, expected: list[float]
) -> None:
    youtube.watch = fault
    assert refused(youtube, waited)[0] == message
    assert waited == expected
    assert len(youtube.requests) == len(expected) + 1 <= MAX_RETRIES + 1


class _Proxy(socketserver.StreamRequestHandler):
    asked: list[bytes]

    def handle(self) -> None:
        self.asked.append(self.rfile.readline())
        self.wfile.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy"])
def test_the_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    for each in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(each, raising=False)
    handler = type("Handler", (_Proxy,), {"asked": []})
    with socketserver.TCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        monkeypatch.setenv(name, f"http://user:secret@127.0.0.1:{server.server_address[1]}")
        with pytest.raises(InputError) as caught:
            fetch_captions(VIDEO, ["en"], fetched_at=AT)
        server.shutdown()
        thread.join()
    asked = [line.split()[:2] for line in handler.asked]
    assert asked == [[b"CONNECT", b"www.youtube.com:443"]]
    assert caught.value.message.endswith(f"{VIDEO}: the proxy does not let it through")
    assert caught.value.hint == "look at HTTPS_PROXY and NO_PROXY"


@pytest.mark.parametrize(
    ("proxy", "message"),
    [
        ("socks5://127.0.0.1:9", "that kind of proxy is not supported here"),
        ("ftp://127.0.0.1:9", "the proxy's address is wrong"),
        ("http://[", "the proxy's address is wrong"),
        ("http://", "the proxy's address is wrong"),
    ],
)
def test_a_proxy_that_is_none(monkeypatch: pytest.MonkeyPatch, proxy: str, message: str) -> None:
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("https_proxy", raising=False)
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(InputError) as caught:
        fetch_captions(VIDEO, ["en"], fetched_at=AT)
    assert caught.value.message == f"no captions for video {VIDEO}: {message}"


@pytest.mark.parametrize(
    "text",
    [
        VIDEO,
        f" {VIDEO} ",
        f"https://www.youtube.com/watch?v={VIDEO}&t=5",
        f"https://youtu.be/{VIDEO}?si=x",
        f"https://m.youtube.com/live/{VIDEO}",
        f"https://www.youtube.com/shorts/{VIDEO}",
        f"https://www.youtube-nocookie.com/embed/{VIDEO}",
        f"youtube.com/watch?feature=share&v={VIDEO}",
        f"www.youtube.com/embed/{VIDEO}",
        f"youtu.be/{VIDEO}",
    ],
)
def test_videos_are_named_in_many_ways(text: str) -> None:
    assert video_id_in(text) == VIDEO


@pytest.mark.parametrize("text", ["", "s01e01", f"https://example.org/watch?v={VIDEO}", "http://["])
def test_what_names_no_video(text: str) -> None:
    assert video_id_in(text) is None


def kept(path: Path, text: str = "hi", *, at: datetime.datetime = AT, force: bool = False) -> bool:
    captions = (FetchedCaption(0.0, 1.0, text),)
    fetched = FetchedCaptions(VIDEO, "English", "en", False, "", at, captions)
    return keep(path, fetched, shown="shown.json", force=force)


def test_kept_captions_are_not_overwritten_without_asking(tmp_path: Path) -> None:
    path = tmp_path / "captions" / "x.json"
    assert kept(path)
    first = path.read_bytes()
    assert not kept(path, at=AT + datetime.timedelta(days=1))
    assert path.read_bytes() == first
    with pytest.raises(WorkspaceError) as caught:
        kept(path, "other")
    assert caught.value.message == "shown.json is there already, and differs"
    assert path.read_bytes() == first
    assert kept(path, "other", force=True)
    assert path.read_bytes() != first


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000, b'{"captions": 1}'])
def test_anything_else_under_the_name_is_kept_too(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    with pytest.raises(WorkspaceError):
        kept(path)
    assert path.read_bytes() == data
