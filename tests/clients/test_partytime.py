"""podcast-partytime, which fills the Podcast Index."""

from typing import Any

from clients.conftest import Node
from clients.published import Item, Published

# It has names of its own for a media type, roles and groups.
_SRT = {"application/x-subrip": "application/srt"}


def expected(show: Published, item: Item) -> dict[str, Any]:
    url, length, media_type = show.enclosure(item)
    return {
        "title": item.title,
        "guid": item.guid,
        "link": show.url(item.slug, ""),
        "pubDate": f"{item.published}T00:00:00.000Z",
        "enclosure": {"url": url, "length": length, "type": media_type},
        "duration": item.duration_ms // 1000,
        "explicit": False,
        "itunesSeason": item.season,
        "itunesEpisode": item.number,
        "itunesEpisodeType": item.kind,
        "podcastSeason": {"number": item.season, "name": item.season_name}
        if item.season_name
        else None,
        "podcastEpisode": {"number": item.number},
        "podcastTranscripts": [(url, _SRT.get(t, t), "en") for url, t in show.transcripts(item)],
        "podcastChapters": {
            "url": show.url(item.slug, "chapters.json"),
            "type": "application/json+chapters",
        },
        "podcastSoundbites": [
            (start / 1000, length / 1000, title) for start, length, title in item.soundbites
        ],
        "podcastPeople": [
            (p.name, p.role.title(), "Cast", p.url, show.picture(p)) for p in item.persons
        ],
    }


def seen(item: dict[str, Any]) -> dict[str, Any]:
    keep = (
        *("title", "guid", "link", "pubDate", "enclosure", "duration", "explicit", "itunesSeason"),
        *("itunesEpisode", "itunesEpisodeType", "podcastSeason", "podcastEpisode"),
        "podcastChapters",
    )
    bites, people = item["podcastSoundbites"], item["podcastPeople"]
    return {
        **{key: item.get(key) for key in keep},
        "podcastTranscripts": [
            (t["url"], t["type"], t["language"]) for t in item["podcastTranscripts"]
        ],
        "podcastSoundbites": [(b["startTime"], b["duration"], b["title"]) for b in bites],
        "podcastPeople": [
            (p["name"], p["role"], p["group"], p["href"], p.get("img", "")) for p in people
        ],
    }


def test_every_item_is_read_whole(show: Published, node: Node) -> None:
    read = node("partytime.mjs", "podcast-partytime", show.feed)
    assert [seen(item) for item in read["items"]] == [expected(show, item) for item in show.items]
    chapters = [show.json_chapters(item["podcastChapters"]["url"]) for item in read["items"]]
    assert chapters == [list(item.chapters) for item in show.items]


def test_the_channel(sample_show: Published, node: Node) -> None:
    read = node("partytime.mjs", "podcast-partytime", sample_show.feed)
    people = [(p["name"], p["role"]) for p in read["podcastPeople"]]
    assert people == [("Maren Tolliver", "Host")]
    values = ("title", "language", "author", "itunesType", "medium", "locked", "explicit")
    assert [read[key] for key in values] == [
        *("Workbench Radio", "en", "Maren Tolliver", "episodic", "podcast", True, False),
    ]
    assert read["itunesImage"] == sample_show.url("images/cover.jpg")
    assert read["pubsub"] == {"self": sample_show.url("feed.xml")}
    assert read["itunesCategory"] == ["Education > How To", "Leisure > Crafts", "Technology"]
    assert read["pc20support"] == {
        "1": ["locked", "transcript", "chapters", "soundbite"],
        "2": ["person", "episode"],
        "3": ["guid"],
        "4": ["medium"],
    }
