"""Frames of silence, and the bit reservoir that they can carry.

A frame's main data may begin in the frames before it: `main_data_begin` says how many bytes back,
counted without headers and side information (ISO/IEC 11172-3, 2.4.2.7). A frame whose side
information is all zero uses no main data, so that what stands there is for those after it.
"""

from producer.audio.copy.mp3_header import (
    HEADER_BYTES,
    Kind,
    bitrate_index,
    main_data_at,
    plain_header,
)


def main_data_begin(frame: bytes) -> int:
    """How many bytes before its own main data a frame's begin."""
    mpeg1 = frame[1] >> 3 & 3 == 3
    at = HEADER_BYTES + (0 if frame[1] & 1 else 2)
    return frame[at] << 1 | frame[at + 1] >> 7 if mpeg1 else frame[at]


def carrier(kind: Kind, header: bytes, reservoir: bytes) -> bytes:
    """A silent frame like `header`, whose main data ends in `reservoir`.

    Its bitrate is that of `header` if that is enough, or else the lowest that is.
    """
    room = main_data_at(plain_header(header, 1)) + len(reservoir)
    index = first_index(kind, header, room)
    size = kind.frame_bytes(index)
    return plain_header(header, index) + bytes(size - HEADER_BYTES - len(reservoir)) + reservoir


def muted(frame: bytes) -> bytes:
    """The same frame without its sound, but with its main data for the frames after it.

    Without the CRC, for which two zero bytes of main data stand in.
    """
    data = frame[main_data_at(frame) :]
    header = bytes((0xFF, frame[1] | 1)) + frame[2:4]
    return header + bytes(len(frame) - HEADER_BYTES - len(data)) + data


def first_index(kind: Kind, header: bytes, room: int) -> int:
    """The bitrate of `header`, or the lowest above it whose frames have `room` bytes."""
    start = max(bitrate_index(header), 1)
    return next(i for i in range(start, 15) if kind.frame_bytes(i) >= room)
