"""Edits made in a document arrive in the episode exactly, and change nothing else."""

import copy
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import one_line_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.errors import EditError
from producer.imports import (
    ImportedEntry,
    ImportedHeader,
    ImportedLine,
    ImportedTranscript,
    read_transcript,
)
from producer.imports.paragraphs import from_paragraphs, to_paragraphs
from producer.model.episode import Episode
from producer.read.episode import read_episode
from producer.review.align import align
from producer.review.document import as_imported, transcript_to_docx
from producer.review.edits import transcript_edits
from producer.source.diff import unified_diff
from producer.source.edit import Insert, Remove, Set, apply


def episode_of(text: str) -> Episode:
    episode, _ = read_episode("x", "episodes/x.md", text.encode())
    assert episode is not None
    return episode


def entries_of(episode: Episode) -> list[ImportedEntry]:
    return list(map(as_imported, episode.transcript))


def imported(entries: list[ImportedEntry]) -> ImportedTranscript:
    """The entries as they come out of a document that they were written into."""
    there_and_back = from_paragraphs(list(to_paragraphs(entries)), [])
    return ImportedTranscript(there_and_back, "", "docx", has_paragraphs=True)


def taken_back(episode: Episode, entries: list[ImportedEntry]) -> Episode:
    edits = transcript_edits(episode, imported(entries))
    return episode_of(apply(episode.source, edits).text)


HEAD = "---\ntitle: Soap   # a comment\nguests: [ada]\ntranscript:\n"
TAIL = "quotableClips: []\n---\n\nbody: {{ x }}\n"

HEADER = "- header: {}\n"
STYLES = [
    "- line: {text}\n  sec: {sec}\n  time: '{time}'\n  who: {who}\n",
    "- who: {who}   # note\n  line: {text}\n  extra: [1, 2]\n  sec: {sec}\n",
    "# above\n- {{line: {text}, time: '{time}', who: {who}}}\n",
    "- line: {text}\n  who: {who}\n",
    "- line: {text}\n  sec: {sec}.250\n",
    "- line: >-\n    {text}\n  id: 7\n",
    "- line: '{text}'\n  sec: '{sec}'\n  who: null\n",
]
WORDS = ["soap", "kettle", "lye", "Größe", "wait", "it's", "two words", "and then some"]


def file_of(rng: random.Random) -> str:
    """An episode in the styles that people write, with keys that are none of ours."""
    entries = []
    for _ in range(rng.randint(1, 10)):
        text = " ".join(rng.choices([w for w in WORDS if "'" not in w], k=rng.randint(1, 6)))
        if rng.random() < 0.2:
            own = f"  sec: {rng.randint(0, 999)}\n" if rng.random() < 0.3 else ""
            entries.append(HEADER.format(text) + own)
            continue
        sec = rng.randint(0, 599)
        values = {"text": text, "sec": sec, "time": f"{sec // 60}:{sec % 60:02}"}
        entries.append(rng.choice(STYLES).format(who=rng.choice(["Ada", "Bob"]), **values))
    return HEAD + "".join(entries) + TAIL


def changed(rng: random.Random, entries: list[ImportedEntry]) -> list[ImportedEntry]:
    """The entries after some edits of a document."""
    entries = list(entries)
    for _ in range(rng.randint(1, 5)):
        at = rng.randrange(len(entries)) if entries else 0
        kind = rng.choice(["text", "time", "who", "remove", "insert", "header", "swap", "split"])
        old = entries[at] if entries else None
        if old is None or kind == "insert":
            start_ms = rng.choice([None, rng.randint(0, 10**7)])
            who = rng.choice(["Ada", "Bob", "Eve", ""])
            entries.insert(at, ImportedLine(start_ms, None, who, rng.choice(WORDS)))
        elif kind == "header":
            entries.insert(at, ImportedHeader("New", rng.choice([None, 5500])))
        elif kind == "remove":
            del entries[at]
        elif kind == "swap":
            entries[0], entries[at] = entries[at], entries[0]
        elif kind == "time":
            start_ms = rng.choice([None, rng.randint(0, 10**7), 61_000])
            entries[at] = with_start(old, start_ms)
        elif isinstance(old, ImportedHeader):
            entries[at] = ImportedHeader(f"{old.title} more", old.start_ms)
        elif kind == "who":
            entries[at] = ImportedLine(old.start_ms, None, rng.choice(["Eve", "Ada"]), old.text)
        elif kind == "split":
            entries.insert(at + 1, ImportedLine(None, None, old.who, "the rest of it"))
        else:
            entries[at] = ImportedLine(old.start_ms, None, old.who, f"{old.text} mended")
    return entries or [ImportedHeader("Left")]


def with_start(entry: ImportedEntry, start_ms: int | None) -> ImportedEntry:
    if isinstance(entry, ImportedHeader):
        return ImportedHeader(entry.title, start_ms)
    return ImportedLine(start_ms, None, entry.who, entry.text)


@given(st.integers(0, 2**32))
def test_a_document_without_edits_changes_nothing(seed: int) -> None:
    episode = episode_of(file_of(random.Random(seed)))
    assert transcript_edits(episode, imported(entries_of(episode))) == []


@settings(max_examples=400)
@given(st.integers(0, 2**32))
def test_edits_arrive_exactly(seed: int) -> None:
    rng = random.Random(seed)
    episode = episode_of(file_of(rng))
    wanted = changed(rng, entries_of(episode))
    after = taken_back(episode, wanted)
    assert entries_of(after) == list(imported(wanted).entries)
    assert transcript_edits(after, imported(wanted)) == []
    head, _, body = episode.source.text.partition("transcript:")
    assert after.source.text.partition("transcript:")[0] == head
    assert after.source.text.endswith(TAIL)
    assert body != after.source.text.partition("transcript:")[2] or wanted == entries_of(episode)


@settings(max_examples=200)
@given(st.integers(0, 2**32), one_line_texts)
def test_one_mended_text_changes_one_value(seed: int, text: str) -> None:
    rng = random.Random(seed)
    episode = episode_of(file_of(rng))
    entries = entries_of(episode)
    at = rng.randrange(len(entries))
    old = entries[at]
    entries[at] = (
        ImportedHeader(text, old.start_ms)
        if isinstance(old, ImportedHeader)
        else ImportedLine(old.start_ms, None, old.who, text)
    )
    data = copy.deepcopy(episode.data["transcript"])
    data[at]["header" if isinstance(old, ImportedHeader) else "line"] = text
    assert taken_back(episode, entries).data["transcript"] == data


KEYS = """\
---
title: x
transcript:
- header: One
- line: First.
  sec: 5
  time: '0:05'
  who: Ada
  note: kept
- line: Second.
  sec: 10.5
- line: Third.
  time: '0:20'
  who: Bob
- line: Fourth.
---
"""


def edits_of(**changes: Any) -> list[Any]:
    """The edits for other fields of the entry number `at` of KEYS."""
    episode = episode_of(KEYS)
    entries: list[Any] = entries_of(episode)
    at = changes.pop("at")
    fields = {name: getattr(entries[at], name) for name in entries[at].__slots__}
    entries[at] = type(entries[at])(**{**fields, **changes})
    return transcript_edits(episode, ImportedTranscript(tuple(entries), "", "docx"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"at": 0, "title": "Uno"}, [Set(("transcript", 0, "header"), "Uno")]),
        ({"at": 0, "start_ms": 2500}, [Set(("transcript", 0, "sec"), 2.5, ("time", "who"))]),
        ({"at": 1, "text": "1st."}, [Set(("transcript", 1, "line"), "1st.")]),
        (
            {"at": 1, "start_ms": 65_250},
            [
                Set(("transcript", 1, "sec"), 65.25, ("time", "who")),
                Set(("transcript", 1, "time"), "1:05", ("who",)),
            ],
        ),
        (
            {"at": 1, "start_ms": None},
            [Remove(("transcript", 1, "sec")), Remove(("transcript", 1, "time"))],
        ),
        ({"at": 2, "start_ms": 11_000}, [Set(("transcript", 2, "sec"), 11, ("time", "who"))]),
        ({"at": 3, "start_ms": 21_000}, [Set(("transcript", 3, "time"), "0:21", ("who",))]),
        (
            {"at": 3, "start_ms": 21_500},
            [
                Set(("transcript", 3, "sec"), 21.5, ("time", "who")),
                Set(("transcript", 3, "time"), "0:21", ("who",)),
            ],
        ),
        (
            {"at": 4, "start_ms": 30_000},
            [
                Set(("transcript", 4, "sec"), 30, ("time", "who")),
                Set(("transcript", 4, "time"), "0:30", ("who",)),
            ],
        ),
        # The second line was heard from Ada, and still is in the document.
        (
            {"at": 1, "who": "Eve"},
            [Set(("transcript", 1, "who"), "Eve"), Set(("transcript", 2, "who"), "Ada")],
        ),
        ({"at": 4, "who": "Eve"}, [Set(("transcript", 4, "who"), "Eve")]),
    ],
)
def test_the_keys_that_change(changes: dict[str, Any], expected: list[Any]) -> None:
    assert edits_of(**changes) == expected


def test_whole_entries_come_and_go_from_the_end_up() -> None:
    episode = episode_of(KEYS)
    old = entries_of(episode)
    new = [
        old[0],
        ImportedLine(None, None, "Ada", "Before."),
        ImportedHeader("Two", 9000),
        old[1],
        *old[3:],
        ImportedLine(40_250, None, "Bob", "Last."),
    ]
    edits = transcript_edits(episode, ImportedTranscript(tuple(new), "", "docx"))
    last = {"line": "Last.", "sec": 40.25, "time": "0:40", "who": "Bob"}
    assert edits == [
        Insert(("transcript",), 5, last),
        Remove(("transcript", 2)),
        Insert(("transcript",), 1, {"header": "Two", "sec": 9}),
        Insert(("transcript",), 1, {"line": "Before.", "who": "Ada"}),
    ]
    assert entries_of(episode_of(apply(episode.source, edits).text)) == new


@pytest.mark.parametrize("front", ["title: x", "title: x\ntranscript:", "title: x\ntranscript: []"])
def test_an_episode_without_a_transcript_gets_one(front: str) -> None:
    wanted: list[ImportedEntry] = [
        ImportedHeader("One"),
        ImportedLine(1500, None, "Ada", "hi"),
        ImportedLine(None, None, "Ada", "there"),
    ]
    after = taken_back(episode_of(f"---\n{front}\n---\nbody\n"), wanted)
    assert entries_of(after) == wanted
    assert yaml.safe_load(after.source.text.split("---")[1])["transcript"] == [
        {"header": "One"},
        {"line": "hi", "sec": 1.5, "time": "0:01", "who": "Ada"},
        {"line": "there"},
    ]


def test_an_entry_that_is_header_and_line_is_refused_at_its_line() -> None:
    episode = episode_of("---\ntitle: x\ntranscript:\n- header: a\n  line: b\n---\n")
    assert transcript_edits(episode, imported(entries_of(episode))) == []
    with pytest.raises(
        EditError, match=r"^episodes/x\.md:4: an entry is both a header and a line$"
    ):
        transcript_edits(episode, imported([ImportedHeader("a")]))


def test_what_is_no_entry_stays_where_it_is() -> None:
    episode = episode_of("---\ntitle: x\ntranscript:\n- text\n- line: a\n- {}\n- line: b\n---\n")
    after = taken_back(
        episode, [ImportedLine(None, None, "", "a"), ImportedLine(None, None, "", "c")]
    )
    assert after.data["transcript"] == ["text", {"line": "a"}, {}, {"line": "c"}]


def test_the_corpus_and_a_mended_document(corpus: Path) -> None:
    path = corpus / "episodes" / "community-building-and-teaching-in-ai-tech.md"
    episode, _ = read_episode(path.stem, str(path), path.read_bytes())
    assert episode is not None
    found = read_transcript("x.docx", transcript_to_docx(episode))
    assert transcript_edits(episode, found) == []
    entries = list(found.entries)
    last = entries[-1]
    assert isinstance(last, ImportedLine)
    entries[-1] = ImportedLine(last.start_ms, None, last.who, "Short.")
    del entries[40]
    edits = transcript_edits(episode, ImportedTranscript(tuple(entries), "", "docx"))
    index = episode.transcript[-1].index
    assert edits[-1] == Remove(("transcript", episode.transcript[40].index))
    after = apply(episode.source, edits)
    mended, _ = read_episode(path.stem, str(path), after.encode())
    assert mended is not None
    assert [edit for edit in edits if isinstance(edit, Set)][-1] == Set(
        ("transcript", index, "line"), "Short."
    )
    assert entries_of(mended) == entries


class TestAlign:
    def test_a_split_paragraph_keeps_its_time(self) -> None:
        old: list[ImportedEntry] = [ImportedLine(0, None, "A", "one two three four five six")]
        new: list[ImportedEntry] = [
            ImportedLine(0, None, "A", "one two"),
            ImportedLine(None, None, "A", "three four five six"),
        ]
        assert align(old, new) == [(0, 0), (None, 1)]

    def test_a_new_paragraph_above_one_that_was_mended(self) -> None:
        old: list[ImportedEntry] = [ImportedLine(0, None, "A", "one two three")]
        new: list[ImportedEntry] = [
            ImportedLine(None, None, "A", "four"),
            ImportedLine(None, None, "A", "one two and three"),
        ]
        assert align(old, new) == [(None, 0), (0, 1)]

    def test_a_text_written_anew_is_the_entry_in_its_place(self) -> None:
        assert align([ImportedHeader("One")], [ImportedHeader("Uno")]) == [(0, 0)]

    def test_a_header_is_never_a_line(self) -> None:
        assert sorted(
            align([ImportedHeader("a")], [ImportedLine(None, None, "", "a")]), key=str
        ) == [
            (0, None),
            (None, 0),
        ]

    @given(st.integers(0, 2**32))
    def test_pairs_are_in_order_and_whole(self, seed: int) -> None:
        rng = random.Random(seed)
        old = entries_of(episode_of(file_of(rng)))
        new = changed(rng, old)
        pairs = align(old, new)
        assert [a for a, _ in pairs if a is not None] == list(range(len(old)))
        assert [b for _, b in pairs if b is not None] == list(range(len(new)))
        for a, b in pairs:
            assert a is None or b is None or type(old[a]) is type(new[b])

    def test_two_long_transcripts_with_nothing_in_common(self) -> None:
        old: list[ImportedEntry] = [ImportedLine(n, None, "", f"a{n}") for n in range(3000)]
        new: list[ImportedEntry] = [ImportedLine(n, None, "", f"b{n}") for n in range(2999)]
        assert align(old, new)[-1] == (2999, None)

    def test_a_transcript_of_one_line_again_and_again(self) -> None:
        old: list[ImportedEntry] = [ImportedLine(None, None, "", "same")] * 5000
        new: list[ImportedEntry] = [ImportedHeader("x"), *old[:4000], ImportedHeader("y")]
        assert len(align(old, new)) >= 5000


def test_a_diff_of_windows_lines_shows_what_changed_alone() -> None:
    episode = episode_of(KEYS.replace("\n", "\r\n"))
    entries = entries_of(episode)
    entries[1] = ImportedLine(5000, None, "Ada", "1st.")
    after = apply(episode.source, transcript_edits(episode, imported(entries)))
    assert unified_diff(episode.source, after).splitlines()[:2] == [
        "--- a/episodes/x.md",
        "+++ b/episodes/x.md",
    ]
    changes = unified_diff(episode.source, after).splitlines()[2:]
    assert [each for each in changes if each[0] in "+-"] == ["-- line: First.", "+- line: 1st."]
    assert unified_diff(after, after) == ""
