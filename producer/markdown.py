"""Markdown: kramdown's extras taken out, text made safe inside it, HTML made safe of it.

CommonMark with tables and strikethrough, by pulldown-cmark.
"""

import re
from html import escape
from itertools import groupby
from urllib.parse import quote, unquote

import nh3
import pyromark

from producer.text import breaks_to_paragraphs, clean, one_line

MARKDOWN = pyromark.Markdown(
    options=pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH
)

# Kramdown's attribute lists, `{:target="_blank"}`: nothing that CommonMark knows.
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}")
# Without one of these there is no code block.
_MAYBE_CODE = re.compile(r"```|~~~| {4}|\t")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_LEADING_BLANK = re.compile(r"\A(?:[ \t]*\n)+")
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")
_UNSAFE_IN_URL = re.compile(r"[\s<>()\\]")
# Columns' alignment; styles are taken out.
_ALIGNED = re.compile(r'(<t[dh]) style="text-align: (left|center|right)">')
_HOST = re.compile(r"\A([a-z][a-z0-9+.-]*://)([^/?#]*)", re.IGNORECASE)
# A host in other letters than ASCII's, which comes percent-encoded.
_ENCODED_HOST = re.compile(r'(?<= href=")(https?://)([^"/?#]*%[^"/?#]*)')
_HEADING = re.compile(r"<(/?)h([1-6])>")
_TAG = re.compile(r"<(/?)(?!(?:br|hr|img|input|wbr)\b)[a-z]", re.IGNORECASE)
_MOST_DEEP = 1000
# Where an address was taken out; HTML allows `rel` beside an address only.
_REL_OF_NOTHING = re.compile(r'<a( title="[^"]*")? rel="noopener noreferrer">')
_ENTITY = re.compile(r"&(?=#?\w+;)")
_BLOCK_START = re.compile(r"^(\s*)([#>+=-]|\d+[.)])")
# What special characters, entities and starts of blocks hold: asked once, as most texts are plain.
_MAYBE_MARKUP = re.compile(r"[\\`*_\[\]<>~|&]|\A[#>+=\d-]")
_ALLOWED_TAGS = (
    "a abbr b blockquote br code dd del dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre q"
    " s small strong sub sup table tbody td th thead tr u ul"
)
_CLEANER = nh3.Cleaner(
    tags=set(_ALLOWED_TAGS.split()),
    attributes={"a": {"href", "title"}, "td": {"align"}, "th": {"align"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer",
)


def plain_markdown(text: str) -> str:
    """The author's Markdown as CommonMark: no kramdown attributes, `<br>` as Markdown's own break.

    Code blocks and spans keep their text.
    """
    text = _LEADING_BLANK.sub("", clean(text).replace("\r\n", "\n")).rstrip()
    if "{:" not in text and "<br" not in text.lower():  # what is taken out begins so
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
    data = text.encode()  # of which places are counted
    for event, at in MARKDOWN.events_with_range(text):
        if isinstance(event, dict) and event.get("End") == "CodeBlock":
            first = data.count(b"\n", 0, at["start"])
            last = data.count(b"\n", 0, max(at["end"] - 1, at["start"]))
            code.update(range(first, last + 1))
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
    text = one_line(text)
    if _MAYBE_MARKUP.search(text) is None:
        return text
    escaped = _SPECIAL.sub(r"\\\1", _ENTITY.sub("&amp;", text))
    return _BLOCK_START.sub(lambda m: m[1] + m[2][:-1] + "\\" + m[2][-1], escaped)


def link(label: str, url: str) -> str:
    """An inline link; a label for an address that cannot be one stays plain text."""
    if not url.startswith(("http://", "https://", "mailto:")):
        return escape_text(label)
    return f"[{escape_text(label)}]({_UNSAFE_IN_URL.sub(_percent, url)})"


def to_html(text: str, *, heading: int = 1) -> str:
    """Sanitized HTML of the author's Markdown: no script, no style, links that open safely.

    `heading` is the level of its highest heading at most: all move down together, so that they stay
    in order below the heading of the page that the text goes into.
    """
    html = MARKDOWN.html(plain_markdown(text))
    if _is_too_deep(html):
        html = f"<p>{escape(text)}</p>\n"
    safe = _CLEANER.clean(_ALIGNED.sub(r'\1 align="\2">', html))
    if "%" in safe:
        safe = _ENCODED_HOST.sub(lambda m: m[1] + ascii_host(unquote(m[2])), safe)
    return _REL_OF_NOTHING.sub(r"<a\1>", _headings_from(safe, heading))


def _is_too_deep(html: str) -> bool:
    """Whether elements lie inside each other as nobody writes them: taking the HTML apart takes
    time that grows with the square of that.
    """
    if html.count("<") <= _MOST_DEEP:
        return False
    depth = 0
    for tag in _TAG.finditer(html):
        depth += -1 if tag[1] else 1
        if depth > _MOST_DEEP:
            return True
    return False


def ascii_url(url: str) -> str:
    """An address as browsers send it: its host as IDNA has it, all else percent-encoded."""
    if url.isascii() and url.isprintable() and " " not in url:
        return url
    url = _HOST.sub(lambda m: m[1] + ascii_host(m[2]), url)
    return quote(url, safe="%/:=&?~#+!$,;'@()*[]", errors="replace")


def ascii_host(host: str) -> str:
    """A host as IDNA has it, with what stands before it; percent-encoded where it is none."""
    user, at, name = host.rpartition("@")
    try:
        name = name.encode("idna").decode()
    except UnicodeError:
        name = quote(name, safe=":[]", errors="replace")
    return f"{quote(user, safe=':%', errors='replace')}{at}{name}"


def _headings_from(html: str, highest: int) -> str:
    """The same HTML with its headings moved down so that none is above `highest`."""
    levels = [int(found[2]) for found in _HEADING.finditer(html)]
    down = highest - min(levels, default=highest)
    if down <= 0:
        return html
    return _HEADING.sub(lambda m: f"<{m[1]}h{min(int(m[2]) + down, 6)}>", html)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())
