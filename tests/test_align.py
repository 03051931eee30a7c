"""Lines get their times from captions: words, matches, places, and how right they are."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from speech import (
    PERTURBATIONS,
    Language,
    Score,
    Spoken,
    Status,
    as_lines,
    conversation,
    foreign_texts,
)

from producer.align.alignment import Alignment, Place, align_lines, align_texts
from producer.align.matching import match_words
from producer.align.words import TimedWords, split_words, timed_words
from producer.captions.caption import Caption


def captions_of(words: list[str], ms_per_word: int = 400, size: int = 6) -> list[Caption]:
    return [
        Caption(at * ms_per_word, " ".join(words[at : at + size]))
        for at in range(0, len(words), size)
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("We’ll, WE'LL!", ["well", "well"]),
        (">> Well - [Music] no-one", ["well", "no", "one"]),
        ("Straße 50-60 naïve", ["strasse", "50", "60", "naïve"]),
        ("日本語のABC", ["日", "本", "語", "の", "abc"]),
        ("สวัสดี", ["ส", "ว", "ั", "ส", "ด", "ี"]),
        ("हिन्दी भाषा", ["हिन्दी", "भाषा"]),
        ("[", []),
        ("… – “”", []),
        ("ｆｕｌｌ", ["full"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_times_inside_a_caption_go_by_letters() -> None:
    said = timed_words([Caption(1001, "a bbb cc"), Caption(1901, "d")])
    assert said == TimedWords(("a", "bbb", "cc", "d"), (1001, 1201, 1601, 1901))


def test_a_pause_after_a_caption_is_no_slow_speech() -> None:
    said = timed_words([Caption(1, "a b"), Caption(60_001, "c")])
    assert said.times_ms == (1, 301, 60_001)


def test_whole_seconds_are_cut_and_half_a_second_is_missing() -> None:
    assert timed_words([Caption(1000, "a"), Caption(2000, "b")]).times_ms == (1500, 2500)


def test_captions_that_roll_say_each_word_once() -> None:
    shown = ["a b c", "a b c d e", "d e", "d e f g", "f g h i j"]
    said = timed_words([Caption(1001 * n, text) for n, text in enumerate(shown)])
    assert "".join(said.words) == "abcdefghij"


def test_a_few_repeats_are_said_twice() -> None:
    shown = ["a b c", "c d e", "f g", "h i", "j k"]
    said = timed_words([Caption(1001 * n, text) for n, text in enumerate(shown)])
    assert "".join(said.words) == "abccdefghijk"


def test_captions_out_of_order_are_sorted() -> None:
    assert timed_words([Caption(2001, "b"), Caption(1001, "a")]).words == ("a", "b")


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.data())
def test_matches_are_equal_words_and_rise(first: list[str], data: st.DataObject) -> None:
    second = data.draw(st.lists(st.sampled_from("abcdefgh"), max_size=60))
    matches = match_words(first, second)
    assert all(first[one] == second[two] for one, two in matches)
    for (one, two), (later_one, later_two) in pairwise(matches):
        assert one < later_one
        assert two < later_two


@given(st.lists(st.integers(0, 50), min_size=3, max_size=80))
def test_the_same_text_matches_word_by_word(numbers: list[int]) -> None:
    words = [str(number) for number in numbers]
    assert match_words(words, words) == [(n, n) for n in range(len(words))]


def test_a_large_window_without_anchors_is_given_up() -> None:
    assert match_words(["a", "b"] * 5000, ["b", "a"] * 5000) == []


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_captions_of_the_transcript_itself_give_its_times(seed: int, size: int) -> None:
    chosen, language = random.Random(seed), Language(7)
    texts = [language.sentence(chosen, chosen.randint(1, 40)) for _ in range(chosen.randint(1, 9))]
    words = [word for text in texts for word in text.split()]
    places = align_texts(texts, captions_of(words, 401, size)).places
    at = 0
    for text, place in zip(texts, places, strict=True):
        assert place.start_ms is not None
        # Words of a caption differ in length, and share its time by their letters.
        assert abs(place.start_ms - 200 - at * 401) <= 401 * size // 2
        at += len(text.split())


def test_a_line_that_begins_with_a_caption_has_its_very_second() -> None:
    texts = ["One two three four.", "Five six seven.", "Eight!"]
    captions = [Caption(7000 * n + 3000, text) for n, text in enumerate(texts)]
    starts = [place.start_ms for place in align_texts(texts, captions).places]
    assert [ms and ms // 1000 for ms in starts] == [3, 10, 17]


@settings(max_examples=60)
@given(st.data())
def test_times_never_fall_and_confidence_is_a_share(data: st.DataObject) -> None:
    words = st.lists(st.sampled_from(["yeah", "so", "one", "two", "three", "名", "[x]", "!"]))
    texts = [" ".join(each) for each in data.draw(st.lists(words, max_size=12))]
    shown = [" ".join(each) for each in data.draw(st.lists(words, max_size=12))]
    starts = data.draw(st.lists(st.integers(0, 9_000), min_size=len(shown), max_size=len(shown)))
    captions = [Caption(ms, text) for ms, text in zip(starts, shown, strict=True)]
    alignment = align_texts(texts, captions)
    placed = [place.start_ms for place in alignment.places if place.start_ms is not None]
    assert placed == sorted(placed)
    assert len(alignment.places) == len(texts)
    for place in alignment.places:
        assert 0 <= place.confidence <= 1
        assert place.start_ms is None or place.start_ms <= (place.end_ms or -1)
        assert place.elsewhere_ms is None or place.start_ms is None


def test_nothing_gives_nothing() -> None:
    assert align_texts([], [Caption(0, "a b c")]) == Alignment(())
    assert align_texts(["a b c", "", "[music]"], []) == Alignment((Place(), Place(), Place()))
    assert align_texts(["a b c"], [Caption(0, "[Music]"), Caption(0, ">>")]).unplaced == (0,)


def test_names_mended_fillers_dropped_and_sentences_joined() -> None:
    captions = [
        Caption(10_000, "uh so my name is irum and um"),
        Caption(13_000, "I work at the om academy"),
        Caption(16_000, "yeah that is that is nice where"),
        Caption(19_000, "is that in frankort"),
    ]
    texts = [
        "My name is Erum, and I work at the Omdena Academy.",
        "Nice. Where is that?",
        "Berlin?",
    ]
    first, second, third = align_texts(texts, captions).places
    assert (first.start_ms or 0) // 1000 in {10, 11}
    assert (second.start_ms or 0) // 1000 in {17, 18}
    assert third == Place()
    assert first.confidence > 0.5


def test_a_short_reply_is_placed_between_its_neighbours_only() -> None:
    spoken, captions = conversation(5)
    texts = [line.text for line in spoken]
    sure = align_texts(texts, captions)
    short = [n for n, text in enumerate(texts) if len(text.split()) == 1]
    assert short
    placed = [n for n in short if sure.places[n].start_ms is not None]
    assert len(placed) >= 0.8 * len(short)
    # The same reply between others that follow each other without it is not heard there.
    texts.insert(60, "Exactly.")
    assert align_texts(texts, captions).places[60].start_ms is None


def test_a_moved_block_is_found_where_it_is_spoken() -> None:
    spoken, captions = conversation(11, 60)
    block = [line for line in spoken[20:26] if len(line.text.split()) > 5]
    rest = spoken[:20] + spoken[26:]
    moved = rest[:45] + block + rest[45:]
    places = align_lines(as_lines(moved), captions).places[45 : 45 + len(block)]
    assert len(block) >= 3
    for line, place in zip(block, places, strict=True):
        assert place.start_ms is None
        assert abs((place.elsewhere_ms or 0) - (line.start_ms or 0)) <= 2000


def test_kana_and_han_are_aligned_by_their_letters() -> None:
    chosen = random.Random(4)
    letters = [chr(0x3042 + chosen.randrange(80)) for _ in range(3000)]
    texts = ["".join(letters[at : at + 60]) + "。" for at in range(0, 3000, 60)]
    captions = [Caption(at * 100, "".join(letters[at : at + 15])) for at in range(0, 3000, 15)]
    starts = [place.start_ms for place in align_texts(texts, captions).places]
    assert starts == [at * 100 + 200 for at in range(0, 3000, 60)]


def test_a_trimmed_recording_lacks_the_first_lines() -> None:
    spoken, captions = conversation(8, 80)
    first = spoken[15].start_ms or 0
    trimmed = [Caption(c.start_ms - first, c.text) for c in captions if c.start_ms > first]
    places = align_lines(as_lines(spoken), trimmed).places
    assert [n for n, place in enumerate(places) if place.start_ms is None][:14] == list(range(14))
    moved = [Spoken(line.text, line.who, (line.start_ms or 0) - first) for line in spoken[17:]]
    assert Score.of(moved, places[17:]).within_2_s >= 0.95


@pytest.mark.parametrize("name", PERTURBATIONS)
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("whole_seconds", [True, False])
def test_perturbed(name: str, seed: int, whole_seconds: bool) -> None:
    spoken, captions = conversation(seed, whole_seconds=whole_seconds)
    lines = PERTURBATIONS[name](random.Random(seed), spoken, foreign_texts(seed, 60))
    score = Score.of(lines, align_lines(as_lines(lines), captions).places)
    assert score.within_1_s >= 0.9
    assert score.within_2_s >= 0.93
    assert score.wrong <= 0.01
    assert score.found_out is None or score.found_out >= 0.95


def test_an_unrelated_transcript_is_not_placed() -> None:
    _, captions = conversation(3)
    texts = foreign_texts(9, 200)
    assert len(align_texts(texts, captions).unplaced) >= 0.95 * len(texts)


def test_perturbations_do_what_they_say() -> None:
    spoken, _ = conversation(1, 90)
    foreign = foreign_texts(1, 10)
    made = {name: f(random.Random(1), spoken, foreign) for name, f in PERTURBATIONS.items()}
    assert made["as is"] == spoken
    assert len(made["a third deleted"]) == 60
    assert len(made["a third inserted"]) == 120
    for name, status in (
        ("a third inserted", Status.FOREIGN),
        ("a third reworded", Status.REWORDED),
        ("a third moved", Status.MOVED),
    ):
        assert sum(line.status is status for line in made[name]) == 30
