"""podcastparser, which gpodder is built on."""

from datetime import UTC, datetime
from typing import Any

import podcastparser

from clients.published import Item, Published


def expected(show: Published, item: Item) -> dict[str, Any]:
    """All that there is of an item but its description. Chapters are in whole seconds."""
    url, length, media_type = show.enclosure(item)
    return {
        "title": item.title,
        "guid": item.guid,
        "link": show.url(item.slug, ""),
        "published": datetime.fromisoformat(item.published).replace(tzinfo=UTC).timestamp(),
        "description_html": show.notes(item),
        "enclosures": [{"url": url, "file_size": length, "mime_type": media_type}],
        "total_time": item.duration_ms // 1000,
        "chapters": [{"start": start // 1000, "title": title} for start, title in item.chapters],
        "season": item.season,
        "number": item.number,
        "type": item.kind,
        "explicit": False,
        "payment_url": None,
    }


def test_every_item_is_read_whole(show: Published) -> None:
    with show.feed.open("rb") as stream:
        read = podcastparser.parse(show.url("feed.xml"), stream)
    assert all(episode.pop("description") for episode in read["episodes"])
    assert read["episodes"] == [expected(show, item) for item in show.items]
