"""Quick ways in hot places give what the slow and plain ways do."""

import json
import textwrap

import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from slugify import slugify

from producer import markdown
from producer.derive.cues import LINE_CHARS, Cue
from producer.formats.transcript import json as json_transcript
from producer.formats.transcript import srt
from producer.names import ascii_name
from producer.source.document import Document
from producer.source.source import Source, Span
from producer.times import seconds

WORDS = st.lists(st.text("ab-é—", min_size=1, max_size=60), min_size=1, max_size=30)
MARKDOWN = st.lists(
    st.sampled_from(["- ", ">", "1. ", " ", "  ", "\n", "a", "b c", "# ", "*", "`", "~", "<", "|"])
).map("".join)


def balanced(text: str) -> str:
    """Two lines by textwrap, tried with every width."""
    if len(text) > LINE_CHARS:
        for width in range(len(text) // 2, len(text) + 1):
            lines = textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False)
            if len(lines) <= 2:
                return "\n".join(lines)
    return text


@given(WORDS.map(" ".join))
@example("a" * 50 + " b")
@example("b " + "a" * 50)
def test_srt_wraps_as_textwrap_does(text: str) -> None:
    blocks = srt.render([Cue(0, 1000, "", text)])
    assert blocks == f"1\n00:00:00,000 --> 00:00:01,000\n{balanced(text)}\n"


CUES = st.lists(
    st.builds(Cue, st.integers(0, 10**8), st.integers(0, 10**8), st.text(), st.text()), max_size=5
)


@given(CUES)
def test_transcript_json_is_laid_out_as_json_does(cues: list[Cue]) -> None:
    segments = [
        {
            **({"speaker": cue.speaker} if cue.speaker else {}),
            "startTime": seconds(cue.start_ms),
            "endTime": seconds(cue.end_ms),
            "body": cue.text,
        }
        for cue in cues
    ]
    document = {"version": "1.0.0", "segments": segments}
    expected = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    assert json_transcript.render(cues) == expected


@given(st.text(st.characters(max_codepoint=127) | st.sampled_from("&';,.-_ aB1"), max_size=70))
def test_names_are_made_as_slugify_does(title: str) -> None:
    assert ascii_name(title, fallback="") == slugify(title, max_length=60, word_boundary=True)


@given(MARKDOWN)
def test_text_that_cannot_hold_code_holds_none(text: str) -> None:
    tokens = MarkdownIt("commonmark").parse(text)
    has_code = any(token.type in {"fence", "code_block"} for token in tokens)
    assert not has_code or markdown._MAYBE_CODE.search(text)


def test_nodes_have_the_marks_and_styles_of_any_loader() -> None:
    text = "a: 1\nb: [yes, '2', ~, {c: 0x1}]\nd: >-\n  folded\n  text\ne: &x f\ng: *x\n"
    ours = Document.parse(Source("x", text), Span(0, len(text)), "F102").root
    assert ours is not None
    plain = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert list(_shape(ours)) == list(_shape(plain))


def _shape(node: yaml.Node) -> list[tuple[object, ...]]:
    """Everything about a node and those below it but the tags."""
    at = (node.start_mark.index, node.end_mark.index)
    if isinstance(node, yaml.ScalarNode):
        return [(*at, node.value, node.style)]
    children = node.value
    if isinstance(node, yaml.MappingNode):
        children = [each for pair in node.value for each in pair]
    return [at, *(row for child in children for row in _shape(child))]
