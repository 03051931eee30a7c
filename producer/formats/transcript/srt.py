"""SubRip. The speaker stands before the text where it changes, as Podcasting 2.0 asks."""

from collections.abc import Sequence

from producer.derive.cues import LINE_CHARS, Cue
from producer.text import each_line, fold_all
from producer.times import format_timestamp


def render(cues: Sequence[Cue]) -> str:
    """Numbered blocks, a blank line between them."""
    said = []
    before = ""
    for _, _, speaker, text in cues:
        said.append(f"{speaker}: {text}" if speaker and speaker != before else text)
        before = speaker
    shown = fold_all(each_line(said, _without_arrows))
    return "\n".join(
        f"{number}\n{_times(cue)}\n{text if len(text) <= LINE_CHARS else _wrap(text)}\n"
        for number, (cue, text) in enumerate(zip(cues, shown, strict=True), start=1)
    )


def _without_arrows(text: str) -> str:
    """One in the text would read as a time line in some players."""
    return text.replace("-->", "→")


def _times(cue: Cue) -> str:
    times = f"{format_timestamp(cue.start_ms)} --> {format_timestamp(cue.end_ms)}"
    return times.replace(".", ",")


def _wrap(text: str) -> str:
    """Two lines of about the same length, rather than a full one and a word."""
    # The blanks on both sides of the middle; of the two lines the longer one counts.
    middle = len(text) // 2 + 1
    at, behind = text.rfind(" ", 0, middle), text.find(" ", middle)
    if at < 0 or 0 <= behind < len(text) - at:
        at = behind
    return text if at < 0 else f"{text[:at]}\n{text[at + 1 :]}"
