"""Real pairs of captions and the transcript that was edited from them."""

import random
import re
from pathlib import Path

import pytest
from speech import PERTURBATIONS, Score, Spoken, as_lines

from producer.align.alignment import align_lines
from producer.align.drift import find_drifts
from producer.align.edits import time_edits
from producer.align.retime import retime
from producer.align.turns import ParagraphTimes, habit, paragraph_turns
from producer.captions.caption import Caption
from producer.captions.read import read_captions
from producer.io.files import read_bytes
from producer.model.episode import Episode
from producer.read.episode import read_episode
from producer.source.edit import apply
from producer.times import parse_clock


@pytest.fixture(scope="module")
def pairs(corpus: Path) -> list[tuple[Episode, tuple[Caption, ...]]]:
    found = []
    for path in sorted((corpus / "captions").iterdir()):
        slug = path.stem
        episode, _ = read_episode(slug, slug, read_bytes(corpus / "episodes" / f"{slug}.md"))
        assert episode is not None
        found.append((episode, read_captions(path)))
    return found


Pairs = list[tuple[Episode, tuple[Caption, ...]]]


def spoken(episode: Episode) -> list[Spoken]:
    """The lines, with a time where it is known to be the line's own: where a turn begins."""
    first = {group[0] for group in paragraph_turns(episode.transcript)}
    return [
        Spoken(line.text, line.who, line.start_ms if number in first else None)
        for number, line in enumerate(episode.lines)
    ]


def test_there_are_pairs(pairs: Pairs) -> None:
    assert pairs


def test_published_seconds_are_met(pairs: Pairs) -> None:
    for episode, captions in pairs:
        alignment = align_lines(episode.lines, captions)
        assert habit(episode.transcript) is ParagraphTimes.TURN
        errors = [
            abs(each.found_ms // 1000 - (each.line.start_ms or 0) // 1000)
            if each.found_ms is not None
            else 1000
            for each in retime(episode.transcript, alignment, ParagraphTimes.TURN)
        ]
        assert sum(error <= 1 for error in errors) >= 0.92 * len(errors)
        assert sum(error <= 2 for error in errors) >= 0.97 * len(errors)
        assert sum(error <= 5 for error in errors) >= 0.99 * len(errors)


def test_a_correct_episode_raises_no_alarm(pairs: Pairs) -> None:
    for episode, captions in pairs:
        assert find_drifts(episode.transcript, align_lines(episode.lines, captions)) == ()


def test_a_file_without_times_gets_them_where_they_were(pairs: Pairs) -> None:
    times = re.compile(r"(?m)^  (sec|time): .*\n")
    for episode, captions in pairs:
        text = episode.source.text
        bare, _ = read_episode(episode.slug, episode.slug, times.sub("", text).encode())
        assert bare is not None
        alignment = align_lines(bare.lines, captions)
        edits = time_edits(bare, retime(bare.transcript, alignment, ParagraphTimes.TURN))
        edited = apply(bare.source, edits).text
        assert times.sub("", edited) == times.sub("", text)
        got, _ = read_episode(episode.slug, episode.slug, edited.encode())
        assert got is not None
        for number, line in enumerate(got.lines):
            if number in alignment.unplaced:
                assert line.start_ms is None
            else:
                entry = got.data["transcript"][line.index]
                assert list(entry) == ["line", "sec", "time", "who"]
                assert parse_clock(entry["time"]) == entry["sec"] * 1000 == line.start_ms


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_perturbed(pairs: Pairs, name: str) -> None:
    for episode, captions in pairs:
        scores = []
        for seed in range(8):
            chosen = random.Random(seed)
            # What other episodes of the show say is not in this recording.
            lines = PERTURBATIONS[name](chosen, spoken(episode), others(episode))
            scores.append(Score.of(lines, align_lines(as_lines(lines), captions).places))
        total = sum(score.lines for score in scores)
        assert sum(score.within_2_s * score.lines for score in scores) / total >= 0.92
        assert sum(score.wrong * score.lines for score in scores) / total <= 0.01
        assert all(score.found_out is None or score.found_out >= 0.95 for score in scores)


def others(episode: Episode) -> list[str]:
    folder = Path(__file__).parents[2] / "shared" / "corpus" / "episodes"
    texts: list[str] = []
    for path in sorted(folder.glob("*.md"))[-6:]:
        other, _ = read_episode(path.stem, path.name, read_bytes(path))
        if other is not None and other.slug != episode.slug:
            texts += [line.text for line in other.lines]
    return texts
