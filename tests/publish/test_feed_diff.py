"""What subscribers see change."""

import pytest

from producer.errors import InputError
from producer.publish.feed_diff import FeedDiff, diff_feeds
from producer.publish.feed_diff_text import render_diff
from producer.publish.feed_summary import Summary, summarize

NAMESPACES = (
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:psc="http://podlove.org/simple-chapters"'
)


def item(guid: str, title: str = "", audio: str = "", more: str = "") -> str:
    url = f"https://h/{audio or guid}.mp3"
    return (
        f"<item><title>{title or guid}</title><guid>{guid}</guid><link>https://h/{guid}/</link>"
        f'<enclosure url="{url}" length="7" type="audio/mpeg"/>{more}</item>'
    )


def feed(*items: str, head: str = "<title>Show</title>") -> Summary:
    text = f'<rss version="2.0" {NAMESPACES}><channel>{head}{"".join(items)}</channel></rss>'
    return summarize("feed", [text.encode()])


def diff(old: Summary, new: Summary) -> str:
    return render_diff(diff_feeds(old, new))


def test_nothing() -> None:
    assert not diff_feeds(feed(item("a")), feed(item("a")))
    assert diff(feed(item("a")), feed(item("a"))) == ""


def test_the_order_and_the_date_of_the_build_are_no_change() -> None:
    old = feed(item("a"), item("b"), head="<lastBuildDate>x</lastBuildDate>")
    assert not diff_feeds(old, feed(item("b"), item("a"), head="<generator>y</generator>"))


def test_new_and_gone() -> None:
    found = diff_feeds(feed(item("a"), item("b")), feed(item("c"), item("b")))
    assert render_diff(found) == "gone: a\nnew: c\n"
    assert found.is_grave


def test_a_new_one_is_not_grave() -> None:
    assert not diff_feeds(feed(item("a")), feed(item("b"), item("a"))).is_grave


def test_changes_by_name() -> None:
    chapters = '<psc:chapters><psc:chapter start="0:00" title="{}"/></psc:chapters>'
    old = feed(item("a", more=chapters.format("One") + "<itunes:duration>60</itunes:duration>"))
    both = chapters.format("Two").replace(
        "</psc:chapters>", '<psc:chapter start="0:30" title="Three"/></psc:chapters>'
    )
    new = feed(item("a", "A", audio="b", more=both + "<itunes:duration>3600</itunes:duration>"))
    assert diff(old, new) == (
        "changed: A\n"
        "  title: a -> A\n"
        "  enclosure: https://h/a.mp3 (7 bytes, audio/mpeg) -> "
        "https://h/b.mp3 (7 bytes, audio/mpeg)\n"
        "  chapters:\n"
        "    - 0:00 One\n"
        "    + 0:00 Two\n"
        "    + 0:30 Three\n"
        "  duration: 1:00 -> 1:00:00\n"
    )


def test_long_texts_show_where_they_differ() -> None:
    words = "word " * 100
    old = feed(item("a", more=f"<description>{words}old end</description>"))
    new = feed(item("a", more=f"<description>{words}new end</description>"))
    line = diff(old, new).splitlines()[1]
    assert line.startswith("  description: ...")
    assert line.endswith("word new end")
    assert len(line) < 200


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (item("a", "T", audio="x"), item("b", "Other", audio="x")),
        (item("a", "T").replace("h/a/", "h/p/"), item("b", "T2").replace("h/b/", "h/p/")),
        (item("a", "T"), item("b", "T")),
    ],
    ids=["enclosure", "page", "title"],
)
def test_a_guid_that_changed(old: str, new: str) -> None:
    found = diff_feeds(feed(old, item("z")), feed(new, item("z")))
    assert [(each.old.guid, each.new.guid) for each in found.renamed] == [("a", "b")]
    assert (found.new, found.gone) == ((), ())
    assert found.is_grave
    assert "  guid: a -> b\n" in render_diff(found)


def test_what_two_items_share_tells_nothing() -> None:
    old = feed(item("a", "Trailer"), item("b", "Trailer"))
    found = diff_feeds(old, feed(item("c", "Trailer"), item("d", "Trailer")))
    assert found.renamed == ()
    assert len(found.new) == len(found.gone) == 2


def test_the_show_itself() -> None:
    old, new = feed(head="<title>Old</title>"), feed(head="<title>New</title>")
    assert diff(old, new) == "changed: the show\n  title: Old -> New\n"


def test_archives_are_part_of_the_feed() -> None:
    first = f"<rss {NAMESPACES}><channel>{item('a')}</channel></rss>".encode()
    second = f"<rss {NAMESPACES}><channel>{item('b')}{item('a')}</channel></rss>".encode()
    assert [each.guid for each in summarize("feed", [first, second]).items] == ["a", "b"]


def test_as_json() -> None:
    found = diff_feeds(feed(item("a")), feed(item("a", "A")))
    assert found.as_json() == {
        "show": [],
        "new": [],
        "changed": [
            {
                "guid": "a",
                "title": "A",
                "enclosure": "https://h/a.mp3",
                "changes": [{"name": "title", "old": ["a"], "new": ["A"]}],
            }
        ],
        "guid_changed": [],
        "gone": [],
    }
    assert FeedDiff().as_json()["new"] == []


@pytest.mark.parametrize("data", [b"", b"<html/>", b"<rss/>", b"\xff\xfe"])
def test_what_is_no_feed(data: bytes) -> None:
    with pytest.raises(InputError):
        summarize("x", [data])


def test_deep_and_hostile_items() -> None:
    deep = "<x>" * 50 + "</x>" * 50
    assert summarize("x", [f"<rss><channel><item>{deep}</item></channel></rss>".encode()]).items
