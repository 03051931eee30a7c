"""The packets of sound in an Ogg file, and the samples that they give."""

from collections.abc import Iterator
from itertools import accumulate, chain
from typing import NamedTuple

from producer.audio.copy.ogg import PacketReader, Page
from producer.audio.copy.opus import OpusPackets
from producer.audio.copy.vorbis import VorbisPackets
from producer.errors import AudioError

HINT = "cut it by decoding (--mode polish), or export it again"
Codec = OpusPackets | VorbisPackets
_CODECS: dict[bytes, type[Codec]] = {b"OpusHead": OpusPackets, b"\1vorbis": VorbisPackets}
# Headers are a few pages, and some hundreds with a large cover image among the comments.
_MAX_HEADER_PAGES = 4096


class Packets(NamedTuple):
    """Packets that follow one another, at least one, and where the samples of each end.

    The first packet's begin at `start`. Samples are counted from the first that the stream gives.
    """

    data: list[bytes]
    start: int
    ends: list[int]

    @property
    def last_start(self) -> int:
        """Where the samples of the last packet begin."""
        return self.ends[-2] if len(self.ends) > 1 else self.start


class OggStream:
    """The first stream of a file that is Opus or Vorbis; its pages are read once.

    Samples are counted packet by packet, as decoding does it. The sound begins at the sample
    `skip`, and ends at `end` or with the last packet; the last page states it, so that it is not
    known before.
    """

    def __init__(self, name: str, pages: Iterator[Page]) -> None:
        self._name, self._pages = name, pages
        self._reader = PacketReader()
        first, kind = self._find()
        self.serial = first.serial
        try:
            self.headers = self._read_headers(first, kind.header_packets)
            self.codec: Codec = kind(self.headers)
        except ValueError as error:
            raise AudioError(f"{name}: {error}", hint=HINT) from None
        self.end: int | None = None
        self._offset = 0
        batches = self._measured()
        # The first page says where the sound begins.
        ahead = next(batches, None)
        self.skip = self.codec.skipped(self._offset)
        self._batches = chain([ahead] if ahead else [], batches)

    def packets(self) -> Iterator[Packets]:
        """The packets in their order: those of a page together, for all pages that have any.

        Raises AudioError where another stream follows.
        """
        return self._batches

    def _find(self) -> tuple[Page, type[Codec]]:
        for page in self._pages:
            if not page.begins_stream:
                break
            for mark, kind in _CODECS.items():
                if page.body[: len(mark)] == mark:
                    return page, kind
        raise AudioError(f"{self._name}: neither Opus nor Vorbis is in it", hint=HINT)

    def _read_headers(self, first: Page, count: int) -> list[bytes]:
        packets = self._reader.packets(first)
        for page, _ in zip(self._pages, range(_MAX_HEADER_PAGES), strict=False):
            if page.serial == self.serial:
                packets += self._reader.packets(page)
            if len(packets) >= count:
                return packets[:count]
        raise ValueError("its headers are cut off")

    def _measured(self) -> Iterator[Packets]:
        position = 0
        for page in self._pages:
            if page.begins_stream:
                raise AudioError(f"{self._name}: several streams are joined in it", hint=HINT)
            if page.serial != self.serial:
                continue
            data = [packet for packet in self._reader.packets(page) if packet]
            if not data:
                continue
            start, *ends = accumulate(self.codec.samples(data), initial=position)
            position = ends[-1]
            if page.ends_stream:
                self.end = min(max(page.granule - self._offset, 0), position)
            elif start == 0:
                self._offset = page.granule - position
            yield Packets(data, start, ends)
