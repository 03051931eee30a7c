"""What kind of sound file a file is, by what is in it, whatever its name says."""

from pathlib import Path
from typing import Literal

from producer.audio.copy.id3_size import skip_id3
from producer.errors import AudioError

Kind = Literal["mp3", "m4a", "opus", "vorbis", "ogg-flac", "flac", "wav"]
_OGG_MARKS: dict[bytes, Kind] = {
    b"OpusHead": "opus",
    b"\x01vorbis": "vorbis",
    b"\x7fFLAC": "ogg-flac",
}
# What MP4 files begin with; those of QuickTime need not begin with their type.
_MP4_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"})
_FIRST_PAGE_BYTES = 1 << 12


def kind_of_file(path: Path) -> Kind:
    """The kind of a file; what is none of the others may be an MP3.

    Raises AudioError for what is missing, empty or cannot be read.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_FIRST_PAGE_BYTES)
            file.seek(skip_id3(file, 0))
            behind_tags = file.read(4)
    except FileNotFoundError:
        raise AudioError(f"{path}: there is no such file") from None
    except OSError as error:
        raise AudioError(f"{path}: cannot be read: {error.strerror}") from None
    if not start:
        raise AudioError(f"{path}: the file is empty", hint="copy or export the audio again")
    if start[:4] in {b"RIFF", b"RF64", b"BW64"} and start[8:12] == b"WAVE":
        return "wav"
    if start[4:8] in _MP4_BOXES:
        return "m4a"
    if behind_tags == b"fLaC":
        return "flac"
    if start[:4] == b"OggS":
        return next((kind for mark, kind in _OGG_MARKS.items() if mark in start), "opus")
    return "mp3"
