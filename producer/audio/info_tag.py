"""The Info frame in front of an MP3: how many samples of its decoded sound are not the sound's.

Its fields are those of the LAME tag (Mp3 Info Tag rev 1): encoder delay and padding, 12 bits each,
21 bytes into the LAME part, which ends in a CRC of all the frame before it.
"""

_MARKS = (b"Info", b"Xing")
# Frame count, byte count, seek table and quality: all four stand in what FFmpeg writes.
_ALL_FIELDS = 0x0F
_LAME_AT = 4 + 4 + 4 + 4 + 100 + 4
_DELAY_AT = _LAME_AT + 21
_CRC_AT = _LAME_AT + 34
# Where the mark may begin: after a frame header and the side information of any MPEG version.
_MARK_OFFSETS = (36, 21, 13)
_MAX_PADDING = 0xFFF


def set_length(data: bytes, samples: int, frame_samples: int) -> bytes:
    """The MP3 with its padding set so that decoders give back exactly `samples` samples.

    Raises ValueError where there is no Info frame with all its fields, or no padding can do it.
    """
    at = next((o for o in _MARK_OFFSETS if data[o : o + 4] in _MARKS), None)
    if at is None or int.from_bytes(data[at + 4 : at + 8]) != _ALL_FIELDS:
        raise ValueError("no complete Info frame")
    frames = int.from_bytes(data[at + 8 : at + 12])
    fields = bytearray(data[: at + _CRC_AT])
    where = slice(at + _DELAY_AT, at + _DELAY_AT + 3)
    delay = int.from_bytes(fields[where]) >> 12
    padding = frames * frame_samples - delay - samples
    if not 0 <= padding <= _MAX_PADDING:
        raise ValueError(f"padding of {padding} samples")
    fields[where] = (delay << 12 | padding).to_bytes(3)
    crc = crc16(bytes(fields)).to_bytes(2)
    return bytes(fields) + crc + data[at + _CRC_AT + 2 :]


def crc16(data: bytes) -> int:
    """CRC-16/ARC, which the tag uses."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
