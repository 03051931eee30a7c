"""Drafts of captions: what is dropped, replaced, restored and suggested, and what never is."""

from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from producer.draft.case import restore_case
from producer.draft.draft import Draft, ShowFacts, draft
from producer.draft.fillers import Kind, drop_fillers
from producer.draft.glossary import Glossary, Replaced
from producer.draft.guests import suggest_guests
from producer.draft.known import KnownVideo, known_video
from producer.draft.language import language_of
from producer.draft.near_names import near_names
from producer.draft.paragraphs import paragraphs
from producer.draft.report import report, summary
from producer.draft.tokens import Token, key_of, split_edges, text_of, tokens_of
from producer.draft.turns import suggest_turns
from producer.draft.vocabulary import Vocabulary, vocabulary_of
from producer.imports import ImportedHeader, ImportedLine, ImportedTranscript, Word
from producer.imports.draft import draft_entries
from producer.model.show import GlossaryName
from producer.source.edit import dump

ENGLISH = language_of("en")


def words(text: str) -> list[Token]:
    return tokens_of([ImportedLine(0, None, "", text)])


def cue(start_s: float, text: str, end_s: float | None = None) -> ImportedLine:
    return ImportedLine(
        round(start_s * 1000), None if end_s is None else round(end_s * 1000), "", text
    )


def captions(*lines: ImportedLine | ImportedHeader, language: str = "en") -> ImportedTranscript:
    return ImportedTranscript(lines, language, "captions")


def all_words(entries: Any) -> list[str]:
    return [key for each in entries for word in each["line"].split() if (key := key_of(word))]


# Tokens


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("word", ("", "word", "")),
        ("“It's,”", ("“", "It's", ",”")),
        ("...", ("...", "", "")),
        ("🎧", ("🎧", "", "")),
        ("שלום!", ("", "שלום", "!")),
        ("e\u0301,", ("", "e\u0301", ",")),
    ],
)
def test_edges_of_words(text: str, parts: tuple[str, str, str]) -> None:
    assert split_edges(text) == parts
    assert "".join(split_edges(text)) == text


def test_words_have_times_inside_their_caption() -> None:
    made = tokens_of([cue(1, "aa bb"), cue(1.6, "c")])
    assert [(t.text, t.start_ms, t.end_ms) for t in made] == [
        ("aa", 1000, 1300),
        ("bb", 1300, 1600),
        ("c", 1600, 1900),
    ]


def test_words_have_the_times_of_the_file_where_it_has_them() -> None:
    timed = ImportedLine(0, 900, "", "a b", (Word(100, 200, "a"), Word(700, 800, "b")))
    assert [(t.start_ms, t.end_ms) for t in tokens_of([timed])] == [(100, 200), (700, 800)]


def test_a_time_out_of_order_is_taken_from_before() -> None:
    made = tokens_of([cue(1, "a"), cue(99, "b"), cue(2, "c"), cue(3, "d")])
    assert [t.start_ms for t in made] == [1000, 1000, 2000, 3000]


def test_marks_of_speakers_go_to_the_word_behind() -> None:
    made = tokens_of([cue(0, "a >> b"), cue(1, ">>"), cue(2, "c >>d &gt;&gt; e")])
    assert [(t.text, t.is_marked) for t in made] == [
        ("a", False),
        ("b", True),
        ("c", True),
        ("d", True),
        ("e", True),
    ]


# Fillers


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("so um I was uh there", "so I was there"),
        ("Um, so we went.", "So we went."),
        ("It was, um, great", "It was great"),
        ("we went uh. Then", "we went. Then"),
        ("the the the dog", "the dog"),
        ("in the in the house", "in the house"),
        ("the uh the dog", "the dog"),
        ("the, the dog", "the dog"),
        ("spe spe specializes", "specializes"),
        ("spe- specializes", "specializes"),
        ("I I'm here", "I'm here"),
        ("[Music] hello [Applause]", "hello"),
        ("It is, you know, hard", "It is hard"),
        ("you know you know it", "you know it"),
        ("You know, it is", "It is"),
        # Nothing of these is a stutter.
        ("do you know it", "do you know it"),
        ("I used to you know learn", "I used to you know learn"),
        ("that that is, had had", "that that is, had had"),
        ("very very good no no", "very very good no no"),
        ("I do. I do.", "I do. I do."),
        ("It is it? It is.", "It is it? It is."),
        ("New York New York", "New York New York"),
        ("20 20 2 2", "20 20 2 2"),
        ("new newspaper", "new newspaper"),
        ("umbrella ah err", "umbrella ah"),
        ("music is I like apples", "music is I like apples"),
    ],
)
def test_what_is_dropped(text: str, kept: str) -> None:
    made, dropped = drop_fillers(words(text), ENGLISH)
    assert text_of(made) == kept
    assert bool(dropped) is (kept != text)


def test_what_was_dropped_is_listed_with_its_place() -> None:
    tokens = tokens_of([cue(0, "um the the spe spe special"), cue(9, "uh [Music]")])
    _, dropped = drop_fillers(tokens, ENGLISH)
    assert [(d.text, d.start_ms, d.kind) for d in dropped] == [
        ("um", 0, Kind.FILLER),
        ("the", 450, Kind.REPEAT),
        ("spe spe", 1650, Kind.FALSE_START),
        ("uh", 9000, Kind.FILLER),
        ("[Music]", 9450, Kind.SOUND),
    ]


def test_fillers_are_of_a_language() -> None:
    german, english = "er war äh er ist um acht da", "er ähm um"
    assert text_of(drop_fillers(words(german), language_of("de-AT"))[0]) == (
        "er war er ist um acht da"
    )
    assert text_of(drop_fillers(words(english), language_of("fr"))[0]) == english


def test_a_mark_of_a_filler_goes_on_to_the_next_word() -> None:
    made, _ = drop_fillers(words("a >> um b"), ENGLISH)
    assert [(t.text, t.is_marked) for t in made] == [("a", False), ("b", True)]


SPOKEN = st.lists(
    st.sampled_from(
        [
            "um",
            "uh,",
            "Uh.",
            "The",
            "the",
            "The,",
            "I",
            "I'm",
            "it",
            "it's",
            "you",
            "know,",
            "know",
            "you",
            "know",
            "spe",
            "spe-",
            "special",
            "20",
            "[Music]",
            ">>",
            "that",
            "was",
            "was.",
            "yes?",
            "🎧",
            "שלום",
            "...",
            ",",
            "in",
            "a",
            "so",
        ]
    ),
    max_size=30,
).map(" ".join)


@given(SPOKEN)
def test_dropping_never_reorders_and_forgets_nothing(text: str) -> None:
    tokens = words(text)
    made, dropped = drop_fillers(tokens, ENGLISH)
    kept, said = [t.key for t in made if t.key], [t.key for t in tokens if t.key]
    rest = iter(said)
    assert all(key in rest for key in kept), "a subsequence"
    listed = [key for each in dropped for word in each.text.split() if (key := key_of(word))]
    assert sorted(kept + listed) == sorted(said)
    times = [t.start_ms or 0 for t in made]
    assert times == sorted(times)


@given(SPOKEN)
def test_dropping_again_changes_nothing(text: str) -> None:
    made, _ = drop_fillers(words(text), ENGLISH)
    again, dropped = drop_fillers(made, ENGLISH)
    assert (again, dropped) == (made, ())


# Glossary and near misses

GLOSSARY = Glossary(
    [
        GlossaryName("Omdena", ("omina", "oma and")),
        GlossaryName("Justus Liebig", ("ustus liik",)),
        GlossaryName("Omdena Academy", ("Omdena",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("(omina, is", "(Omdena, is"),
        ("OMINA's work.", "Omdena's work."),
        ("at ustus liik. So", "at Justus Liebig. So"),
        ("oma and you", "Omdena you"),
        ("omdena Academy omdena", "omdena Academy omdena"),
        ("oma is", "oma is"),
    ],
)
def test_misheard_forms_are_replaced(text: str, named: str) -> None:
    made, replaced = GLOSSARY.apply(words(text))
    assert text_of(made) == named
    assert bool(replaced) is (named != text)
    assert GLOSSARY.apply(made) == (made, ())


def test_what_was_replaced_is_listed() -> None:
    _, replaced = GLOSSARY.apply(tokens_of([cue(5, "omina"), cue(7, "ustus liik")]))
    assert replaced == (
        Replaced("omina", "Omdena", 5000),
        Replaced("ustus liik", "Justus Liebig", 7000),
    )


def test_near_misses_are_offered_once_with_their_count() -> None:
    tokens = tokens_of([cue(3, "johanna berer and"), cue(9, "johanna berer or johanna bayer")])
    (near,) = near_names(tokens, ["Johanna Bayer"], Vocabulary())
    assert (near.heard, near.name, near.count, near.start_ms) == (
        "johanna berer",
        "Johanna Bayer",
        2,
        3000,
    )


def test_words_that_the_show_uses_are_near_to_nothing() -> None:
    vocabulary = vocabulary_of(["we make sound louder and louder"])
    assert near_names(words("it is louder"), ["Loudre"], Vocabulary()) != ()
    assert near_names(words("it is louder"), ["Loudre"], vocabulary) == ()


# Case

VOCABULARY = vocabulary_of(
    ["We use Python in Berlin. The rose by Python and a mark", "Use Berlin, the mark of a rose"]
)


def restored(text: str, *names: str, vocabulary: Vocabulary = VOCABULARY) -> str:
    return text_of(restore_case(words(text), vocabulary, names, ENGLISH))


def test_case_is_of_earlier_episodes_and_names() -> None:
    assert restored("i think python in Mark berlin") == "I think Python in mark Berlin"
    assert restored("rose and erum afzal's erum rose tyler", "Erum Afzal", "Rose Tyler") == (
        "rose and Erum Afzal's Erum Rose Tyler"
    )
    assert restored("will smith will", "Will Smith", vocabulary=Vocabulary()) == "Will Smith will"
    assert restored("i’m here") == "I’m here"


def test_sentences_begin_with_capitals_where_there_are_any() -> None:
    assert restored("hello. (this is it? yes.") == "Hello. (This is it? Yes."
    assert restored("HELLO THERE PYTHON.") == "Hello there Python."


@given(SPOKEN)
def test_case_changes_nothing_but_case_and_nothing_twice(text: str) -> None:
    made = restored(text, "Um The", "Special")
    assert made.casefold() == text_of(words(text)).casefold()
    assert restored(made, "Um The", "Special") == made


# Turns and paragraphs


def breaks(text: str) -> list[str]:
    tokens = words(text)
    return [tokens[at].text for at in suggest_turns(tokens, ENGLISH)]


def test_turns_are_suggested() -> None:
    assert breaks("a >> b") == ["b"]
    assert breaks("Is it so far away? It is not. No.") == ["It"]
    assert breaks("it is nice to be here thank you for coming it is") == ["thank"]
    assert breaks("your whole career journey so far well it was") == ["well"]
    assert breaks("we like it so much and we") == []


def test_a_pause_before_so_is_a_turn() -> None:
    lines = [cue(0, "this is what we do"), cue(9, "so it is"), cue(20, "dogs are")]
    tokens = tokens_of(lines)
    assert [tokens[at].text for at in suggest_turns(tokens, ENGLISH)] == ["so"]


@given(st.lists(st.sampled_from(["word", "end.", "x" * 700]), max_size=400))
def test_paragraphs_lose_nothing_and_have_a_limit(texts: list[str]) -> None:
    tokens = words(" ".join(texts))
    made = paragraphs(tokens)
    assert [token for each in made for token in each] == tokens
    assert all(len(each) <= 120 and len(text_of(each)) <= 2000 for each in made)


def test_paragraphs_end_at_sentences_and_at_pauses() -> None:
    assert list(map(len, paragraphs(words("w " * 70 + "end. " + "w " * 80)))) == [71, 80]
    paused = tokens_of([cue(0, "w " * 80), cue(100, "w " * 80)])
    assert list(map(len, paragraphs(paused))) == [80, 80]
    assert list(map(len, paragraphs(words("w " * 130)))) == [120, 10]


# All of it

FACTS = ShowFacts(
    vocabulary=VOCABULARY,
    glossary=(GlossaryName("Omdena", ("omina",)),),
    people={"adasmith": "Ada Smith", "bob": "Bob Jones"},
    hosts=("bob",),
)


def test_a_draft_of_captions() -> None:
    made = draft(
        captions(
            cue(0, "um welcome ada smith of omina"),
            cue(4, "what is it like"),
            ImportedHeader("Part", 8000),
            cue(8.7, "yeah the the dog in berlin"),
        ),
        FACTS,
    )
    assert made.entries == (
        {"line": "welcome Ada Smith of Omdena what is it like", "sec": 0, "time": "0:00",
         "who": "TODO"},
        {"header": "Part", "sec": 8},
        {"line": "yeah the dog in Berlin", "sec": 8, "time": "0:08", "who": "TODO"},
    )  # fmt: skip
    assert made.guests == ("adasmith",)
    assert report(made, "x.txt", FACTS.people) == [
        "Drafted by `producer new` from x.txt. Delete these lines when done.",
        "Dropped: 1 filler, 1 repeated word (`--keep-fillers` keeps them):",
        "  um: 1x at 0:00",
        "  the: 1x at 0:09",
        "Replaced by the glossary, 1 in all:",
        "  omina -> Omdena: 1x at 0:03",
        "Case: from earlier episodes and known names. Punctuation: as it was.",
        "The captions have no sentences: put in full stops and commas.",
        "Named in the first minutes, guests perhaps: adasmith (Ada Smith).",
    ]
    assert summary(made) == "2 words and phrases dropped, 1 name replaced"


def test_fillers_are_kept_on_demand() -> None:
    made = draft(captions(cue(0, "um the the")), ShowFacts(), keep_fillers=True)
    assert made.entries[0]["line"] == "um the the"
    assert made.dropped == ()


@pytest.mark.parametrize("has_paragraphs", [True, False])
def test_what_has_speakers_or_paragraphs_stays(has_paragraphs: bool) -> None:
    lines = (
        ImportedLine(1500, None, "Ada", "Um, the the  dog."),
        ImportedLine(2500, None, "Bob", "at omina uh"),
    )
    given_ = ImportedTranscript(lines, "en", "x", has_paragraphs)
    made = draft(given_, FACTS)
    plain = draft_entries(given_)
    assert made.entries == (plain[0], plain[1] | {"line": "at Omdena uh"})
    assert (made.is_drafted, made.dropped, made.turns) == (False, (), 0)


def test_guests_are_named_by_their_whole_name_and_no_hosts() -> None:
    people = {"a": "Ada Smith", "b": "Bob Jones", "c": "Smith", "d": "Eva Long"}
    tokens = words("bob jones met eva long and ada smith")
    assert suggest_guests(tokens, people, ["b"], Vocabulary()) == ("d", "a", "c")


TEXTS = st.one_of(SPOKEN, st.text(max_size=40)).map(lambda text: " ".join(text.split()))


@given(st.lists(st.tuples(st.one_of(st.none(), st.integers(0, 10**7)), TEXTS), max_size=12))
def test_any_captions_make_a_draft(cues: list[tuple[int | None, str]]) -> None:
    lines = [ImportedLine(start_ms, None, "", text) for start_ms, text in cues]
    made = draft(captions(*lines), ShowFacts())
    starts = [entry["sec"] for entry in made.entries if "sec" in entry]
    assert all(one <= two for one, two in pairwise(starts))
    listed = [key for each in made.dropped for w in each.text.split() if (key := key_of(w))]
    said = [token.key for token in tokens_of(lines) if token.key]
    assert sorted(all_words(made.entries) + listed) == sorted(said)
    assert draft(captions(*lines), ShowFacts()) == made


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "the " * 60_000,
        "um " * 60_000,
        ".'" * 500_000,
        ">>" * 500_000,
        "in the a of " * 15_000,
        "שלום \u202eعليكم \u200f" * 20_000,
        "👩‍🚀" * 100_000,
        "#: - --- \x85 \u2028" * 10_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_hostile_captions_make_a_draft_that_reads(text: str) -> None:
    made = draft(captions(cue(0, text), cue(5, text)), FACTS)
    lines = report(made, text, FACTS.people)
    assert max(map(len, lines)) < 400
    comment = "".join(f"# {line}\n" for line in lines)
    assert yaml.safe_load(comment + "a: 1") == {"a": 1}
    dump({"transcript": list(made.entries)})


def test_an_empty_draft() -> None:
    assert draft(captions(), ShowFacts()) == Draft(
        entries=(), is_drafted=True, restored_case=True, has_sentences=False
    )


# What the file says of the video


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (
            b'{"videoId": "abcdefghijk", "title": " A\\n b ", "captions": []}',
            KnownVideo("abcdefghijk", "A b"),
        ),
        (b'{"videoId": "no id", "title": 3, "captions": []}', KnownVideo()),
        (b'{"videoId": "abcdefghijk"}', KnownVideo()),
        (b"[" * 100_000, KnownVideo()),
        (b"\xff", KnownVideo()),
        (b"0:00 hi", KnownVideo()),
    ],
)
def test_the_video_of_captions(data: bytes, known: KnownVideo) -> None:
    assert known_video(data) == known
