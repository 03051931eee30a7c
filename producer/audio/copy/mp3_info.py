"""The frame in front of an MP3 that holds no sound but says how much there is: reading, writing.

Xing's fields (counts, seek table), LAME's after them (delay and padding: Mp3 Info Tag rev 1), and
Fraunhofer's VBRI. A source's times are counted as FFmpeg counts them: LAME's tag is believed if
LAME's or FFmpeg's name is on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from fastcrc import crc16

from producer.audio.copy.mp3_header import (
    HEADER_BYTES,
    Kind,
    plain_header,
    side_info_bytes,
)
from producer.audio.copy.mp3_silence import first_index

# What every decoder adds in front: the filter bank's 481 samples and half a transform, in LAME's
# way of counting.
DECODER_DELAY = 529
MAX_PAD = 0xFFF
_FRAMES, _BYTES, _TOC, _QUALITY = 1, 2, 4, 8
_TOC_BYTES = 100
_ENCODERS = (b"LAME", b"Lavf", b"Lavc")
_VBRI_AT = 36
# Delay and padding are believed under this name only.
_NAME = b"LAME3.100"
_LAME_BYTES = 36


@dataclass(frozen=True, slots=True)
class Timeline:
    """Which of the decoded samples are the sound, counted from the first frame after the tag.

    `skip` samples come before it; those from `hole_start` to before `hole_end` are left out, as
    they are what the encoder padded the end with. Without a statement of it all three are 0.
    """

    skip: int = 0
    hole_start: int = 0
    hole_end: int = 0

    def heard(self, decoded: int) -> int:
        """How many of the first decoded samples are the sound."""
        in_hole = max(min(decoded, self.hole_end) - self.hole_start, 0)
        return decoded - self.skip - in_hole


def read_info(kind: Kind, frame: bytes, length_bytes: int) -> Timeline | None:
    """What a first frame says, or None if it is a frame of sound like any other.

    `length_bytes` is how much there is from it to the end of the file. Where that is more than is
    stated by a sixteenth, other files follow, and FFmpeg keeps the padding of the first.
    """
    at = HEADER_BYTES + side_info_bytes(frame)
    frames = length = 0
    timeline = Timeline()
    if frame[at : at + 4] in {b"Info", b"Xing"}:
        flags = _number(frame, at + 4)
        at += 8
        if flags & _FRAMES:
            frames = _number(frame, at)
            at += 4
        if flags & _BYTES:
            length = _number(frame, at)
            at += 4
        at += _TOC_BYTES * bool(flags & _TOC) + 4 * bool(flags & _QUALITY)
        counted = 0 if length and length_bytes - HEADER_BYTES - length > length >> 4 else frames
        timeline = _lame_timeline(kind, frame[at : at + _LAME_BYTES], counted)
    if frame[_VBRI_AT : _VBRI_AT + 6] == b"VBRI\0\1":
        length, frames = _number(frame, _VBRI_AT + 10), _number(frame, _VBRI_AT + 14)
    return timeline if frames or length else None


def _number(frame: bytes, at: int) -> int:
    return int.from_bytes(frame[at : at + 4])


def _lame_timeline(kind: Kind, tag: bytes, frames: int) -> Timeline:
    if tag[:4] not in _ENCODERS or len(tag) < 24:
        return Timeline()
    pads = int.from_bytes(tag[21:24])
    delay, padding = pads >> 12, pads & MAX_PAD
    skip = delay + DECODER_DELAY
    end = frames * kind.frame_samples
    if not frames:
        return Timeline(skip)
    return Timeline(skip, min(end - padding + DECODER_DELAY, end), end)


def write_info(
    kind: Kind, header: bytes, *, sizes: Sequence[int], constant: bool, delay: int, padding: int
) -> bytes:
    """The tag frame for a stream of frames like `header`, whose lengths in bytes are `sizes`.

    Raises ValueError for a delay or padding that 12 bits do not hold.
    """
    if not (0 <= delay <= MAX_PAD and 0 <= padding <= MAX_PAD):
        raise ValueError(f"delay of {delay} and padding of {padding} samples")
    mark = b"Info" if constant else b"Xing"
    fields = mark + (_FRAMES | _BYTES | _TOC | _QUALITY).to_bytes(4) + len(sizes).to_bytes(4)
    start = HEADER_BYTES + side_info_bytes(header)
    room = start + len(fields) + 4 + _TOC_BYTES + 4 + _LAME_BYTES
    index = first_index(kind, header, room)
    size = kind.frame_bytes(index)
    length = size + sum(sizes)
    frame = bytearray(plain_header(header, index).ljust(start, b"\0") + fields)
    frame += length.to_bytes(4) + _seek_table(size, sizes, length) + bytes(4)
    # Revision 1 and the method: constant bitrate, or variable by one that is not known.
    frame += _NAME + (b"\x01" if constant else b"\x00") + bytes(11)
    frame += (delay << 12 | padding).to_bytes(3) + bytes(4)
    frame += length.to_bytes(4) + bytes(2)
    frame += crc16.arc(frame).to_bytes(2)
    return bytes(frame.ljust(size, b"\0"))


def _seek_table(tag_bytes: int, sizes: Sequence[int], length: int) -> bytes:
    """For every hundredth of the time, where in the file it is, in 256ths."""
    table = bytearray()
    at, frame = tag_bytes, 0
    for percent in range(_TOC_BYTES):
        target = len(sizes) * percent // _TOC_BYTES
        at += sum(sizes[frame:target])
        frame = target
        table.append(min(at * 256 // length, 255))
    return bytes(table)
