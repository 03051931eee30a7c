"""Markdown: plain text made safe in it, kramdown taken out of it, HTML made safe of it."""

import re

import pytest
from builders import one_line_texts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from producer.markdown import _renderer, escape_text, link, links_in, plain_markdown, to_html
from producer.model.person import Link
from producer.text import one_line

REL = 'rel="noopener noreferrer"'
TARGET = "https://example.org"
RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# RFC 3986, section 3.1: anything else is a relative address.
SCHEME = re.compile(r"\s*[A-Za-z][A-Za-z0-9+.-]*:")
markup = st.text(alphabet="&;#x1a*_`~[]()<>!|\\+-=.:{}0 \t\né", max_size=24)


def only_child(markdown: str) -> html.HtmlElement:
    (element,) = html.fragment_fromstring(RENDERER.render(markdown), create_parent="div")
    return element


@given(one_line_texts | markup.map(one_line).filter(bool))
@example("# no heading")
@example("> no quote")
@example("1. no list")
@example("12) no list")
@example("- no list")
@example("+")
@example("===")
@example("---")
@example("~~~")
@example("[x]: https://example.org")
@example("![x](y)")
@example("a | b")
@example("&amp; &#60; &#X3C; &copy; &copy")
@example("C:\\Users\\*")
@example("<https://example.org>")
@example("snake_case *and* `code`")
@settings(deadline=None, max_examples=300)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    paragraph = only_child(escape_text(text))
    assert (paragraph.tag, len(paragraph), paragraph.text) == ("p", 0, text)


@given(markup.map(one_line).filter(bool))
@example("===")
@example("---")
@settings(deadline=None)
def test_escaped_text_is_text_below_other_text_too(text: str) -> None:
    paragraph = only_child(f"above\n{escape_text(text)}")
    assert (paragraph.tag, len(paragraph), paragraph.text) == ("p", 0, f"above\n{text}")


def test_escaped_text_is_one_line() -> None:
    assert escape_text(" two\n\nlines ") == "two lines"
    assert escape_text("") == ""


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain, with. marks! (here)", "plain, with. marks! (here)"),
        ("2 * 3 > 5", "2 \\* 3 \\> 5"),
        ("R&D &amp; Q&A;", "R&D &amp;amp; Q&amp;A;"),
        ("# 1", "\\# 1"),
        ("1. 2. 3.", "1\\. 2. 3."),
    ],
)
def test_escape_text(text: str, escaped: str) -> None:
    assert escape_text(text) == escaped


@given(one_line_texts, st.text(alphabet="ab/?&=%()<>[]\\ \t\n\"'*_`é", max_size=12))
@settings(deadline=None)
def test_a_link_holds_its_label_and_its_address(label: str, rest: str) -> None:
    paragraph = only_child(link(label, f"{TARGET}/{rest}"))
    assert (paragraph.tag, paragraph.text, len(paragraph)) == ("p", None, 1)
    anchor = paragraph[0]
    assert (anchor.tag, len(anchor), anchor.text, anchor.tail) == ("a", 0, label, None)
    assert anchor.get("href").startswith(f"{TARGET}/")


@pytest.mark.parametrize(
    ("label", "url", "markdown"),
    [
        ("A [b]", "https://x.org/a", "[A \\[b\\]](https://x.org/a)"),
        ("A", "mailto:a@x.org", "[A](mailto:a@x.org)"),
        ("A", "http://x.org/a b(c)<d>\\e", "[A](http://x.org/a%20b%28c%29%3Cd%3E%5Ce)"),
        ("A", "https://x.org/\u00a0", "[A](https://x.org/%C2%A0)"),
        ("A*", "javascript:alert(1)", "A\\*"),
        ("A", "JaVaScRiPt:alert(1)", "A"),
        ("A", "data:text/html,x", "A"),
        ("A", "//x.org", "A"),
        ("A", "", "A"),
    ],
)
def test_link(label: str, url: str, markdown: str) -> None:
    assert link(label, url) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ('[a](https://x.org){:target="_blank"} b', "[a](https://x.org) b"),
        ("# Title {: #anchor .class}\n\ntext", "# Title \n\ntext"),
        ("a {:x} `{:kept}` {:y} b", "a  `{:kept}`  b"),
        ("```\n{:kept}\n<br>\n```\n{:gone}", "```\n{:kept}\n<br>\n```"),
        ("~~~ py\n{:kept}\n~~~\nb", "~~~ py\n{:kept}\n~~~\nb"),
        ("a<br>b", "a  \nb"),
        ("a<br><br/>b", "a\n\nb"),
        ("a `<br>` b", "a `<br>` b"),
        ("a\r\nb\r\n", "a\nb"),
        ("\n\na \n\n", "a"),
        ("{a: b} {::nothing} {{ x }}", "{a: b}  {{ x }}"),
    ],
)
def test_plain_markdown(text: str, markdown: str) -> None:
    assert plain_markdown(text) == markdown


@pytest.mark.parametrize(
    "text",
    [
        "    {:kept} <br> at the top",
        "a\n\n    {:kept} <br>",
        "`` {:kept} ` <br> ``",
        "`two\nlines {:kept}`",
        "- a\n\n  ```\n  {:kept}\n  <br>\n  ```",
        "````\n```\n{:kept}\n```\n{:kept}\n````",
        "```\n~~~\n{:kept}\n```",
        "```\n{:kept} and never closed",
    ],
)
def test_code_of_every_form_keeps_its_text(text: str) -> None:
    assert plain_markdown(text) == text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a *b* **c**", "<p>a <em>b</em> <strong>c</strong></p>\n"),
        (
            '[a](https://x.org "t"){:target="_blank"}',
            f'<p><a href="https://x.org" title="t" {REL}>a</a></p>\n',
        ),
        ("a<br>b<br><br>c", "<p>a<br>\nb</p>\n<p>c</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("# a", "<h1>a</h1>\n"),
        ("~~a~~", "<p><s>a</s></p>\n"),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>\n"),
        (
            "|a|b|\n|-|:-:|\n|1|2|",
            "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n"
            "<tbody>\n<tr>\n<td>1</td>\n<td>2</td>\n</tr>\n</tbody>\n</table>\n",
        ),
        ("a <kbd>b</kbd>", "<p>a <kbd>b</kbd></p>\n"),
        ("", ""),
    ],
)
def test_to_html(text: str, wanted: str) -> None:
    assert to_html(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a <script>alert(1)</script> b", "<p>a  b</p>\n"),
        ("<script>alert(1)</script>", ""),
        ("<style>p {}</style>a", "a"),
        ('<b onclick="x()" style="x" class="y" id="z">a</b>', "<p><b>a</b></p>\n"),
        ("a <img src=x onerror=alert(1)> b", "<p>a  b</p>\n"),
        ("![a](https://x.org/a.png)", "<p></p>\n"),
        ("a <svg onload=alert(1)><a href='javascript:x'>b</a></svg> c", "<p>a  c</p>\n"),
        ("a <iframe src='https://x.org'></iframe>", "<p>a </p>\n"),
        ('a <a href="javascript:alert(1)">b</a>', "<p>a <a>b</a></p>\n"),
        ('a <a href=" jAvAsCrIpT:alert(1)">b</a>', "<p>a <a>b</a></p>\n"),
        ('a <a href="java&#10;script:alert(1)">b</a>', "<p>a <a>b</a></p>\n"),
        ('a <a href="data:text/html,x">b</a>', "<p>a <a>b</a></p>\n"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>\n"),
        ("[a](data:text/html,x)", "<p>[a](data:text/html,x)</p>\n"),
        (
            '<a href="https://x.org" target="_blank" rel="opener">a</a>',
            f'<p><a href="https://x.org" {REL}>a</a></p>\n',
        ),
    ],
)
def test_html_is_made_safe(text: str, wanted: str) -> None:
    assert to_html(text) == wanted


@given(
    st.lists(
        st.sampled_from(
            [
                "<script>", "</script>", "<svg onload=x>", "<img src=x onerror=x>", "<a href='",
                "javascript:x", "data:text/html,x", "'>", "</a>", "[a](", ")", "<!--", "-->", "`",
                "\n\n", "<br>", "{:onclick='x'}", "<math><style>", "<p title='", "&#106;", "\x00",
                "<textarea>", "<b style=x>", "    ", "&lt;", "\\",
            ]
        ),
        max_size=8,
    ).map("".join)
)  # fmt: skip
@settings(deadline=None, max_examples=300)
def test_no_markdown_makes_html_that_acts(text: str) -> None:
    root = html.fragment_fromstring(to_html(text), create_parent="div")
    for element in root.iterdescendants():
        assert element.tag in {"a", "b", "blockquote", "br", "code", "li", "p", "pre", "ul"}
        assert set(element.keys()) <= {"href", "title", "rel"}
        scheme = SCHEME.match(element.get("href", ""))
        assert scheme is None or scheme[0] in {"https:", "http:", "mailto:"}


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("", ()),
        ("no link, <b>none</b>", ()),
        (
            "* [A *b* `c`](https://a.org){:target='_blank'}\n* [B](http://b.org/x?y=1&z=2)\n",
            (("A b c", "https://a.org"), ("B", "http://b.org/x?y=1&z=2")),
        ),
        (
            "[first](https://a.org) [b](https://b.org) [again](https://a.org)",
            (("first", "https://a.org"), ("b", "https://b.org")),
        ),
        ("[ref]\n\n[ref]: https://a.org 'title'", (("ref", "https://a.org"),)),
        ("<https://a.org/x>", (("https://a.org/x", "https://a.org/x"),)),
        ("[a](mailto:a@x.org) [b](/relative) [c](#anchor) [d]()", ()),
        ("[a](javascript:alert(1))", ()),
        ("`[a](https://a.org)`", ()),
        ("a\n\n    [a](https://a.org)\n\n```\n[a](https://a.org)\n```", ()),
        ("| x |\n|---|\n| [a](https://a.org) |", (("a", "https://a.org"),)),
        ("# [a](https://a.org)\n\n> [b](https://b.org)", (("a", "https://a.org"), ("b", "https://b.org"))),
    ],
)  # fmt: skip
def test_links_in(text: str, links: tuple[tuple[str, str], ...]) -> None:
    assert links_in(text) == tuple(Link(label=label, url=url) for label, url in links)


@given(st.lists(st.tuples(one_line_texts, st.integers(0, 9)), max_size=5))
@settings(deadline=None)
def test_links_that_were_written_are_found(pairs: list[tuple[str, int]]) -> None:
    text = "\n".join(f"- {link(label, f'{TARGET}/{number}')}" for label, number in pairs)
    labels: dict[str, str] = {}
    for label, number in pairs:
        labels.setdefault(f"{TARGET}/{number}", label)
    assert links_in(text) == tuple(Link(label=label, url=url) for url, label in labels.items())


@given(
    st.lists(
        st.sampled_from([
            "[a](", ")", "https://a.org/", "x?y=1&z=2", "&amp;", "&copy", ";", "#t=1,2", "%20", "%",
            "\\", "(", " ", '"t"', "<", ">", "\n", "é", "//", ":", "~", "+", "![", "]", "[",
        ]),
        max_size=12,
    ).map("".join)
)  # fmt: skip
@settings(deadline=None)
def test_short_cuts_change_nothing(text: str) -> None:
    """What is taken the quick way comes out as markdown-it itself makes it."""
    text = f"[a]({text}"
    assert _renderer().render(text) == RENDERER.render(text)
