"""Drafts of real captions; `benchmarks/draft.py` has the figures, this holds their direction."""

from pathlib import Path

from producer.align.matching import match_words
from producer.draft.draft import ShowFacts, draft
from producer.draft.tokens import key_of, tokens_of
from producer.imports import read_transcript
from producer.read.episode import read_episode


def test_a_draft_is_nearer_to_the_edited_episode_than_its_captions(corpus: Path) -> None:
    for path in sorted((corpus / "captions").iterdir()):
        name = f"{path.stem}.md"
        episode, _ = read_episode(path.stem, name, (corpus / "episodes" / name).read_bytes())
        assert episode is not None
        imported = read_transcript(path.name, path.read_bytes())
        made = draft(imported, ShowFacts())
        edited = _keys(" ".join(line.text for line in episode.lines))
        said = [token.key for token in tokens_of(imported.lines) if token.key]
        drafted = _keys(" ".join(entry.get("line", "") for entry in made.entries))
        dropped = _keys(" ".join(each.text for each in made.dropped))
        assert sorted(drafted + dropped) == sorted(said)
        # Of the words dropped, hardly any were kept by the people who edited the same captions.
        lost = len(match_words(edited, said)) - len(match_words(edited, drafted))
        assert lost < 0.1 * len(dropped)
        assert made.turns > 0


def _keys(text: str) -> list[str]:
    return [key for word in text.split() if (key := key_of(word))]
