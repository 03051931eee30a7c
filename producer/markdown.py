"""Markdown: kramdown's extras taken out, text made safe inside it, HTML made safe of it."""

import re
from collections.abc import Mapping
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

import nh3
from markdown_it import MarkdownIt, helpers
from markdown_it.token import Token

from producer.model.person import Link
from producer.text import breaks_to_paragraphs, clean, one_line, strip_tags

# Kramdown's attribute lists, `{:target="_blank"}`: nothing that CommonMark knows.
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}")
# What `plain_markdown` takes out begins so; without the other one there is no code block.
_EXTRA = re.compile(r"\{:|<br", re.IGNORECASE)
_MAYBE_CODE = re.compile(r"```|~~~| {4}|\t")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_LEADING_BLANK = re.compile(r"\A(?:[ \t]*\n)+")
# Addresses that normalizing leaves as they are.
_NORMAL_URL = re.compile(
    r"https?://[a-z0-9.-]+(?:/[\w./~-]*)?(?:\?[\w.=&-]*)?(?:#[\w.=&,-]*)?", re.ASCII
)
# An address in an inline link that is what it says, to its last letter.
_DESTINATION = re.compile(r"[\w./~?=&#%:,@+-]+(?=\))", re.ASCII)
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")
_UNSAFE_IN_URL = re.compile(r"[\s<>()\\]")
# Where an address was taken out; HTML allows `rel` beside an address only.
_REL_OF_NOTHING = re.compile(r'<a( title="[^"]*")? rel="noopener noreferrer">')
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BLOCK_START = re.compile(r"^(\s*)([#>+=-]|\d+[.)])")
_ALLOWED_TAGS = set(
    "a abbr b blockquote br code dd del dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre q"  # noqa: SIM905  a list of words reads better
    " s small strong sub sup table tbody td th thead tr u ul".split()
)


def plain_markdown(text: str) -> str:
    """The author's Markdown as CommonMark: no kramdown attributes, `<br>` as Markdown's own break.

    Code blocks and spans keep their text.
    """
    text = _LEADING_BLANK.sub("", text.replace("\r\n", "\n")).rstrip()
    if _EXTRA.search(text) is None:
        return text
    code = _code_lines(text)
    parts = []
    for is_code, lines in groupby(
        enumerate(text.split("\n")), key=lambda numbered: numbered[0] in code
    ):
        part = "\n".join(line for _, line in lines)
        parts.append(part if is_code else _plain_prose(part))
    return "\n".join(parts).rstrip()


def _code_lines(text: str) -> set[int]:
    """The numbers of the lines that code blocks take."""
    if _MAYBE_CODE.search(text) is None:
        return set()
    code: set[int] = set()
    for token in _renderer().parse(text):
        if token.type in {"fence", "code_block"} and token.map:
            code.update(range(*token.map))
    return code


def _plain_prose(text: str) -> str:
    parts, at = [], 0
    for span in _CODE_SPAN.finditer(text):
        parts += [_without_extras(text[at : span.start()]), span[0]]
        at = span.end()
    return "".join([*parts, _without_extras(text[at:])])


def _without_extras(text: str) -> str:
    return breaks_to_paragraphs(_ATTRIBUTES.sub("", text))


def escape_text(text: str) -> str:
    """Plain text as one line of Markdown that shows it as it is."""
    escaped = _SPECIAL.sub(r"\\\1", _ENTITY.sub("&amp;", one_line(text)))
    return _BLOCK_START.sub(lambda m: m[1] + m[2][:-1] + "\\" + m[2][-1], escaped)


def link(label: str, url: str) -> str:
    """An inline link; a label for an address that cannot be one stays plain text."""
    if not url.startswith(("http://", "https://", "mailto:")):
        return escape_text(label)
    return f"[{escape_text(label)}]({_UNSAFE_IN_URL.sub(_percent, url)})"


def to_html(text: str, *, heading: int = 1) -> str:
    """Sanitized HTML of the author's Markdown: no script, no style, links that open safely.

    `heading` is the level of its highest heading at most: those of Markdown move down together, so
    that they stay in order below the heading of the page that the text goes into.
    """
    renderer = _renderer()
    tokens = renderer.parse(plain_markdown(text))
    if heading > 1:
        _move_headings(tokens, heading)
    html = renderer.renderer.render(tokens, renderer.options, {})
    safe = nh3.clean(
        html,
        tags=_ALLOWED_TAGS,
        attributes={"a": {"href", "title"}, "td": {"align"}, "th": {"align"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return _REL_OF_NOTHING.sub(r"<a\1>", safe)


def plain_text(text: str) -> str:
    """The author's Markdown for places that know no markup: an address stands behind its label."""
    written = bullet = ""
    was_item = False
    for token in _renderer().parse(plain_markdown(text)):
        if token.type == "list_item_open":
            bullet = f"{token.info}{token.markup} " if token.info else "- "
        elif block := _block_text(token):
            gap = "\n" if bullet and was_item else "\n\n"
            written += f"{gap if written else ''}{bullet}{block}"
            was_item, bullet = bool(bullet), ""
    return clean(written).strip()


def _block_text(token: Token) -> str:
    if token.type == "inline":
        return _inline_text(token)
    if token.type == "html_block":
        return strip_tags(token.content)
    return token.content.rstrip("\n") if token.type in {"fence", "code_block"} else ""


def _inline_text(token: Token) -> str:
    parts: list[str] = []
    label_at, url = 0, ""
    for child in token.children or ():
        if child.type == "link_open":
            label_at, url = len(parts), str(child.attrGet("href") or "")
        elif child.type == "link_close":
            label = "".join(parts[label_at:])
            if url.startswith(("http://", "https://")) and url != label:
                parts.append(f" ({url})")
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
        elif child.type not in {"html_inline", "image"}:
            parts.append(child.content)
    return "".join(parts).strip()


def _move_headings(tokens: list[Token], highest: int) -> None:
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    levels = [int(token.tag[1:]) for token in headings]
    down = max(highest - min(levels, default=highest), 0)
    for token, level in zip(headings, levels, strict=True):
        token.tag = f"h{min(level + down, 6)}"


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


class _Destination(NamedTuple):
    ok: bool
    pos: int
    str: str
    lines: int = 0


class _Helpers:
    """markdown-it's own, but for the usual address of a link: it goes from letter to letter."""

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815  its names
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkDestination(string: str, pos: int, maximum: int) -> Any:  # noqa: N802
        found = _DESTINATION.match(string, pos, maximum)
        if found is None:
            return helpers.parseLinkDestination(string, pos, maximum)
        return _Destination(True, found.end(), found[0])


class _Markdown(MarkdownIt):
    def __init__(self, preset: str, options: Mapping[str, Any]) -> None:
        super().__init__(preset, options)
        self.helpers = _Helpers  # type: ignore[assignment]  # a module there

    def normalizeLink(self, url: str) -> str:  # noqa: N802  its name there
        """Addresses as they go into HTML; taking one apart and putting it together is slow."""
        return url if _NORMAL_URL.fullmatch(url) else super().normalizeLink(url)


@cache
def _renderer() -> MarkdownIt:
    return _Markdown("commonmark", {"html": True}).enable(["table", "strikethrough"])


def links_in(text: str) -> tuple[Link, ...]:
    """The links of the author's Markdown, in order, each address once."""
    found: dict[str, Link] = {}
    for token in _renderer().parse(plain_markdown(text)):
        label: list[str] | None = None
        url = ""
        for child in token.children or ():
            if child.type == "link_open":
                label, url = [], str(child.attrGet("href") or "")
            elif child.type == "link_close" and label is not None:
                if url.startswith(("http://", "https://")):
                    found.setdefault(url, Link(label=one_line("".join(label)), url=url))
                label = None
            elif label is not None:
                label.append(child.content)
    return tuple(found.values())
