"""Reading the keys of `podcast.yaml` that only the feed reads."""

from producer.model.feed_settings import (
    FeedSettings,
    Funding,
    License,
    RemoteFeed,
    Txt,
    UpdateFrequency,
)
from producer.read.fields import Fields, Pairs

_KINDS = ("episodic", "serial")


def read_feed_settings(fields: Fields, top: Pairs) -> FeedSettings:
    """The settings; what cannot be used is a problem of the show, and left out."""
    feed = fields.pairs(top.get("feed"), "feed")
    return FeedSettings(
        kind=fields.choice(top.get("type"), "type", _KINDS) or _KINDS[0],
        guid=fields.line(top.get("guid"), "guid"),
        is_locked=fields.boolean(top.get("locked"), "locked", default=True),
        is_complete=fields.boolean(top.get("complete"), "complete", default=False),
        medium=fields.line(top.get("medium"), "medium") or FeedSettings().medium,
        new_feed_url=fields.url(top.get("new_feed_url"), "new_feed_url"),
        hubs=_hubs(fields, feed),
        funding=_funding(fields, top),
        license=_license(fields, top),
        update_frequency=_update_frequency(fields, top),
        podroll=_podroll(fields, top),
        txts=_txts(fields, top),
        images=fields.texts(top.get("images"), "images"),
        seasons=_seasons(fields, top),
        page_size=fields.integer(feed.get("page_size"), "feed.page_size") or 0,
    )


def _hubs(fields: Fields, feed: Pairs) -> tuple[str, ...]:
    nodes = fields.one_or_more(feed.get("hub"), "feed.hub")
    return tuple(url for node in nodes if (url := fields.url(node, "feed.hub")))


def _funding(fields: Fields, top: Pairs) -> tuple[Funding, ...]:
    """An address, a mapping of `url` and `text`, or a list of such."""
    found = []
    for node in fields.one_or_more(top.get("funding"), "funding"):
        pairs = fields.mapping_or(node, "url", "funding")
        if url := fields.url(pairs.get("url"), "funding.url"):
            text = fields.line(pairs.get("text"), "funding.text") or "Support the show"
            found.append(Funding(url, text))
    return tuple(found)


def _license(fields: Fields, top: Pairs) -> License | None:
    pairs = fields.mapping_or(top.get("license"), "name", "license")
    name = fields.line(pairs.get("name"), "license.name")
    return License(name, fields.url(pairs.get("url"), "license.url")) if name else None


def _update_frequency(fields: Fields, top: Pairs) -> UpdateFrequency | None:
    pairs = fields.mapping_or(top.get("update_frequency"), "text", "update_frequency")
    text = fields.line(pairs.get("text"), "update_frequency.text")
    rrule = fields.line(pairs.get("rrule"), "update_frequency.rrule")
    return UpdateFrequency(text or rrule, rrule) if text or rrule else None


def _podroll(fields: Fields, top: Pairs) -> tuple[RemoteFeed, ...]:
    found = []
    for node in fields.items(top.get("podroll"), "podroll"):
        pairs = fields.mapping_or(node, "guid", "podroll")
        guid = fields.line(pairs.get("guid"), "podroll.guid")
        if not guid:
            fields.flag("104", "an entry of podroll should have the `guid` of a show", node)
            continue
        url = fields.url(pairs.get("url"), "podroll.url")
        found.append(RemoteFeed(guid, url, fields.line(pairs.get("title"), "podroll.title")))
    return tuple(found)


def _txts(fields: Fields, top: Pairs) -> tuple[Txt, ...]:
    found = []
    for node in fields.one_or_more(top.get("txt"), "txt"):
        pairs = fields.mapping_or(node, "text", "txt")
        if text := fields.line(pairs.get("text"), "txt.text"):
            found.append(Txt(text, fields.line(pairs.get("purpose"), "txt.purpose")))
    return tuple(found)


def _seasons(fields: Fields, top: Pairs) -> dict[int, str]:
    """Names of seasons by number."""
    seasons: dict[int, str] = {}
    for key, node in fields.pairs(top.get("seasons"), "seasons").items():
        if key.isascii() and key.isdigit() and len(key) < 10:
            seasons[int(key)] = fields.line(node, f"seasons.{key}")
        else:
            fields.flag("104", f"seasons are named by number, not by `{key}`", node)
    return {number: name for number, name in seasons.items() if name}
