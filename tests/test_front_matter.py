"""Front matter: where it begins and ends in every variant met in the wild."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.source.front_matter import NoFrontMatterError, Parts, split
from producer.source.source import BOM, Source, Span


def parts_of(data: bytes) -> tuple[str, str]:
    source = Source.decode("x.md", data)
    parts = split(source)
    return (
        source.text[parts.front_matter.start : parts.front_matter.end],
        source.text[parts.body.start : parts.body.end],
    )


@pytest.mark.parametrize(
    ("text", "front_matter", "body"),
    [
        ("---\na: 1\n---\nbody\n", "a: 1\n", "body\n"),
        ("---  \na: 1\n--- \t\nbody\n", "a: 1\n", "body\n"),
        ("---\t\na: 1\n---\nbody", "a: 1\n", "body"),
        ("---\r\na: 1\r\n---\r\nbody\r\n", "a: 1\r\n", "body\r\n"),
        ("---\ra: 1\r---\rbody\r", "a: 1\r", "body\r"),
        ("---\na: 1\n---", "a: 1\n", ""),
        ("---\na: 1\n---\n", "a: 1\n", ""),
        ("---\na: 1\n---  ", "a: 1\n", ""),
        ("---\n---\n", "", ""),
        ("---\n---", "", ""),
        ("---\n\n---\nbody", "\n", "body"),
        ("---\na: 1\n...\nbody\n", "a: 1\n", "body\n"),
        ("---\na: 1\n...", "a: 1\n", ""),
        ("\n\n---\na: 1\n---\nbody\n", "a: 1\n", "body\n"),
        ("\r\n \t\r\n---\r\na: 1\r\n---\r\n", "a: 1\r\n", ""),
        ("---\na: 1\n---\nbody\n---\nmore\n", "a: 1\n", "body\n---\nmore\n"),
        ("---\na: --- \n ---\nb: '\n  --- '\n---\nbody", "a: --- \n ---\nb: '\n  --- '\n", "body"),
        ("---\na: 1\n----\nb: 2\n--- x\n---\nbody", "a: 1\n----\nb: 2\n--- x\n", "body"),
        ("---\na: 1\n---\n\n\nbody", "a: 1\n", "\n\nbody"),
    ],
)
@pytest.mark.parametrize("bom", ["", BOM])
def test_split(text: str, front_matter: str, body: str, bom: str) -> None:
    assert parts_of((bom + text).encode()) == (front_matter, body)


EMPTY = ("the file is empty", Span(0, 0), "begin it with front matter between `---` lines")
NO_FENCE = "no front matter: the file does not begin with a `---` line"
NO_FENCE_HINT = "put the episode's keys between two `---` lines at the top"
UNCLOSED = "the front matter is never closed"
UNCLOSED_HINT = "end it with a line of three dashes: `---`"


@pytest.mark.parametrize(
    ("text", "message", "span", "hint"),
    [
        ("", *EMPTY),
        (" \n\r\n\t", *EMPTY),
        ("title: a\n", NO_FENCE, Span(0, 1), NO_FENCE_HINT),
        ("\n\n# Title\n---\na: 1\n---\n", NO_FENCE, Span(2, 3), NO_FENCE_HINT),
        ("----\na: 1\n----\n", NO_FENCE, Span(0, 1), NO_FENCE_HINT),
        ("--- a: 1\n---\n", NO_FENCE, Span(0, 1), NO_FENCE_HINT),
        ("...\na: 1\n---\n", NO_FENCE, Span(0, 1), NO_FENCE_HINT),
        ("---", UNCLOSED, Span(0, 3), UNCLOSED_HINT),
        ("\n---\na: 1\n", UNCLOSED, Span(1, 4), UNCLOSED_HINT),
        ("---\na: 1\n ---\n", UNCLOSED, Span(0, 3), UNCLOSED_HINT),
        ("---\na: 1 ---", UNCLOSED, Span(0, 3), UNCLOSED_HINT),
    ],
)
def test_refused(text: str, message: str, span: Span, hint: str) -> None:
    with pytest.raises(NoFrontMatterError) as caught:
        split(Source("x.md", text))
    assert (str(caught.value), caught.value.span, caught.value.hint) == (message, span, hint)


inner_lines = st.lists(st.sampled_from(["a: 1", "", "  - x", "# c", "b: ---", "🎧: é\u2028"])).map(
    tuple
)


@given(inner_lines, st.sampled_from(["\n", "\r\n", "\r"]), st.text(max_size=20))
def test_the_parts_are_found_and_touch_their_fences(
    lines: tuple[str, ...], end: str, body: str
) -> None:
    front_matter = "".join(line + end for line in lines)
    # A lone CR before a body that begins with LF would be one line end.
    rest = "x" + body
    source = Source("x.md", f"---{end}{front_matter}---{end}{rest}")
    opened = 3 + len(end)
    closed = opened + len(front_matter)
    assert split(source) == Parts(
        Span(opened, closed), Span(closed + 3 + len(end), len(source.text))
    )
