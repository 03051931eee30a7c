"""What Markdown says without its marks: plain text, the text of a line, the links."""

from collections.abc import Iterator
from typing import Any

from producer.markdown import MARKDOWN, ascii_url, plain_markdown
from producer.model.person import Link
from producer.text import clean, one_line, strip_tags

_WEB = ("http://", "https://")
_SAID = {"Text", "Code", "Html", "SoftBreak", "HardBreak"}
_BLOCKS = {
    *("Paragraph", "Heading", "BlockQuote", "CodeBlock", "HtmlBlock", "List", "Item"),
    *("Table", "TableHead", "TableRow", "TableCell", "Rule"),
}


def plain_text(text: str) -> str:
    """The author's Markdown for places that know no markup: an address stands behind its label."""
    written = ""
    was_item = False
    for bullet, block in _blocks(plain_markdown(text)):
        gap = "\n" if bullet and was_item else "\n\n"
        written += f"{gap if written else ''}{bullet}{block}"
        was_item = bool(bullet)
    return clean(written).strip()


def inline_text(line: str) -> str:
    """The text that a line shows; what would open a block at its beginning is text, too."""
    steps = _steps(clean(f"x {line.strip()}"))  # behind a word nothing opens a block
    shown = [data for kind, _, data in steps if kind in {*_SAID, "InlineHtml"}]
    return "".join(shown).removeprefix("x").strip()


def links_in(text: str) -> tuple[Link, ...]:
    """The links of the author's Markdown, in order, each address once."""
    found: dict[str, Link] = {}
    label: list[str] = []
    url = ""
    for kind, name, data in _steps(plain_markdown(text)):
        if name == "Link" and kind == "Start":
            label, url = [], ascii_url(data["dest_url"])
        elif name == "Link":
            if url.startswith(_WEB):
                found.setdefault(url, Link(label=one_line("".join(label)), url=url))
        elif kind in _SAID:
            label.append(data)
    return tuple(found.values())


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """What each block says, with its bullet if it is the first one of an item of a list."""
    parts: list[str] = []
    numbers: list[int | None] = []
    bullet = url = ""
    label_at = images = 0
    for kind, name, data in _steps(text):
        if name in _BLOCKS:
            if block := _block_text(name, "".join(parts)):
                yield bullet, block
                bullet = ""
            parts = []
        match kind, name:
            case "Start", "List":
                numbers.append(data)
            case "End", "List":
                numbers.pop()
            case "Start", "Item":
                number = numbers[-1]
                bullet = "- " if number is None else f"{number}. "
                numbers[-1] = None if number is None else number + 1
            case "Start", "Link":
                label_at, url = len(parts), ascii_url(data["dest_url"])
            case "End", "Link":
                if url.startswith(_WEB) and url != "".join(parts[label_at:]):
                    parts.append(f" ({url})")
            case "Start", "Image":
                images += 1
            case "End", "Image":
                images -= 1
            case _ if kind in _SAID and not images:
                parts.append(data)


def _block_text(name: str, said: str) -> str:
    if name == "HtmlBlock":
        return strip_tags(said)
    return said.rstrip("\n") if name == "CodeBlock" else said.strip()


def _steps(text: str) -> Iterator[tuple[str, str, Any]]:
    """The parser's events: the kind, the element that it is about, and what comes with it.

    The text is clean: half a character is nothing to the parser.
    """
    for event in MARKDOWN.events(text):
        if isinstance(event, str):
            yield event, event, "\n"  # a break or a rule
            continue
        kind, value = next(iter(event.items()))
        if kind not in {"Start", "End"}:
            yield kind, "", value
        elif isinstance(value, dict):
            name, data = next(iter(value.items()))
            yield kind, name, data
        else:
            yield kind, str(value), None
