"""Captions from files: which kinds are known, and where those of an episode are."""

import json
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from producer.captions.caption import Caption, parse_listing
from producer.errors import InputError
from producer.io.files import read_bytes
from producer.text import one_line
from producer.times import MAX_MS

Parse = Callable[[str], tuple[Caption, ...]]


def parse_json(text: str) -> tuple[Caption, ...]:
    """Read `{"captions": [{"start": 1.5, "duration": 2.0, "text": "..."}, ...]}`, in seconds.

    Other keys are let pass. Raises ValueError for anything else.
    """
    try:
        data: Any = json.loads(text)
    except RecursionError as error:
        raise ValueError("nests too deep") from error
    match data:
        case {"captions": [*entries]}:
            captions = (_caption(number, entry) for number, entry in enumerate(entries, start=1))
            return tuple(caption for caption in captions if caption.text)
    raise ValueError('an object with a list "captions" is expected')


def _caption(number: int, entry: Any) -> Caption:
    match entry:
        case {"start": bool()}:
            pass
        case {"start": int() | float() as start, "text": str() as text}:
            if math.isfinite(start) and 0 <= start * 1000 <= MAX_MS:
                return Caption(round(start * 1000), one_line(text))
    raise ValueError(f"caption {number} has no text, or no number of seconds as its start")


# By the ending of the file's name. The first of them that an episode has is taken.
CAPTION_READERS: dict[str, Parse] = {
    ".json": parse_json,
    ".txt": parse_listing,
}


def read_captions(path: Path) -> tuple[Caption, ...]:
    """The captions in a file, which may be none.

    Raises InputError for a file that cannot be read, or is not of a kind that is known.
    """
    parse = CAPTION_READERS.get(path.suffix.lower())
    if parse is None:
        raise InputError(
            f"{path}: no kind of captions that is known",
            hint=f"known are {', '.join(CAPTION_READERS)}",
        )
    try:
        return parse(read_bytes(path).decode("utf-8-sig"))
    except ValueError as error:  # not UTF-8, or not JSON, as well
        raise InputError(f"{path}: {error}") from error


def find_captions(folders: Iterable[Path], slug: str) -> Path | None:
    """The file with an episode's captions: named after its slug, in the first folder with one."""
    named = (folder / f"{slug}{suffix}" for folder in folders for suffix in CAPTION_READERS)
    return next((path for path in named if path.is_file()), None)
