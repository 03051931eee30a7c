"""Cutting clips out of a sound file as they are: what is heard is not encoded again.

Clips are exact to the sample, on the timeline of `producer.audio.decode`, and are cut in one pass
or by seeking, in memory that does not grow with the length of the file.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from producer.audio.ahead import ahead
from producer.audio.copy.kind import Kind, kind_of_file
from producer.audio.copy.parts import Parts
from producer.errors import AudioError

_Copier = Callable[[Path, Sequence[tuple[int, int]]], Iterator[Parts]]
# kind -> suffix of its files, module and function that cut them. The modules are imported when
# they are needed: PyAV alone takes longer than cutting an hour of MP3.
_COPIERS: dict[Kind, tuple[str, str, str]] = {
    "mp3": (".mp3", "mp3", "copy_mp3"),
    "m4a": (".m4a", "m4a", "copy_m4a"),
    "opus": (".opus", "ogg_clip", "copy_ogg"),
    "vorbis": (".ogg", "ogg_clip", "copy_ogg"),
    "ogg-flac": (".ogg", "ogg_flac", "copy_ogg_flac"),
    "flac": (".flac", "flac", "copy_flac"),
    "wav": (".wav", "wave", "copy_wave"),
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
    suffix, module, function = _COPIERS[kind_of_file(path)]
    copier: _Copier = getattr(import_module(f"producer.audio.copy.{module}"), function)
    try:
        # The next clip is made while one is written. No more than one: all of it is in memory.
        for parts in ahead(copier(path, spans_ms), 1):
            yield CopiedClip(parts, suffix)
    except OSError as error:
        raise AudioError(f"{path}: cannot be read: {error.strerror or error}") from error
