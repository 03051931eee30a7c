"""Where in a transcript the chapters of a list go, as edits that put headers there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from producer.chapter_lists import ChapterList
from producer.derive.chapters import OPENING_MS, Chapter
from producer.derive.timeline import Timeline
from producer.errors import EditError
from producer.model.episode import Episode, Header, Line
from producer.source.edit import Edit, Insert
from producer.times import seconds

_SECOND_MS = 1000


@dataclass(frozen=True, slots=True)
class Placing:
    """A header that is to go in before the entry `index` of the transcript.

    `own_ms` is its own `sec`, where the line after it says another time.
    """

    index: int
    title: str
    own_ms: int | None


def header_edits(placings: Sequence[Placing]) -> list[Edit]:
    """The edits that put headers in, the last first, so that the places of the others hold."""
    return [Insert(("transcript",), each.index, _entry(each)) for each in reversed(placings)]


def place_chapters(
    episode: Episode, existing: Sequence[Chapter], listed: ChapterList, timeline: Timeline
) -> tuple[Placing, ...]:
    """The headers that the episode lacks, in the order of the transcript.

    A chapter goes before the first line whose time is at or after its start, the last ones to the
    end; above headers there that start later. One whose title the headers there have is in the
    episode already, and so is one that starts when an `existing` chapter of the title does.
    Starts are counted from the beginning of the video or of the audio. Raises EditError where no
    line of the transcript has a time.
    """
    if not any(line.start_ms is not None for line in episode.lines):
        raise EditError(
            f"{episode.source.path}: no line has a time, so no chapter has a place",
            hint="let captions give the lines their times: producer align",
        )
    spots = _Spots(episode)
    near_ms = _SECOND_MS if listed.in_seconds else 1
    known: list[tuple[str, int | None]] = [(each.title, each.start_ms) for each in existing]
    known += [(each.title, each.start_ms) for each in episode.headers]
    placings: list[Placing] = []
    for chapter in listed.chapters:
        start_ms = _on_video(chapter.start_ms, episode.audio.offset_ms, timeline)
        spot = spots.at(start_ms)
        titles = {header.title for header in spot.headers}
        titles |= {each.title for each in placings if each.index in spot.indices}
        titles |= {
            title for title, at_ms in known if at_ms is not None and abs(at_ms - start_ms) < near_ms
        }
        if chapter.title in titles:
            continue
        above = (h.index for h in spot.headers if spot.start_of(h, start_ms) > start_ms)
        index = next(above, spot.index)
        own_ms: int | None = start_ms
        if spot.line_ms is not None and abs(spot.line_ms - start_ms) < near_ms:
            own_ms = None
        elif start_ms == 0 and spot.opens and not placings:
            # It opens the episode: the rules of chapters give it 0 as it is.
            own_ms = None
        placings.append(Placing(index, chapter.title, own_ms))
    return tuple(placings)


def _on_video(start_ms: int, offset_ms: int, timeline: Timeline) -> int:
    """A start on the video timeline: audio time = video time - offset (DESIGN 4)."""
    if timeline is Timeline.VIDEO:
        return start_ms
    if start_ms == 0 and 0 < offset_ms < OPENING_MS:
        # The chapter that the audio begins in; what was cut off is its own beginning.
        return 0
    return max(0, start_ms + offset_ms)


def _entry(placing: Placing) -> dict[str, Any]:
    entry: dict[str, Any] = {"header": placing.title}
    if placing.own_ms is not None:
        entry["sec"] = seconds(placing.own_ms)
    return entry


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place for headers: before the entry `index`, with the headers that stand above it.

    `line_ms` is the time of the line there, None at the end; `opens` says that it is the first
    line, and early enough for the header above it to open the episode.
    """

    index: int
    headers: tuple[Header, ...]
    line_ms: int | None
    opens: bool

    @property
    def indices(self) -> frozenset[int]:
        """Where a header that goes here may stand."""
        return frozenset({self.index, *(header.index for header in self.headers)})

    def start_of(self, header: Header, default_ms: int) -> int:
        """When a header here starts."""
        if header.start_ms is not None:
            return header.start_ms
        return default_ms if self.line_ms is None else self.line_ms


class _Spots:
    """Finds places in rising order of starts, in one walk over the transcript."""

    def __init__(self, episode: Episode) -> None:
        self._walk = self._all(episode)
        self._spot = next(self._walk)

    def at(self, start_ms: int) -> _Spot:
        """The place before the first line at or after a start; starts must not fall."""
        while self._spot.line_ms is not None and self._spot.line_ms < start_ms:
            self._spot = next(self._walk)
        return self._spot

    @staticmethod
    def _all(episode: Episode) -> Iterator[_Spot]:
        headers: list[Header] = []
        is_first = True
        for entry in episode.transcript:
            if isinstance(entry, Header):
                headers.append(entry)
            elif isinstance(entry, Line):
                if entry.start_ms is not None:
                    opens = is_first and not headers and entry.start_ms < OPENING_MS
                    yield _Spot(entry.index, tuple(headers), entry.start_ms, opens)
                headers, is_first = [], False
        yield _Spot(episode.transcript[-1].index + 1, tuple(headers), None, opens=False)
