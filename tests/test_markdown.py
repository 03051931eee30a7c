"""Markdown: plain text made safe in it, kramdown taken out of it, HTML made safe of it."""

import re

import pytest
from builders import one_line_texts
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from producer.markdown import ascii_url, escape_text, link, plain_markdown, to_html
from producer.markdown_text import inline_text, links_in
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
@settings(max_examples=300)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    paragraph = only_child(escape_text(text))
    assert (paragraph.tag, len(paragraph), paragraph.text) == ("p", 0, text)


@given(markup.map(one_line).filter(bool))
@example("===")
@example("---")
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
        ("~~a~~", "<p><del>a</del></p>\n"),
        ("`<script>`", "<p><code>&lt;script&gt;</code></p>\n"),
        (
            "|a|b|\n|-|:-:|\n|1|2|",
            '<table><thead><tr><th>a</th><th align="center">b</th></tr></thead><tbody>\n'
            '<tr><td>1</td><td align="center">2</td></tr>\n</tbody></table>\n',
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
        ("[a](javascript:alert(1))", "<p><a>a</a></p>\n"),
        ("[a](data:text/html,x)", "<p><a>a</a></p>\n"),
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
@settings(max_examples=300)
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
def test_links_that_were_written_are_found(pairs: list[tuple[str, int]]) -> None:
    text = "\n".join(f"- {link(label, f'{TARGET}/{number}')}" for label, number in pairs)
    labels: dict[str, str] = {}
    for label, number in pairs:
        labels.setdefault(f"{TARGET}/{number}", label)
    assert links_in(text) == tuple(Link(label=label, url=url) for url, label in labels.items())


@pytest.mark.parametrize(
    ("text", "heading", "wanted"),
    [
        ("# a\n\n### b", 2, "<h2>a</h2>\n<h4>b</h4>\n"),
        ("### a\n\n# b", 3, "<h5>a</h5>\n<h3>b</h3>\n"),
        ("##### a\n\n# b", 3, "<h6>a</h6>\n<h3>b</h3>\n"),
        ("### a", 2, "<h3>a</h3>\n"),
        ("<h1 id=x>a</h1>\n\n## b", 2, "<h2>a</h2>\n<h3>b</h3>\n"),
        ("a &lt;h1> `<h1>`", 2, "<p>a &lt;h1&gt; <code>&lt;h1&gt;</code></p>\n"),
    ],
)
def test_headings_go_below_the_one_of_the_page(text: str, heading: int, wanted: str) -> None:
    assert to_html(text, heading=heading) == wanted


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://x.org/a?b=c&d#e", "https://x.org/a?b=c&d#e"),
        ("https://bücher.example/ü?q=ß#ä", "https://xn--bcher-kva.example/%C3%BC?q=%C3%9F#%C3%A4"),
        ("https://x.org/100%25/%C3%BC/é", "https://x.org/100%25/%C3%BC/%C3%A9"),
        ("https://x.org/a b", "https://x.org/a%20b"),
        ("https://ü:p@bücher.example:80?ä", "https://%C3%BC:p@xn--bcher-kva.example:80?%C3%A4"),
        ("mailto:ü@x.org", "mailto:%C3%BC@x.org"),
        (f"https://{'ü' * 64}/", f"https://{'%C3%BC' * 64}/"),
    ],
)
def test_addresses_are_sent_in_ascii(url: str, sent: str) -> None:
    assert ascii_url(url) == sent
    assert links_in(f"[a](<{url}>)") == ((Link(label="a", url=sent),) if "://" in sent else ())
    anchor = html.fragment_fromstring(to_html(f"[a](<{url}>)"))[0]
    assert anchor.get("href") == sent


def test_half_a_character_does_no_harm() -> None:
    assert to_html("a\ud800 *b*") == "<p>a <em>b</em></p>\n"
    assert links_in("[a\ud800](https://x.org)") == (Link(label="a", url="https://x.org"),)
    assert inline_text("*a\ud800*") == "a"


@pytest.mark.parametrize("opening", [">", "1. ", "- > ", "<div>\n", "<ul><li>", "<B>", "<x-y>"])
def test_what_nests_as_nobody_writes_is_shown_as_it_is(opening: str) -> None:
    """Taking such HTML apart took minutes."""
    shown = html.fragment_fromstring(to_html(opening * 20_000))
    assert (shown.tag, len(shown), shown.text) == ("p", 0, opening * 20_000)
    nested = html.fragment_fromstring(to_html(f"{opening * 20}a"), create_parent="div")
    assert nested.text_content().strip() == "a"


def test_much_that_does_not_nest_is_html() -> None:
    text = "a <br> *b* <kbd>c</kbd>\n\n" * 3000
    assert to_html(text) == "<p>a<br>\n<em>b</em> <kbd>c</kbd></p>\n" * 3000


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("**1:12** [Title](https://x.org)", "1:12 Title"),
        ("# 1. > - no block", "# 1. > - no block"),
        ("x", "x"),
        (" *x* ", "x"),
        ("", ""),
        ("`a` &amp; <b>b</b> <https://x.org>", "a & <b>b</b> https://x.org"),
    ],
)
def test_the_text_of_a_line(line: str, shown: str) -> None:
    assert inline_text(line) == shown


@given(
    st.lists(
        st.sampled_from([
            "[a](", ")", "https://a.org/", "x?y=1&z=2", "&amp;", "&copy", ";", "%20", "\\", " ",
            "**", "*", "`", "<b>", "</b>", "\n", "\n\n", "é", "- ", "> ", "# ", "![", "]", "|", "_",
        ]),
        max_size=12,
    ).map("".join)
)  # fmt: skip
def test_another_parser_reads_the_same(text: str) -> None:
    """CommonMark is what it says in any of its implementations."""
    tokens = [*RENDERER.parse(plain_markdown(text))]
    inline = [child for token in tokens for child in token.children or ()]
    wanted = {str(child.attrGet("href")) for child in inline if child.type == "link_open"}
    assert {link.url for link in links_in(text)} == {
        url for url in wanted if url.startswith(("http://", "https://"))
    }
