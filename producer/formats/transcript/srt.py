"""SubRip. The speaker stands before the text where it changes, as Podcasting 2.0 asks."""

from collections.abc import Sequence

from producer.derive.cues import LINE_CHARS, Cue
from producer.text import fold
from producer.times import format_timestamp


def render(cues: Sequence[Cue]) -> str:
    """Numbered blocks, a blank line between them."""
    blocks = []
    speaker = ""
    for number, cue in enumerate(cues, start=1):
        start = format_timestamp(cue.start_ms, decimal=",")
        end = format_timestamp(cue.end_ms, decimal=",")
        changes = cue.speaker and cue.speaker != speaker
        speaker = cue.speaker
        text = _wrap(f"{speaker}: {cue.text}" if changes else cue.text)
        blocks.append(f"{number}\n{start} --> {end}\n{text}\n")
    return "\n".join(blocks)


def _wrap(text: str) -> str:
    """Two lines of about the same length, rather than a full one and a word."""
    # An arrow in the text would read as a time line in some players.
    text = fold(text.replace("-->", "→"))
    if len(text) <= LINE_CHARS:
        return text
    for width in range(len(text) // 2, len(text)):
        # The last blank that leaves no more than the width before it, else the first one.
        at = text.rfind(" ", 0, width + 1)
        if at < 0:
            at = text.find(" ")
        if at < 0:
            return text
        rest = text[at + 1 :]
        if len(rest) <= width or " " not in rest:
            return f"{text[:at]}\n{rest}"
    return text
