"""Captions from YouTube, through youtube-transcript-api. The only place that asks the network."""

import requests
from youtube_transcript_api import YouTubeTranscriptApi, YouTubeTranscriptApiException

from producer.captions.caption import Caption
from producer.errors import InputError
from producer.text import one_line

# What to do about each of the library's refusals; the names are its exceptions'.
_HINTS = {
    "TranscriptsDisabled": "the video has no captions; wait until YouTube made them, or use --from",
    "NoTranscriptFound": "there are captions in other languages only: set `language` of the show",
    "VideoUnavailable": "is the id right, and the video public or unlisted?",
    "VideoUnplayable": "is the video public or unlisted, and its premiere over?",
    "InvalidVideoId": "give the id alone, such as abcdefghijk",
    "AgeRestricted": "YouTube shows these captions to nobody who is not signed in; use --from",
    "IpBlocked": "YouTube refuses this network for a while; try later or from another one",
    "RequestBlocked": "YouTube refuses this network for a while; try later or from another one",
    "PoTokenRequired": "YouTube wants a browser for this video; copy its captions and use --from",
}


def fetch_captions(
    video_id: str, language: str, http_client: requests.Session | None = None
) -> tuple[Caption, ...]:
    """The captions of a video, made by people before generated ones.

    Raises InputError, with what to do next, where they cannot be had. `http_client` stands in for
    the network in tests.
    """
    languages = tuple(dict.fromkeys((language, language.partition("-")[0], "en")))
    try:
        fetched = YouTubeTranscriptApi(http_client=http_client).fetch(video_id, languages)
    except YouTubeTranscriptApiException as error:
        name = type(error).__name__
        raise InputError(
            f"no captions for video {video_id} ({name})",
            hint=_HINTS.get(name, "copy the captions from YouTube into a file and use --from"),
        ) from error
    except requests.RequestException as error:
        raise InputError(
            f"no captions for video {video_id}: YouTube cannot be reached",
            hint="are you online? Without captions, leave --video away and use --from",
        ) from error
    captions = (Caption(round(s.start * 1000), one_line(s.text)) for s in fetched)
    return tuple(caption for caption in captions if caption.text)
