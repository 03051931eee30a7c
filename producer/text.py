"""Text as it may go into any output: one line or many, without what XML and players refuse."""

import re
from collections.abc import Callable, Sequence

# C0 and C1 controls but tab and line ends, lone surrogates and noncharacters: XML 1.0, section 2.2.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN_SPACE = re.compile("[\x0b\x0c\x1c-\x1f]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def clean(text: str) -> str:
    """`text` without characters that XML 1.0 forbids; those that part words become blanks."""
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    return _FORBIDDEN.sub("", _FORBIDDEN_SPACE.sub(" ", text))


def one_line(text: str) -> str:
    """`text` cleaned, with every run of white space folded into one blank."""
    if text.isprintable() and "  " not in text:
        return text.strip()  # blanks are the only white space that is printable
    return " ".join(clean(text).split())


def each_line(texts: Sequence[str], change: Callable[[str], str]) -> list[str]:
    """`change` of each text, done to all at once, as lines of one text; they must be single lines.

    It has to leave line ends alone and look no further than one: for what replaces characters.
    """
    if not texts:
        return []
    changed = change("\n".join(texts)).split("\n")
    return changed if len(changed) == len(texts) else [change(text) for text in texts]


def count_words(text: str) -> int:
    """Words as speech counts them: runs between white space."""
    return len(text.split())


def breaks_to_paragraphs(text: str) -> str:
    """Markdown with the `<br>` of HTML turned into its own breaks: two or more end a paragraph."""
    first, *rest = _BREAK.split(text)
    parts, breaks = [first], 0
    for position, part in enumerate(rest, start=1):
        breaks += 1
        if part.strip() or position == len(rest):
            parts[-1] = parts[-1].rstrip()
            parts += ["\n\n" if breaks > 1 else "  \n", part.lstrip()]
            breaks = 0
    return "".join(parts)


def strip_tags(text: str) -> str:
    """Text for places that know no markup: `<br>` becomes a line end, other tags go."""
    return _TAG.sub("", breaks_to_paragraphs(text)).replace("  \n", "\n").strip()


def truncate_chars(text: str, limit: int, ellipsis: str = "…") -> str:
    """At most `limit` characters, cut at a word if there is one."""
    if len(text) <= limit:
        return text
    room = limit - len(ellipsis)
    word_end = text.rfind(" ", 0, room + 1)  # a word may end just where the room does
    cut = text[: word_end if word_end > room // 2 else room]
    return cut.rstrip(" ,;:–—-") + ellipsis


def truncate_bytes(text: str, limit: int, ellipsis: str = "…") -> str:
    """At most `limit` bytes of UTF-8, cut at a word if there is one, never in a character."""
    if len(text.encode()) <= limit:
        return text
    room = limit - len(ellipsis.encode())
    if room <= 0:
        return ""
    cut = text.encode()[:room].decode(errors="ignore")
    word_end = max(cut.rfind(" "), cut.rfind("\n"))
    if word_end > len(cut) // 2:
        cut = cut[:word_end]
    return cut.rstrip(" \n,;:–—-") + ellipsis
