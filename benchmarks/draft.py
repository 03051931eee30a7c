"""Drafts of real captions beside the episodes that people edited from them.

`python benchmarks/draft.py [--corpus ../shared/corpus]` prints two tables. The first is of pairs
of captions and edited episode: how many words agree in the raw captions and in the draft, in
letters and in case, and how many of the suggested turn breaks are right (precision) and found
(recall), within `--slack` words. The edited episode is not among those that the case is learnt
from. The second is of all episodes with their punctuation and times taken away: turns suggested
by the words alone.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from producer.align.matching import match_words
from producer.draft.draft import TODO, ShowFacts, draft
from producer.draft.language import language_of
from producer.draft.tokens import Token, key_of
from producer.draft.turns import suggest_turns
from producer.draft.vocabulary import vocabulary_of
from producer.imports import read_transcript
from producer.io.workspace import Workspace
from producer.model.episode import Episode


def turn_starts(episode: Episode) -> tuple[list[str], set[int]]:
    """The words of the edited episode, and at which of them somebody else begins."""
    words: list[str] = []
    starts: set[int] = set()
    who = None
    for line in episode.lines:
        if who is not None and line.who != who:
            starts.add(len(words))
        who = line.who
        words += [word for word in line.text.split() if key_of(word)]
    return words, starts


def found_near(places: Sequence[int], others: Sequence[int], slack: int) -> int:
    """How many places have another within so many words, each other taken once."""
    left = sorted(others)
    count = 0
    for place in sorted(places):
        near = next((other for other in left if abs(other - place) <= slack), None)
        if near is not None:
            left.remove(near)
            count += 1
    return count


def share(part: int, whole: int) -> str:
    """A percentage, or a dash."""
    return f"{100 * part / whole:.0f} %" if whole else "-"


def pair(workspace: Workspace, captions: Path, slack: int) -> str:
    """A row of the first table."""
    episodes = {
        slug: workspace.read_episode(slug, path)[0]
        for slug, path in workspace.episode_paths.items()
    }
    edited = episodes.pop(captions.stem)
    assert edited is not None
    facts = ShowFacts(
        vocabulary=vocabulary_of(
            line.text for episode in episodes.values() if episode for line in episode.lines
        ),
        people={slug: person.name for slug, person in workspace.people.items()},
    )
    imported = read_transcript(captions.name, captions.read_bytes())
    made = draft(imported, facts)
    wanted, wanted_starts = turn_starts(edited)
    raw = [word for line in imported.lines for word in line.text.split() if key_of(word)]
    words: list[str] = []
    starts: list[int] = []
    for entry in made.entries:
        if entry.get("who") == TODO and words:
            starts.append(len(words))
        words += [word for word in entry.get("line", "").split() if key_of(word)]
    wanted_keys = [key_of(word) for word in wanted]
    row = [captions.stem[:24]]
    for side in (raw, words):
        matches = match_words(wanted_keys, [key_of(word) for word in side])
        row.append(share(len(matches), len(side)))
        # Where the edited text begins a sentence, captions without sentences cannot know.
        inner = [(a, b) for a, b in matches if a and wanted[a - 1][-1:] not in ".?!…”"]
        same = sum(wanted[a].strip(",;:.?!”“") == side[b].strip(",;:.?!") for a, b in inner)
        row.append(share(same, len(inner)))
    to_edited = {b: a for a, b in matches}
    # What was cut from the beginning has turns that nobody can judge.
    first, last = min(to_edited), max(to_edited)
    placed = [
        next(
            (to_edited[at + step] - step for step in range(slack + 1) if at + step in to_edited),
            -1000,
        )
        for at in starts
        if first <= at <= last
    ]
    right = found_near(placed, sorted(wanted_starts), slack)
    row += [
        str(len(placed)),
        share(right, len(placed)),
        share(right, len(wanted_starts)),
        str(len(made.dropped)),
    ]
    return "| " + " | ".join(row) + " |"


def by_words(workspace: Workspace, slack: int) -> str:
    """The row of the second table."""
    suggested = right = wanted = 0
    for slug, path in workspace.episode_paths.items():
        episode = workspace.read_episode(slug, path)[0]
        if episode is None:
            continue
        words, starts = turn_starts(episode)
        made = suggest_turns([Token(key_of(word), None) for word in words], language_of("en"))
        suggested += len(made)
        wanted += len(starts)
        right += found_near(made, sorted(starts), slack)
    return f"| {suggested} | {wanted} | {share(right, suggested)} | {share(right, wanted)} |"


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--slack", type=int, default=3)
    args = parser.parse_args()
    workspace = Workspace.open(args.corpus)
    print("| captions | words in the edited text: raw | same case: raw | words: draft", end="")
    print(" | same case: draft | breaks | right | of all turns found | dropped |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for captions in sorted((args.corpus / "captions").iterdir()):
        print(pair(workspace, captions, args.slack))
    print("\n| breaks by words alone | turns | right | of all turns found |\n|--:|--:|--:|--:|")
    print(by_words(workspace, args.slack))


if __name__ == "__main__":
    main()
