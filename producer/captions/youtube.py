"""Captions from YouTube, through youtube-transcript-api. The only place that asks the network."""

import contextlib
import datetime
import math
from collections.abc import Sequence
from xml.etree.ElementTree import ParseError

import requests
from youtube_transcript_api import (
    FetchedTranscript,
    NoTranscriptFound,
    Transcript,
    TranscriptList,
    YouTubeTranscriptApi,
    YouTubeTranscriptApiException,
)

from producer.captions.fetched import FetchedCaption, FetchedCaptions
from producer.captions.refusals import refusal, unknown_answer
from producer.captions.session import PoliteSession
from producer.errors import InputError
from producer.times import MAX_MS
from producer.youtube_url import is_video_id, video_id_of

# What the library lets through when YouTube answers in a form that it does not expect; an empty
# answer, which YouTube gives instead of a refusal, is a ParseError.
_UNEXPECTED = (AttributeError, IndexError, KeyError, TypeError, ValueError, ParseError)


def video_id_in(text: str) -> str | None:
    """The id in an id or in any form of YouTube's URLs, with `https://` or without; else None."""
    text = text.strip()
    return text if is_video_id(text) else video_id_of(text) or video_id_of(f"https://{text}")


def default_languages(language: str) -> tuple[str, ...]:
    """What to ask for where nobody says: the show's language, and English."""
    return tuple(dict.fromkeys((language, "en")))


def fetch_captions(
    video_id: str,
    languages: Sequence[str],
    *,
    fetched_at: datetime.datetime,
    translate: str | None = None,
    session: requests.Session | None = None,
) -> FetchedCaptions:
    """The captions of a video in the first of `languages` that it has, made by people if possible.

    `translate` asks YouTube for a translation of them into another language. `fetched_at` is
    noted in the result. Raises InputError, with what to do next, where they cannot be had.
    """
    # A session that was handed in stays open for its owner.
    own = PoliteSession() if session is None else None
    try:
        with own or contextlib.nullcontext():
            found = YouTubeTranscriptApi(http_client=own or session).list(video_id)
            original = choose(found, languages)
            if original is None:
                raise _no_language(found, languages, video_id)
            chosen = original.translate(translate) if translate else original
            fetched = chosen.fetch()
    except requests.exceptions.JSONDecodeError as error:
        raise unknown_answer(video_id, type(error).__name__) from error
    except (YouTubeTranscriptApiException, requests.RequestException) as error:
        raise refusal(error, video_id) from error
    except _UNEXPECTED as error:
        raise unknown_answer(video_id, type(error).__name__) from error
    return FetchedCaptions(
        video_id=video_id,
        language=chosen.language,
        language_code=chosen.language_code,
        is_generated=chosen.is_generated,
        translated_from=original.language_code if translate else "",
        fetched_at=fetched_at,
        captions=_checked(fetched, video_id),
    )


def choose(found: TranscriptList, languages: Sequence[str]) -> Transcript | None:
    """The transcript of the first language that there is one of.

    `en` takes `en-GB` as well, and the other way round. Of one language, those made by people come
    before generated ones, and then the exact code before its relatives.
    """
    for language in languages:
        wanted = language.lower()
        related = [each for each in found if _base(each.language_code) == _base(wanted)]
        if related:
            return min(
                related,
                key=lambda each: (each.is_generated, each.language_code.lower() != wanted),
            )
    return None


def _base(code: str) -> str:
    return code.lower().partition("-")[0]


def _no_language(found: TranscriptList, languages: Sequence[str], video_id: str) -> InputError:
    """The refusal with the languages that there are, which are what to ask for next."""
    there = [each.language_code + (" (generated)" if each.is_generated else "") for each in found]
    error = refusal(NoTranscriptFound(video_id, languages, found), video_id)
    return InputError(
        f"{error.message} {' or '.join(languages)}",
        hint=f"--language takes one that it has: {', '.join(there)}" if there else error.hint,
    )


def _checked(fetched: FetchedTranscript, video_id: str) -> tuple[FetchedCaption, ...]:
    captions = tuple(FetchedCaption(each.start, each.duration, each.text) for each in fetched)
    if not any(caption.text.strip() for caption in captions):
        raise unknown_answer(video_id, "no text at all")
    for caption in captions:
        for time_s in (caption.start, caption.duration):
            if not math.isfinite(time_s) or not 0 <= time_s <= MAX_MS / 1000:
                raise unknown_answer(video_id, f"{time_s} as a time")
    return captions
