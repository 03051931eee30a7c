"""Whatever is given for a feed: problems, never a traceback, never a file or the network."""

import socket
import tracemalloc

import pytest
from feed_check.faults_cases import BASE, GOOD, check
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from producer.diagnostics import format_problem
from producer.feed_check.parse import MAX_BYTES, MAX_ELEMENTS
from producer.formats.problems import PROBLEM_FORMATS
from producer.problems import Problem

SEEDS = [path.read_bytes() for path in [BASE, *GOOD]]
PIECES = [
    *(b"<", b">", b"&", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b'"', b"'", b"\x00"),
    *(
        b"&amp;",
        b"&nbsp;",
        b"&#0;",
        b"&#x10FFFF;",
        b"\xff",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
    ),
    *(b"<item>", b"</item>", b"<channel>", b"</channel>", b"<title/>", b"<podcast:person/>"),
    *(
        b' xmlns="x"',
        b' xmlns:itunes=""',
        b' url=""',
        b' type="a/b"',
        b"<!DOCTYPE rss>",
        b"javascript:",
    ),
    *(
        b"9" * 5000,
        b"https://[",
        b"https://e.org:99999/",
        b"%zz",
        "http://ü".encode(),
        b"a" * 70000,
    ),
    *(b"\n", b"\r", b"\x0b", "\u2028".encode(), b" encoding='utf-16'", b"<podcast:liveItem>"),
]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("the check went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def says(data: bytes) -> tuple[Problem, ...]:
    """The problems, after all that is done with them."""
    problems = check(BASE, data)
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.length >= 1
        assert format_problem(problem)
    for render in PROBLEM_FORMATS.values():
        assert isinstance(render(problems), str)
    return problems


@settings(
    max_examples=300,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 0.02), st.sampled_from([b"", *PIECES])),
        min_size=1,
        max_size=4,
    ),
)
def test_mutated_feeds(seed: bytes, edits: list[tuple[float, float, bytes]]) -> None:
    for place, length, piece in edits:
        start = int(place * len(seed))
        seed = seed[:start] + piece + seed[start + int(length * len(seed)) :]
    says(seed)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-16"))))
def test_anything_at_all(data: bytes) -> None:
    assert says(data) != (), "nothing of this is a feed"


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [
            *(
                "en-GB",
                "Tue, 17 Mar 2026 06:00:00 +0000",
                "14400000",
                "1800",
                "FREQ=WEEKLY;BYDAY=TU",
            ),
            *(
                "https://tides.example.org/spring.mp3",
                "audio/mpeg",
                "00:10:00.500",
                "30.5",
                "cc-by-4.0",
            ),
            *("Society &amp; Culture", "enid@tides.example.org", "isPermaLink", "podcast:person"),
            *(
                "https://tides.example.org/feed.xml",
                "25c2e59b-643c-5b83-8a0b-5043ceda0bbb",
                "guest",
            ),
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="<&\"'"), max_size=60),
)
def test_any_value(value: str, other: str) -> None:
    says(BASE.read_text(encoding="utf-8").replace(value, other).encode())


def codes(data: bytes) -> set[str]:
    return {problem.code for problem in says(data)}


def test_entities_are_not_expanded_and_nothing_is_read() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    assert codes(f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><rss>&l9;</rss>'.encode()) == {"R206"}
    assert codes(b'<!DOCTYPE r [<!ENTITY % x SYSTEM "http://e.org/x"> %x;]><rss/>') == {"R206"}
    assert codes(b'<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss/>') == {"R206"}


def test_deep_nesting() -> None:
    assert codes(b"<rss><channel>" + b"<a>" * 1_000_000) == {"R207"}


def test_too_many_elements() -> None:
    assert codes(b"<rss><channel>" + b"<a/>" * (MAX_ELEMENTS + 1)) == {"R207"}


def test_too_many_bytes() -> None:
    assert codes(b"<rss>" + b" " * MAX_BYTES) == {"R207"}


def test_fifty_megabytes_of_text() -> None:
    text = BASE.read_bytes().replace(b"Why it does not.", b"a &amp; b " * 5_000_000)
    tracemalloc.start()
    found = check(BASE, text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {problem.code for problem in found} == {"R323"}
    assert peak < 12 * len(text)


@pytest.mark.parametrize(
    "hostile",
    [
        "&lt;a" * 200_000,
        "&lt;a href=" * 100_000,
        "&lt;p " + "on" * 200_000,
        "&amp;lt;" * 200_000,
        "&lt;a href=&quot;" + " " * 200_000 + "x",
        "&lt;a " + "href='x" * 100_000,
        "=" * 400_000,
    ],
)
def test_html_takes_no_longer_than_it_is_long(hostile: str) -> None:
    text = BASE.read_text(encoding="utf-8").replace("Why it does not.", hostile)
    assert "R323" in codes(text.encode())


@pytest.mark.parametrize("count", [20_000])
def test_many_items_and_attributes(count: int) -> None:
    items = "".join(f"<item><title>{n}</title><guid>{n}</guid></item>" for n in range(count))
    many = " ".join(f'a{n}="1"' for n in range(count))
    text = BASE.read_text(encoding="utf-8").replace("</channel>", f"{items}<x {many}/></channel>")
    assert {"R213", "R235"} <= codes(text.encode())


def test_many_namespaces() -> None:
    names = " ".join(f'xmlns:n{n}="urn:{n}"' for n in range(20_000))
    nested = "<a xmlns:q='urn:q'>" * 30 + "</a>" * 30
    text = BASE.read_text(encoding="utf-8").replace(
        "<language>", f"<n1:x {names}>{nested * 50}</n1:x><language>"
    )
    assert codes(text.encode()) == {"R213"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_wide_encodings(encoding: str) -> None:
    text = BASE.read_text(encoding="utf-8").split("\n", 1)[1]
    assert codes(text.encode(encoding)) == {"R204"}


@pytest.mark.parametrize(
    "name",
    ["zip", "base64", "rot13", "idna", "unicode_escape", "utf-7", "utf-16", "x" * 40, "mbcs"],
)
def test_encodings_that_are_none(name: str) -> None:
    text = BASE.read_text(encoding="utf-8").replace("UTF-8", name, 1)
    assert codes(text.encode()) == {"R203"}


@pytest.mark.parametrize(
    "data", [b"", b" \n", b"\xef\xbb\xbf", b"null", b"PK\x03\x04", b"\x00" * 100]
)
def test_what_is_no_xml(data: bytes) -> None:
    assert codes(data) & {"R201", "R208"}
