"""Files as people and programs really write them; what is left out is always said."""

from pathlib import Path

import pytest

from producer.captions.caption import Caption
from producer.captions.read import captions, read_captions
from producer.imports import ImportedHeader, ImportedLine, ImportedTranscript, Word, read_transcript
from producer.imports.speakers import named, split_speaker


def read(text: str) -> ImportedTranscript:
    return read_transcript("x", text.encode())


def said(transcript: ImportedTranscript) -> list[tuple[int | None, int | None, str, str]]:
    return [(line.start_ms, line.end_ms, line.who, line.text) for line in transcript.lines]


def problems(transcript: ImportedTranscript) -> list[str]:
    return [str(problem) for problem in transcript.problems]


def test_the_corpus_listing(corpus: Path) -> None:
    path = corpus / "captions" / "community-building-and-teaching-in-ai-tech.txt"
    lines = path.read_text(encoding="utf-8").split("\n")
    found = read_captions(path)
    assert [caption.text for caption in found] == [
        " ".join(line.split(" ", 1)[1].split()) for line in lines
    ]
    assert len(found) == len(lines) > 1000


class TestWebVtt:
    def test_all_that_a_file_may_have(self) -> None:
        found = read(
            "WEBVTT - a title\nKind: captions\nLanguage: en-GB\n\n"
            "STYLE\n::cue { color: red }\n\n"
            "REGION\nid:fred\n\n"
            "NOTE a comment\nof two lines\n\n"
            "intro\n00:01.000 --> 00:02.500 align:start position:0%\n"
            "<v.loud.first Ada Smith>Hello &amp; <b>you</b> <3</v>\n- <c.yellow>there</c>\n\n"
            "100:00:00.000 --> 100:00:01.000\n<v Bob>Hi</v> <v Ada Smith><lang de>Tag</lang></v>"
        )
        assert (found.source_kind, found.language, found.problems) == ("vtt", "en-GB", ())
        assert said(found) == [
            (1000, 2500, "Ada Smith", "Hello & you <3"),
            (1000, 2500, "", "- there"),
            (360_000_000, 360_001_000, "Bob", "Hi"),
            (360_000_000, 360_001_000, "Ada Smith", "Tag"),
        ]

    def test_cues_without_the_blank_line_between(self) -> None:
        found = read("WEBVTT\n00:01.000 --> 00:02.000\none\n00:03,5 --> 00:04\ntwo\n\n\n\n")
        assert said(found) == [(1000, 2000, "", "one"), (3500, 4000, "", "two")]

    def test_what_is_malformed_is_left_out_and_said(self) -> None:
        found = read(
            "WEBVTT\n\nbad\n00:00:61.000 --> 00:01:02.000\nlost\n\n"
            "00:05.000 --> 00:04.000\nback\n\nno times\n\n"
            "00:06.000 --> 00:07.000\n\n"
            "00:08.000 -->\nlost too\n\none\ntwo\n00:09.000 --> 00:10.000\nlast"
        )
        assert said(found) == [(5000, None, "", "back"), (9000, 10_000, "", "last")]
        assert problems(found) == [
            "line 4: not the times of a cue; it was left out: '00:00:61.000 --> 00:01:02.000'",
            "line 10: no cue; left out: 'no times'",
            "line 14: not the times of a cue; it was left out: '00:08.000 -->'",
            "line 17: above a cue; left out: 'one'",
            "line 7: ends before it starts; its end was left out",
            "line 12: a cue without text was left out",
        ]

    def test_only_references_with_a_semicolon_are_decoded(self) -> None:
        found = read(
            "WEBVTT\n\n00:01.000 --> 00:02.000\n?a=1&copy=2 &lt;b&gt; &#228; &nope; &amp;lt;"
        )
        assert said(found)[0][3] == "?a=1&copy=2 <b> ä &nope; &lt;"

    def test_youtube_rolls(self) -> None:
        found = read(
            "WEBVTT\nKind: captions\nLanguage: en\n\n"
            "00:00:00.000 --> 00:00:02.000 align:start position:0%\n \n"
            "hi<00:00:00.500><c> everyone</c>\n\n"
            "00:00:02.000 --> 00:00:02.010 align:start position:0%\nhi everyone\n \n\n"
            "00:00:02.010 --> 00:00:04.000 align:start position:0%\nhi everyone\n"
            "welcome<00:00:02.500><c> to</c><00:00:03.000><c> it</c>\n\n"
            "00:00:04.000 --> 00:00:04.010 align:start position:0%\nwelcome to it\n \n\n"
            "00:00:04.010 --> 00:00:05.000 align:start position:0%\nwelcome to it\nhi everyone\n"
        )
        assert found.problems == ()
        assert said(found) == [
            (0, 2000, "", "hi everyone"),
            (2010, 4000, "", "welcome to it"),
            (4010, 5000, "", "hi everyone"),
        ]
        assert found.lines[1].words == (
            Word(2010, 2500, "welcome"),
            Word(2500, 3000, "to"),
            Word(3000, 4000, "it"),
        )

    def test_people_repeat_themselves(self) -> None:
        cues = "".join(f"\n00:0{n}.000 --> 00:0{n + 1}.000\nyes\n" for n in range(5))
        assert len(read("WEBVTT\n" + cues).lines) == 5

    def test_names_before_the_text_as_zoom_writes_them(self) -> None:
        found = read(
            "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000\r\nAda Smith: Hello\r\n\r\n"
            "2\r\n00:00:02.000 --> 00:00:03.000\r\nall: of you\r\n"
        )
        assert said(found) == [
            (1000, 2000, "Ada Smith", "Hello"),
            (2000, 3000, "Ada Smith", "all: of you"),
        ]


class TestSrt:
    def test_all_that_a_file_may_have(self) -> None:
        found = read(
            "\ufeff\r\n1\r\n0:00:01,5 --> 00:00:02.000 X1:40 X2:600\r\n"
            '{\\an8}<i>Ada:</i> <font color="red">Hello</font>\r\n- again\r\n\r\n\r\n'
            "2\r\n00:00:03,000 --> 00:00:04,000\r\n42\r\n3\r\n00:00:05,000 --> 00:00:06,000\r\nend"
        )
        assert found.problems == ()
        assert said(found) == [
            (1500, 2000, "Ada", "Hello - again"),
            (3000, 4000, "Ada", "42"),
            (5000, 6000, "Ada", "end"),
        ]

    def test_without_numbers_a_number_is_text(self) -> None:
        found = read("00:01 --> 00:02\none\n\n7\n00:03 --> 00:04\ntwo")
        assert [line.text for line in found.lines] == ["one 7", "two"]

    def test_a_blank_line_inside_a_cue(self) -> None:
        found = read("1\n00:01 --> 00:02\none\n\nmore\n\n2\n00:03 --> 00:04\ntwo")
        assert [line.text for line in found.lines] == ["one more", "two"]

    def test_what_is_malformed_is_left_out_and_said(self) -> None:
        found = read(
            "title\n1\n00:01 --> 00:02\none\n\n2\n00:99:99,000 --> 00:00:06,000\nlost\n\n"
            "3\n00:04 --> 00:03\nback\n\n4\n00:05 --> 00:06\n\n"
        )
        assert said(found) == [(1000, 2000, "", "one"), (4000, None, "", "back")]
        assert problems(found) == [
            "line 1: above the first cue; left out: 'title'",
            "line 7: not the times of a cue; it was left out: '00:99:99,000 --> 00:00:06,000'",
            "line 11: ends before it starts; its end was left out",
            "line 15: a cue without text was left out",
        ]


class TestSpeakers:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("Ada: hi", ("Ada", "hi")),
            (">> ADA SMITH: hi", ("ADA SMITH", "hi")),
            ("- Maren de Vries: hi", ("Maren de Vries", "hi")),
            ("SPEAKER_00: hi", ("SPEAKER_00", "hi")),
            ("田中: はい", ("田中", "はい")),
            ("So: this is it", ("", "So: this is it")),
            ("and then he said: no", ("", "and then he said: no")),
            ("It was one of many days: no", ("", "It was one of many days: no")),
            ("12:40 is late", ("", "12:40 is late")),
            ("Well, Ada: hi", ("", "Well, Ada: hi")),
            ("Ada:", ("", "Ada:")),
            ("https://x.org", ("", "https://x.org")),
        ],
    )
    def test_what_is_a_name(self, text: str, expected: tuple[str, str]) -> None:
        assert split_speaker(text) == expected

    def test_a_name_once_in_a_file_without_names_is_text(self) -> None:
        assert named(["hi", "Remember: no", "bye"]) == [
            ("", "hi"),
            ("", "Remember: no"),
            ("", "bye"),
        ]

    def test_names_that_come_back_count(self) -> None:
        assert named(["[music]", "Ada: a", "b", "Ada: c"]) == [
            ("", "[music]"),
            ("Ada", "a"),
            ("Ada", "b"),
            ("Ada", "c"),
        ]


class TestYouTubeCopy:
    def test_chapters_stand_between(self) -> None:
        found = read(
            "\nTranscript\n\nChapter 1: Intro\n0:00\n0 seconds\nhi\n0:05\n5 seconds\n5 apples\n"
            "Chapter 2: More\n1:05\n1 minute, 5 seconds\nmore\n1:00:00\n1 hour\nthe end\nof it"
        )
        assert found.entries == (
            ImportedHeader("Chapter 1: Intro"),
            ImportedLine(0, None, "", "hi"),
            ImportedLine(5000, None, "", "5 apples"),
            ImportedHeader("Chapter 2: More"),
            ImportedLine(65_000, None, "", "more"),
            ImportedLine(3_600_000, None, "", "the end of it"),
        )
        assert problems(found) == ["line 2: above the first time; left out: 'Transcript'"]

    @pytest.mark.parametrize("spelled", ["1 Minute, 5 Sekunden", "1 分 5 秒", "1 мин. 5 сек."])
    def test_in_any_language(self, spelled: str) -> None:
        assert [line.text for line in read(f"1:05\n{spelled}\nhi\n").lines] == ["hi"]

    def test_without_the_time_spelled_out_numbers_are_text(self) -> None:
        found = read("0:03\nthree\n0:05\n5 apples\n0:07\nseven\n0:09\n")
        assert [line.text for line in found.lines] == ["three", "5 apples", "seven"]
        assert problems(found) == ["line 7: a time without text was left out"]


class TestOtter:
    def test_what_stands_around_the_turns(self) -> None:
        found = read(
            "Interview\nMon, 10:15\n\nAda Smith  0:03 \nHello at  10:15 or so.\nSecond.\n\n"
            "Bob\t1:02:03\n\nSpeaker 3  1:02:05\nBye\n\nTranscribed by https://otter.ai\n"
        )
        assert said(found) == [
            (3000, None, "Ada Smith", "Hello at 10:15 or so."),
            (None, None, "Ada Smith", "Second."),
            (3_725_000, None, "Speaker 3", "Bye"),
        ]
        assert problems(found) == [
            "line 1: above the first turn; left out: 'Interview'",
            "line 2: above the first turn; left out: 'Mon, 10:15'",
            "line 10: the turn above it has no text",
        ]


class TestJson:
    def test_segments_that_are_none_are_left_out_and_said(self) -> None:
        found = read(
            '{"segments": [{"startTime": 1, "endTime": 0.5, "body": "a"}, 5, {"startTime": -1, '
            '"body": "b"}, {"startTime": 2}, {"startTime": "3.5", "body": "c", "speaker": 7}, '
            '{"startTime": 1e400, "body": "d"}, {"startTime": true, "body": "e"}, '
            '{"startTime": 4, "endTime": "x", "body": "f"}]}'
        )
        assert said(found) == [(1000, None, "", "a"), (3500, None, "", "c"), (4000, None, "", "f")]
        assert problems(found) == [
            "segments[0]: ends before it starts; its end was left out",
            "segments[1]: is not an object; it was left out",
            "segments[2]: `startTime`: -1 is not a time in seconds; it was left out",
            "segments[3]: has no `body`; it was left out",
            "segments[5]: `startTime`: inf is not a time in seconds; it was left out",
            "segments[6]: `startTime`: it has no number of seconds where a time should be; "
            "it was left out",
            "segments[7]: `endTime`: not a number of seconds: 'x'; its end was left out",
        ]

    def test_words_without_times_join_the_word_before(self) -> None:
        found = read(
            '{"segments": [{"start": 0, "end": 3, "text": " In 2014 we met.", "speaker": "S", '
            '"words": [{"word": "In", "start": 0, "end": 1}, {"word": "2014"}, '
            '{"word": "we", "start": 2, "end": 2.5}, {"word": "met.", "start": 2.5, "end": 3}]}]}'
        )
        assert found.lines[0].words == (
            Word(0, 1000, "In 2014"),
            Word(2000, 2500, "we"),
            Word(2500, 3000, "met."),
        )
        assert captions(found) == (
            Caption(0, "In 2014", 1000),
            Caption(2000, "we", 2500),
            Caption(2500, "met.", 3000),
        )

    def test_words_that_are_not_the_line_do_not_stand_for_it(self) -> None:
        found = read(
            '{"segments": [{"start": 0, "end": 3, "text": "one two", '
            '"words": [{"word": "one", "start": 0, "end": 1}]}]}'
        )
        assert captions(found) == (Caption(0, "one two", 3000),)


def test_captions_of_paragraphs_without_times() -> None:
    found = read("Ada  0:05\none\ntwo\n\nBob  0:09\nthree")
    assert captions(found) == (Caption(5000, "one two"), Caption(9000, "three"))
