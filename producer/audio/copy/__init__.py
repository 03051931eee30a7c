"""Cutting clips out of a sound file as they are, and counting how long it is, without decoding.

Clips are exact to the sample, on the timeline of `producer.audio.decode`, and are cut in one pass
or by seeking, in memory that does not grow with the length of the file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from producer.audio.copy.kind import Kind, kind_of_file
from producer.audio.copy.parts import Parts
from producer.audio.length import Length
from producer.errors import AudioError

_Copier = Callable[[Path, Sequence[tuple[int, int]]], Iterator[Parts]]
_Counter = Callable[[Path], Length | None]


class _Format(NamedTuple):
    """The suffix of its clips, the module that knows it, and the functions there."""

    suffix: str
    module: str
    copier: str
    counter: str


# Modules are imported when they are needed: PyAV alone takes longer than cutting an hour of MP3.
_FORMATS: dict[Kind, _Format] = {
    "mp3": _Format(".mp3", "mp3", "copy_mp3", "count_mp3"),
    "m4a": _Format(".m4a", "m4a", "copy_m4a", "count_m4a"),
    "opus": _Format(".opus", "ogg_clip", "copy_ogg", "count_ogg"),
    "vorbis": _Format(".ogg", "ogg_clip", "copy_ogg", "count_ogg"),
    "ogg-flac": _Format(".ogg", "ogg_flac", "copy_ogg_flac", "count_ogg_flac"),
    "flac": _Format(".flac", "flac", "copy_flac", "count_flac"),
    "wav": _Format(".wav", "wave", "copy_wave", "count_wave"),
}


@dataclass(frozen=True, slots=True)
class CopiedClip:
    """A clip as a file: all its bytes, and the suffix for what they are, such as `.mp3`.

    The bytes are in parts that follow one another, for `producer.io.files.write_parts`: most lie
    where they were read to. None where the span holds no sound: no kind of file has none in it that
    players take.
    """

    parts: Parts
    suffix: str

    @property
    def data(self) -> bytes:
        """All of it in one piece."""
        return b"".join(self.parts)


def copy_clips(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[CopiedClip]:
    """Cut half-open spans of the audio timeline out of a file, a clip for each, in order.

    A clip holds the samples from start * rate // 1000 to before end * rate // 1000, as
    `producer.audio.clips.cut_clips` gives them, without the tags of the file. Spans may touch and
    overlap, but their starts must not fall: ValueError. What lies past the end of the sound is
    missing, so that a clip may be short or empty. Raises AudioError for what cannot be read, or
    cannot be copied exactly: it can then be cut by decoding.
    """
    if any(start < 0 or end < start for start, end in spans_ms):
        raise ValueError("a span ends before it starts, or starts before the sound")
    if any(after[0] < before[0] for before, after in pairwise(spans_ms)):
        raise ValueError("the spans are not in order")
    return _copy(path, spans_ms)


def _copy(path: Path, spans_ms: Sequence[tuple[int, int]]) -> Iterator[CopiedClip]:
    if not spans_ms:
        return
    # Threads take as long to import as an hour of MP3 to count.
    from producer.audio.ahead import ahead  # noqa: PLC0415

    form = _FORMATS[kind_of_file(path)]
    copier: _Copier = getattr(_module(form), form.copier)
    try:
        # The next clip is made while one is written. No more than one: all of it is in memory.
        for parts in ahead(copier(path, spans_ms), 1):
            yield CopiedClip(parts, form.suffix)
    except OSError as error:
        raise AudioError(f"{path}: cannot be read: {error.strerror or error}") from error


def count(path: Path) -> Length | None:
    """The length that decoding the file would find; None for one that has to be decoded to know.

    Headers are wrong too often to be believed, so that packets and frames are counted: of an hour
    in some tenths of a second. None is for what is damaged, cut off or of an unusual kind, or is
    not sound at all. Damage shows by the checksums of FLAC and Ogg; the others have none, so that
    packets count there which a decoder may leave out.
    """
    try:
        form = _FORMATS[kind_of_file(path)]
        counter: _Counter = getattr(_module(form), form.counter)
        length = counter(path)
    except (AudioError, OSError):
        return None
    return length if length and length.samples > 0 else None


def _module(form: _Format) -> ModuleType:
    return import_module(f"producer.audio.copy.{form.module}")
