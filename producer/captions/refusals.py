"""What went wrong at YouTube in a line, and what to do next: a row for each of the exceptions."""

from collections.abc import Callable
from typing import Any

import requests
import youtube_transcript_api as api
from youtube_transcript_api import YouTubeTranscriptApiException

from producer.errors import InputError
from producer.text import one_line

_COPY = "copy them from YouTube's transcript panel into a file, and use `producer new --from FILE`"
_LATER = "try again later or from another network, or set HTTPS_PROXY"
_UPDATE = "update it: pip install --upgrade youtube-transcript-api"

# Message and hint by class; the nearest class of an exception counts. A test walks all classes of
# the installed version, so that one that is new is not met by a user first.
REFUSALS: dict[type[Exception], tuple[str, str]] = {
    api.AgeRestricted: ("YouTube shows it to grown-ups who are signed in only", _COPY),
    api.CookieError: ("the cookies are no good", "leave them away"),
    api.CookieInvalid: ("the cookies are no good or too old", "leave them away"),
    api.CookiePathInvalid: ("the file of cookies cannot be read", "leave it away"),
    api.CouldNotRetrieveTranscript: ("YouTube did not give them", _COPY),
    api.FailedToCreateConsentCookie: ("YouTube asks for consent to cookies first", _LATER),
    api.InvalidVideoId: ("that is no video id", "give the id alone, such as abcdefghijk, or a URL"),
    api.IpBlocked: ("YouTube refuses this network for now", _LATER),
    api.NoTranscriptFound: ("it has none in the language", "see --language"),
    api.NotTranslatable: ("YouTube does not translate these", "leave --translate away"),
    api.PoTokenRequired: ("YouTube gives them to browsers only (it wants a token)", _COPY),
    api.RequestBlocked: ("YouTube takes this network for a robot", _LATER),
    api.TranscriptsDisabled: (
        "it has no captions, or they are disabled",
        "YouTube may still be making them: try again in some hours, or allow them in its Studio",
    ),
    api.TranslationLanguageNotAvailable: (
        "YouTube does not translate into that language",
        "give a code such as `de` with --translate",
    ),
    api.VideoUnavailable: (
        "there is no such video",
        "is the id right, and the video public or unlisted?",
    ),
    api.VideoUnplayable: ("YouTube does not play it", "is it public or unlisted, and over?"),
    api.YouTubeDataUnparsable: ("YouTube answered in a way the library does not know", _UPDATE),
    api.YouTubeRequestFailed: ("YouTube did not answer as it should", _LATER),
    YouTubeTranscriptApiException: ("the library gave up", _UPDATE),
    requests.exceptions.ProxyError: (
        "the proxy does not let it through",
        "look at HTTPS_PROXY and NO_PROXY",
    ),
    # Of YouTube's addresses none is wrong.
    requests.exceptions.InvalidURL: ("the proxy's address is wrong", "look at HTTPS_PROXY"),
    requests.exceptions.InvalidSchema: (
        "that kind of proxy is not supported here",
        "set HTTPS_PROXY to an http:// address",
    ),
    requests.exceptions.SSLError: (
        "the connection is not safe",
        "does a proxy or a firewall stand in between? See REQUESTS_CA_BUNDLE",
    ),
    requests.Timeout: ("YouTube takes too long to answer", "try again later"),
    requests.ConnectionError: ("YouTube cannot be reached", "are you online?"),
    requests.RequestException: ("YouTube cannot be asked", "are you online?"),
}

# Of what does not play, YouTube says why in English, which the library asks for.
_UNPLAYABLE = {
    "private": "make it unlisted until the captions are fetched",
    "age": _COPY,
    "begin": "wait until it is over",
    "premiere": "wait until it is over",
    "live": "wait until it is over",
    "member": _COPY,
    "country": "set HTTPS_PROXY to one in a country that may see it",
}


def refusal(error: Exception, video_id: str) -> InputError:
    """The error to show for an exception of the library, or of requests below it."""
    known = next(cls for cls in type(error).__mro__ if cls in REFUSALS)
    message, hint = REFUSALS[known]
    detail = next((find(error) for cls, find in _DETAILS.items() if isinstance(error, cls)), "")
    if isinstance(error, api.VideoUnplayable):
        words = detail.lower()
        hint = next((hint for word, hint in _UNPLAYABLE.items() if word in words), hint)
    if detail:
        message += f": {one_line(detail)[:200]}"
    return InputError(f"no captions for video {video_id}: {message}", hint=hint)


def unknown_answer(video_id: str, detail: str = "") -> InputError:
    """The error to show where the library, or what it gave, made no sense."""
    message, hint = REFUSALS[api.YouTubeDataUnparsable]
    return InputError(
        f"no captions for video {video_id}: {message}" + (f": {detail}" if detail else ""),
        hint=hint,
    )


def _reason(error: Any) -> str:
    return " ".join(part for part in (error.reason, *error.sub_reasons) if isinstance(part, str))


_DETAILS: dict[type[Exception], Callable[[Any], str]] = {
    api.VideoUnplayable: _reason,
    api.YouTubeRequestFailed: lambda error: str(error.reason).partition(" for url")[0],
}
