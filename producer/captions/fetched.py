"""Captions as they came from YouTube, and the file that keeps them: `captions/<slug>.json`."""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from producer.errors import InputError, WorkspaceError
from producer.io.files import read_bytes, write_bytes

_FETCHED_AT = "fetchedAt"


@dataclass(frozen=True, slots=True)
class FetchedCaption:
    """One caption, unchanged: seconds as YouTube gave them, text with its line ends."""

    start: float
    duration: float
    text: str


@dataclass(frozen=True, slots=True)
class FetchedCaptions:
    """The captions of a video in one language, and where they are from.

    `translated_from` is the code of the language that YouTube translated, empty without that.
    """

    video_id: str
    language: str
    language_code: str
    is_generated: bool
    translated_from: str
    fetched_at: datetime.datetime
    captions: tuple[FetchedCaption, ...]

    def to_json(self) -> str:
        """The file's text: a caption a line, for diffs."""
        head: dict[str, Any] = {
            "videoId": self.video_id,
            "language": self.language,
            "languageCode": self.language_code,
            "isGenerated": self.is_generated,
        }
        if self.translated_from:
            head["translatedFrom"] = self.translated_from
        moment = self.fetched_at.astimezone(datetime.UTC)
        head[_FETCHED_AT] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
        lines = [f" {_json(key)}: {_json(value)}" for key, value in head.items()]
        captions = [
            "  " + _json({"start": each.start, "duration": each.duration, "text": each.text})
            for each in self.captions
        ]
        return "{\n" + ",\n".join([*lines, ' "captions": [\n' + ",\n".join(captions)]) + "\n ]\n}\n"


def keep(path: Path, fetched: FetchedCaptions, *, shown: str, force: bool) -> bool:
    """Write the file of captions; False where it holds the same already, whenever fetched.

    Raises WorkspaceError where it holds something else, unless `force` is on. `shown` is how
    messages name the path.
    """
    if path.exists():
        if _same(path, fetched):
            return False
        if not force:
            raise WorkspaceError(
                f"{shown} is there already, and differs",
                hint="look at it, then delete it or use `producer fetch --force`",
            )
    write_bytes(path, fetched.to_json().encode())
    return True


def _same(path: Path, fetched: FetchedCaptions) -> bool:
    """Whether the file holds the same but for the time of fetching."""
    try:
        old = json.loads(read_bytes(path))
    except (InputError, ValueError, RecursionError):
        return False
    new = json.loads(fetched.to_json())
    del new[_FETCHED_AT]
    return isinstance(old, dict) and {k: v for k, v in old.items() if k != _FETCHED_AT} == new


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
