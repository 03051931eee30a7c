"""feedsmith, which reads every namespace of a feed."""

from datetime import date
from typing import Any

from clients.conftest import Node
from clients.published import Item, Published
from producer.times import format_timestamp


def expected(show: Published, item: Item) -> dict[str, Any]:
    """All that there is of an item but its texts."""
    url, length, media_type = show.enclosure(item)
    season = {"season": {"number": item.season, "name": item.season_name}}
    captions = ("text/vtt", "application/x-subrip")
    return {
        "title": item.title,
        "link": show.url(item.slug, ""),
        "guid": {"value": item.guid, "isPermaLink": False},
        "pubDate": f"{date.fromisoformat(item.published):%a, %d %b %Y} 00:00:00 +0000",
        "enclosures": [{"url": url, "length": length, "type": media_type}],
        "itunes": {
            "duration": item.duration_ms // 1000,
            "explicit": False,
            "title": item.title,
            "episode": item.number,
            "season": item.season,
            "episodeType": item.kind,
        },
        "podcast": {
            "transcripts": [
                {"url": url, "type": kind, "language": "en"}
                | ({"rel": "captions"} if kind in captions else {})
                for url, kind in show.transcripts(item)
            ],
            "chapters": {
                "url": show.url(item.slug, "chapters.json"),
                "type": "application/json+chapters",
            },
            "soundbites": [
                {"startTime": start / 1000, "duration": length / 1000, "display": title}
                for start, length, title in item.soundbites
            ],
            "persons": [
                {"display": p.name, "role": p.role, "group": "cast", "href": p.url}
                | ({"img": show.picture(p)} if p.picture else {})
                for p in item.persons
            ],
            "episode": {"number": item.number},
            **(season if item.season_name else {}),
        },
        "psc": {
            "chapters": [
                {"start": format_timestamp(start), "title": title} for start, title in item.chapters
            ]
        },
    }


def test_every_item_is_read_whole(show: Published, node: Node) -> None:
    read = node("feedsmith.mjs", "feedsmith", show.feed)
    assert read["format"] == "rss"
    items = read["feed"]["items"]
    assert all(item.pop("description") for item in items)
    notes = [item.pop("content") for item in items]
    assert notes == [{"encoded": show.notes(item)} for item in show.items]
    assert items == [expected(show, item) for item in show.items]
    chapters = [show.json_chapters(item["podcast"]["chapters"]["url"]) for item in items]
    assert chapters == [list(item.chapters) for item in show.items]


def test_the_channel(sample_show: Published, node: Node) -> None:
    feed = node("feedsmith.mjs", "feedsmith", sample_show.feed)["feed"]
    assert (feed["title"], feed["language"]) == ("Workbench Radio", "en")
    assert feed["atom"]["links"] == [
        {"href": sample_show.url("feed.xml"), "rel": "self", "type": "application/rss+xml"}
    ]
    assert feed["itunes"] == {
        "image": sample_show.url("images/cover.jpg"),
        "explicit": False,
        "author": "Maren Tolliver",
        "type": "episodic",
        "categories": [
            {"text": "Education", "categories": [{"text": "How To"}]},
            {"text": "Leisure", "categories": [{"text": "Crafts"}]},
            {"text": "Technology"},
        ],
        "owner": {"name": "Maren Tolliver", "email": "hello@workbench.example.org"},
    }
    person = {"display": "Maren Tolliver", "role": "host", "group": "cast"}
    assert feed["podcast"] == {
        "locked": {"value": True, "owner": "hello@workbench.example.org"},
        "persons": [{**person, "href": "https://maren.example.org"}],
        "guid": "38cd7260-e8df-56f8-b15f-a9b3f9426933",
        "medium": "podcast",
    }
