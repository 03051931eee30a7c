"""How right `suggest` is: `python benchmarks/suggest.py`, a Markdown table on stdout.

Headers are taken out of real episodes, and as many places are asked for as there were. Pk
(Beeferman et al. 1999) and WindowDiff (Pevzner and Hearst 2002) are counted in words and lower is
better; `exact` is the share of places found to the line. Even spacing and random places are the
baselines. Numbers are means over the episodes.

The last row chooses the five weights anew for each fifth of the episodes, on the other four: if it
is no better than the row above it, the weights in use are not fitted to the sample.
"""

import argparse
import random
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import product
from pathlib import Path
from statistics import mean
from unittest import mock

PROJECT = Path(__file__).parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]

from segmentation import Published, Score, evenly_spaced, published, score  # noqa: E402

from producer.suggest.proposals import default_count, propose  # noqa: E402

CORPUS = PROJECT.parent / "shared" / "corpus"
FOLDS = 5
WEIGHTS = ("_TURN", "_NEXT_TURN", "_QUESTION", "_CUE", "_LIKENESS")
# As published: the turn's words, half the next turn's, two bonuses, less half the likeness.
PUBLISHED = (1.0, 0.5, 1.0, 0.5, 0.5)
GRID = tuple(product((0.5, 1.0), (0.5,), (1.0,), (0.5, 1.0), (0.5, 1.0, 2.0)))

Method = Callable[[Published], Collection[int]]


def proposed(episode: Published) -> set[int]:
    """As many places as the episode had headers."""
    return found(episode, len(episode.places))


def found(episode: Published, count: int) -> set[int]:
    """The proposed lines, by their numbers."""
    number = {line.index: at for at, line in enumerate(episode.lines)}
    return {number[each.line.index] for each in propose(episode.lines, count=count)}


def even(episode: Published) -> set[int]:
    """Even spacing."""
    return evenly_spaced(episode.words, len(episode.places))


def at_random(episode: Published) -> list[int]:
    """Any lines."""
    return random.Random(episode.slug).sample(range(1, len(episode.lines)), len(episode.places))


def by_itself(episode: Published) -> set[int]:
    """As many places as `suggest` proposes by itself."""
    return found(episode, max(1, default_count(sum(episode.words), 0)))


def with_weights(weights: Sequence[float]) -> Method:
    """`proposed` with other weights."""

    def method(episode: Published) -> set[int]:
        values = dict(zip(WEIGHTS, weights, strict=True))
        with mock.patch.multiple("producer.suggest.scores", **values):
            return proposed(episode)

    return method


def cross_validated(episodes: Sequence[Published]) -> Iterator[Score]:
    """The scores of each fold with the weights that are best for the others."""
    scores = {
        weights: [score(each, with_weights(weights)(each)) for each in episodes] for weights in GRID
    }
    order = list(range(len(episodes)))
    random.Random(0).shuffle(order)
    for fold in (order[start::FOLDS] for start in range(FOLDS)):
        others = [at for at in order if at not in fold]

        def cost(weights: tuple[float, ...], others: list[int] = others) -> float:
            return mean(scores[weights][at].pk + scores[weights][at].window_diff for at in others)

        best = min(GRID, key=cost)
        yield from (scores[best][at] for at in fold)


def row(name: str, scores: Sequence[Score]) -> str:
    """One line of the table."""
    means = (mean(getattr(each, field) for each in scores) for field in Score.__annotations__)
    return f"| {name} | {len(scores)} | {' | '.join(f'{value:.3f}' for value in means)} |"


def main() -> None:
    """Print the table, a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpus", type=Path, default=CORPUS, metavar="DIR")
    episodes = published(parser.parse_args().corpus / "episodes")
    if not episodes:
        sys.exit("there is no corpus of episodes with headers: name one with --corpus")
    methods: dict[str, Method] = {
        "random lines": at_random,
        "even spacing": even,
        "the published formula's weights": with_weights(PUBLISHED),
        "suggest": proposed,
        "suggest, its own number of places": by_itself,
    }
    print("| method | episodes | Pk | WindowDiff | exact |\n| --- | --- | --- | --- | --- |")
    for name, method in methods.items():
        print(row(name, [score(each, method(each)) for each in episodes]), flush=True)
    print(row(f"weights by {FOLDS}-fold cross-validation", list(cross_validated(episodes))))


if __name__ == "__main__":
    main()
