"""feedparser, which many readers are built on. It knows `psc:`, and keeps the last of what it
does not know."""

from typing import Any

import feedparser

from clients.published import Item, Published


def expected(show: Published, item: Item) -> dict[str, Any]:
    url, length, media_type = show.enclosure(item)
    last_transcript = show.transcripts(item)[-1]
    last_person = item.persons[-1]
    return {
        "title": item.title,
        "id": item.guid,
        "guidislink": False,
        "link": show.url(item.slug, ""),
        "published": tuple(int(part) for part in item.published.split("-")),
        "content": show.notes(item),
        "enclosures": [(url, str(length), media_type)],
        "itunes_duration": str(item.duration_ms // 1000),
        "itunes_season": str(item.season),
        "itunes_episode": str(item.number),
        "itunes_episodetype": item.kind,
        "podcast_season": {"name": item.season_name} if item.season_name else None,
        "podcast_episode": str(item.number),
        "podcast_chapters": show.url(item.slug, "chapters.json"),
        "psc_chapters": [*item.chapters],
        "podcast_transcript": last_transcript,
        "podcast_soundbite": tuple(f"{ms / 1000:g}" for ms in item.soundbites[-1][:2]),
        "podcast_person": (last_person.role, last_person.url, show.picture(last_person)),
    }


def seen(entry: Any) -> dict[str, Any]:
    (content,) = entry.content
    transcript, person = entry.podcast_transcript, entry.podcast_person
    bite = entry.podcast_soundbite
    keep = (
        *("title", "id", "guidislink", "link", "itunes_duration", "itunes_season"),
        *("itunes_episode", "itunes_episodetype", "podcast_season", "podcast_episode"),
    )
    return {
        **{key: entry.get(key) for key in keep},
        "published": tuple(entry.published_parsed[:3]),
        "content": content.value,
        "enclosures": [(e.href, e.length, e.type) for e in entry.enclosures],
        "podcast_chapters": entry.podcast_chapters["url"],
        "psc_chapters": [
            (round(c["start_parsed"].total_seconds() * 1000), c["title"])
            for c in entry.psc_chapters["chapters"]
        ],
        "podcast_transcript": (transcript["url"], transcript["type"]),
        "podcast_soundbite": (bite["starttime"], bite["duration"]),
        "podcast_person": (person["role"], person["href"], person.get("img", "")),
    }


def test_every_item_is_read_whole(show: Published) -> None:
    read = feedparser.parse(show.feed.read_bytes())
    assert not read.bozo
    assert [seen(entry) for entry in read.entries] == [expected(show, item) for item in show.items]
