"""How right `align` is, and how fast: `python benchmarks/align.py`, a Markdown table on stdout.

Runs on made-up conversations, and on the real pairs of captions and edited transcripts in the
corpus where that is there (`--corpus DIR`). Errors are in whole seconds, as they are written.
Measured are lines whose time is known to be their own, all of them: one that is not placed is not
within anything. `wrong` is placed more than 5 s off. `found out` are lines that are not in the
recording, or were moved, and were not placed where they are not spoken.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path

PROJECT = Path(__file__).parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]

from speech import (  # noqa: E402
    PERTURBATIONS,
    Score,
    Spoken,
    as_lines,
    conversation,
    foreign_texts,
)

from producer.align.alignment import align_lines  # noqa: E402
from producer.align.turns import paragraph_turns  # noqa: E402
from producer.captions.caption import Caption  # noqa: E402
from producer.captions.read import read_captions  # noqa: E402
from producer.io.files import read_bytes  # noqa: E402
from producer.model.episode import Episode  # noqa: E402
from producer.read.episode import read_episode  # noqa: E402

CORPUS = PROJECT.parent / "shared" / "corpus"
SEEDS = 10
HEAD = (
    "recording | perturbation | lines | within 1 s | 2 s | 5 s | mean error | wrong | unplaced"
    " | found out | seconds an episode"
)

Pair = tuple[Sequence[Spoken], Sequence[Caption], Sequence[str]]


def made_up() -> list[Pair]:
    """Conversations of about an hour, captions in whole seconds and in fractions."""
    return [
        (*conversation(seed, whole_seconds=seed % 2 == 0), foreign_texts(seed, 60))
        for seed in range(SEEDS)
    ]


def long_ones() -> list[Pair]:
    """A conversation of five hours."""
    return [(*conversation(99, 720), foreign_texts(99, 60))]


def real(corpus: Path) -> Iterator[tuple[str, list[Pair]]]:
    """The pairs of the corpus; what other episodes say serves as what was not said."""
    for path in sorted((corpus / "captions").glob("*")):
        episode_path = corpus / "episodes" / f"{path.stem}.md"
        episode = read(episode_path)
        others = [read(each) for each in sorted(episode_path.parent.glob("*.md"))[-6:]]
        foreign = [
            line.text for other in others if other.slug != episode.slug for line in other.lines
        ]
        first = {group[0] for group in paragraph_turns(episode.transcript)}
        spoken = [
            Spoken(line.text, line.who, line.start_ms if number in first else None)
            for number, line in enumerate(episode.lines)
        ]
        yield path.stem[:24], [(spoken, read_captions(path), foreign)]


def read(path: Path) -> Episode:
    """An episode of the corpus."""
    episode, _ = read_episode(path.stem, path.name, read_bytes(path))
    assert episode is not None, path
    return episode


def row(name: str, pairs: Sequence[Pair], perturbation: str, seeds: int) -> str:
    """One line of the table: the mean over all lines of all pairs and seeds."""
    scores: list[Score] = []
    elapsed = 0.0
    for spoken, captions, foreign in pairs:
        for seed in range(seeds):
            perturb = PERTURBATIONS[perturbation]
            lines = perturb(random.Random(seed), spoken, foreign)
            start = time.perf_counter()
            alignment = align_lines(as_lines(lines), captions)
            elapsed += time.perf_counter() - start
            scores.append(Score.of(lines, alignment.places))
    total = sum(score.lines for score in scores)
    mean = {
        field.name: sum(getattr(score, field.name) * score.lines for score in scores) / total
        for field in fields(Score)
        if field.name not in {"lines", "found_out"}
    }
    out = [score.found_out for score in scores if score.found_out is not None]
    cells = [
        name,
        perturbation,
        str(total),
        *(f"{mean[f'within_{seconds}_s']:.1%}" for seconds in (1, 2, 5)),
        f"{mean['mean_error_s']:.2f} s",
        f"{mean['wrong']:.1%}",
        f"{mean['unplaced']:.1%}",
        f"{sum(out) / len(out):.1%}" if out else "",
        f"{elapsed / len(scores):.3f}",
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table, a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="DIR")
    corpus: Path = parser.parse_args().corpus
    print(f"| {HEAD} |")
    print(f"|{' --- |' * (HEAD.count('|') + 1)}")
    for name, pairs in real(corpus):
        for perturbation in PERTURBATIONS:
            print(row(name, pairs, perturbation, SEEDS), flush=True)
    for perturbation in PERTURBATIONS:
        print(row("made up, 1 h", made_up(), perturbation, 1), flush=True)
    for perturbation in PERTURBATIONS:
        print(row("made up, 5 h", long_ones(), perturbation, 1), flush=True)
    if not (corpus / "captions").is_dir():
        print(f"there is no corpus at {corpus}", file=sys.stderr)


if __name__ == "__main__":
    main()
