"""How long sound is, counted without decoding it: an hour in some tenths of a second.

Headers are wrong too often to be believed, so that packets and frames are counted. A length counts
if the file is in order: all of it is there, and what it says of its end is what is found there.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from producer.audio.copy.kind import Kind, kind_of_file
from producer.errors import AudioError


class Length(NamedTuple):
    """Samples of each channel, and how many there are of them a second."""

    samples: int
    rate: int

    @property
    def ms(self) -> int:
        """The same in milliseconds."""
        return (self.samples * 1000 + self.rate // 2) // self.rate


_Counter = Callable[[Path], Length | None]
# kind -> module and function that count it.
_COUNTERS: dict[Kind, tuple[str, str]] = {
    "mp3": ("mp3", "count_mp3"),
    "m4a": ("m4a", "count_m4a"),
    "opus": ("ogg_clip", "count_ogg"),
    "vorbis": ("ogg_clip", "count_ogg"),
    "ogg-flac": ("ogg_flac", "count_ogg_flac"),
    "flac": ("flac", "count_flac"),
    "wav": ("wave", "count_wave"),
}


def count(path: Path) -> Length | None:
    """The length that decoding the file would find; None for one that has to be decoded to know.

    That is one that is damaged, cut off or of an unusual kind, or that is not sound at all. Damage
    shows by the checksums of FLAC and Ogg; the others have none, so that packets count there which
    a decoder may leave out.
    """
    try:
        module, function = _COUNTERS[kind_of_file(path)]
        counter: _Counter = getattr(import_module(f"producer.audio.copy.{module}"), function)
        length = counter(path)
    except (AudioError, OSError):
        return None
    return length if length and length.samples > 0 else None
