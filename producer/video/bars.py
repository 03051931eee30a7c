"""Bars painted into the brightness of a frame, which leaves its colours alone."""

from collections.abc import Sequence

from producer.lettering.box import Box

# Of the width that a bar has, what is painted.
_PAINTED = 0.6
# ITU-R BT.709 for video: white is 235.
_WHITE = 235


class BarPainter:
    """Paints bars with round ends into a box of a Y plane; what is between them is `ground`."""

    def __init__(self, box: Box, stride: int, ground: int, count: int) -> None:
        """`stride` is the bytes of a row of the plane, `ground` the brightness behind the bars."""
        pitch = box.width // count
        width = max(2, int(pitch * _PAINTED) // 2 * 2)
        self._radius = width // 2
        self._half = box.height // 2
        self._stride = stride
        self._centre = box.top + self._half
        self._left = box.left + (box.width - pitch * count) // 2
        self._length = pitch * count
        empty = bytes([ground]) * pitch
        # How a bar looks in a row, by how far its end is from there: from all above to all below.
        self._rows = [empty] * (self._half + 1)
        for below in range(1, self._half + 1):
            away = max(self._radius - below, 0)
            half = round((self._radius**2 - away**2) ** 0.5)
            gap = (pitch - width) // 2 + self._radius - half
            self._rows.append(_lit(empty, gap, 2 * half))

    def paint(self, plane: bytearray, heights: Sequence[float]) -> None:
        """Paint bars of these heights, from 0 to 1, around the middle of the box.

        The lowest is a dot. Everything between the bars is painted over.
        """
        half, rows = self._half, self._rows
        ends = [max(self._radius, round(height * half)) + half for height in heights]
        for away in range(half):
            row = b"".join([rows[end - away] for end in ends])
            for at in (self._centre + away, self._centre - 1 - away):
                start = at * self._stride + self._left
                plane[start : start + self._length] = row


def _lit(row: bytes, start: int, length: int) -> bytes:
    return row[:start] + bytes([_WHITE]) * length + row[start + length :]
