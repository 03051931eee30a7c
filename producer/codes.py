"""The table of problem codes. A code, once released, keeps its meaning for good.

The letter is the family: F front matter, S the show (`podcast.yaml`), P people, T transcript,
C chapters, Q stored clips and duration, L links, A audio, N notes and texts, R the feed. F, S and P
share 101 to 107, which speak of the file as such. `docs/problems.md` says more of each, and a test
holds it to this table.
"""

from typing import NamedTuple


class Code(NamedTuple):
    """What a code stands for, and its severity: error, warning or advice."""

    title: str
    severity: str


CODES: dict[str, Code] = {
    "F101": Code("no front matter", "error"),
    "F102": Code("front matter does not parse", "error"),
    "F103": Code("front matter is not a mapping", "error"),
    "F104": Code("value of the wrong type", "error"),
    "F105": Code("duplicate key", "error"),
    "F106": Code("required key missing", "error"),
    "F107": Code("file is not UTF-8 text", "error"),
    "F108": Code("season or episode missing", "advice"),
    "F109": Code("odd file name", "warning"),
    "F110": Code("two episodes with the same number", "warning"),
    "F111": Code("two episodes with the same guid", "error"),
    "F112": Code("two episodes with the same video", "warning"),
    "F113": Code("key that looks like a known one", "warning"),
    "S102": Code("podcast.yaml does not parse", "error"),
    "S103": Code("podcast.yaml is not a mapping", "error"),
    "S104": Code("value of the wrong type", "error"),
    "S105": Code("duplicate key", "error"),
    "S106": Code("key that the feed needs is missing", "error"),
    "S107": Code("file is not UTF-8 text", "error"),
    "P101": Code("no front matter", "error"),
    "P102": Code("front matter does not parse", "error"),
    "P103": Code("front matter is not a mapping", "error"),
    "P104": Code("value of the wrong type", "error"),
    "P105": Code("duplicate key", "error"),
    "P106": Code("required key missing", "error"),
    "P107": Code("file is not UTF-8 text", "error"),
    "P201": Code("person without a file in people/", "warning"),
    "T101": Code("transcript missing or empty", "warning"),
    "T102": Code("entry is neither a header nor a line", "error"),
    "T103": Code("sec is not a number of seconds", "error"),
    "T104": Code("time is not a time", "error"),
    "T105": Code("no line has a time", "warning"),
    "T106": Code("time and sec disagree", "warning"),
    "T107": Code("times run backwards", "warning"),
    "T108": Code("line without a time", "advice"),
    "T109": Code("line without a speaker", "advice"),
    "T110": Code("speaker's name looks mistyped", "warning"),
    "T111": Code("damaged text", "warning"),
    "T112": Code("long time without a line", "advice"),
    "C101": Code("start of a header is estimated", "warning"),
    "C102": Code("header without a timed line after it", "warning"),
    "C103": Code("header starts before the one above it", "error"),
    "C104": Code("no header in the transcript", "advice"),
    "C105": Code("chapter too short for YouTube", "warning"),
    "C106": Code("too few chapters for YouTube", "warning"),
    "C107": Code("header repeats another", "warning"),
    "C108": Code("chapter title too long", "warning"),
    "C109": Code("chapter titles longer than apps show", "advice"),
    "Q101": Code("stored clip missing", "warning"),
    "Q102": Code("stored clip without a header", "warning"),
    "Q103": Code("stored clip starts elsewhere", "warning"),
    "Q104": Code("stored clip ends elsewhere", "warning"),
    "Q105": Code("stored duration is wrong", "warning"),
    "L101": Code("no YouTube id", "advice"),
    "L102": Code("link is no address", "warning"),
    "L103": Code("YouTube id is wrong or disagrees", "warning"),
    "L104": Code("link tells who shared it", "advice"),
    "L105": Code("id has lost its beginning", "warning"),
    "A101": Code("audio file missing", "error"),
    "A102": Code("audio file cannot be read", "error"),
    "A103": Code("clip lies outside the audio", "error"),
    "A104": Code("audio ends before the transcript", "warning"),
    "A105": Code("image file missing", "warning"),
    "A106": Code("audio goes on after the transcript", "warning"),
    "N101": Code("YouTube description cut to fit", "warning"),
    "R101": Code("episode left out of the feed", "warning"),
    "R102": Code("episode without a date", "warning"),
    "R103": Code("episode without a guid", "warning"),
}
