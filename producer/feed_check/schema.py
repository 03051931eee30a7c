"""Which elements there are, where they belong, how often, and with which attributes.

RSS 2.0 (rssboard.org/rss-specification), Apple's Podcast RSS feed requirements, the podcast
namespace (github.com/Podcastindex-org/podcast-namespace, docs/tags), Podlove Simple Chapters 1.2,
Media RSS 1.5.
"""

from typing import NamedTuple


class Shape(NamedTuple):
    """Where an element belongs, what it must and may carry, and whether it stands once.

    No parents means anywhere. No attributes at all means that they are not looked at.
    """

    parents: frozenset[str] = frozenset()
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    single: bool = False


# Elements that hold text, and HTML as text: elements in them are HTML that was not escaped.
TEXT_ONLY = frozenset(
    {
        "title",
        "description",
        "content:encoded",
        "itunes:title",
        "itunes:subtitle",
        "itunes:summary",
        "itunes:author",
    }
)

_CHANNEL = "channel"
_ITEM = "item podcast:liveItem"
_BOTH = f"{_CHANNEL} {_ITEM}"


def _one(parents: str, required: str = "", optional: str = "") -> Shape:
    return Shape(
        frozenset(parents.split()), tuple(required.split()), tuple(optional.split()), single=True
    )


def _many(parents: str, required: str = "", optional: str = "") -> Shape:
    return _one(parents, required, optional)._replace(single=False)


_CHANNEL_TEXTS = (
    "language copyright managingEditor webMaster lastBuildDate generator docs ttl rating image "
    "textInput skipHours skipDays"
)
_RSS = {
    "rss": Shape(),
    "channel": _many("rss"),
    "title": _one(f"{_BOTH} image textInput"),
    "link": _one(f"{_BOTH} image textInput"),
    "description": _one(f"{_BOTH} image textInput"),
    **dict.fromkeys(
        _CHANNEL_TEXTS.split(),
        _one(_CHANNEL),
    ),
    "cloud": _one(_CHANNEL, "", "domain port path registerProcedure protocol"),
    "pubDate": _one(_BOTH),
    "category": _many(_BOTH, "", "domain"),
    "item": _many(_CHANNEL),
    "url": _one("image"),
    "width": _one("image"),
    "height": _one("image"),
    "name": _one("textInput"),
    "hour": _many("skipHours"),
    "day": _many("skipDays"),
    "author": _one(_ITEM),
    "comments": _one(_ITEM),
    "enclosure": _one(_ITEM, "", "url length type"),
    "guid": _one(_ITEM, "", "isPermaLink"),
    "source": _one(_ITEM, "", "url"),
}

_ITUNES_BOTH = "author block explicit keywords subtitle summary title"
_ITUNES_CHANNEL = "complete new-feed-url owner type applepodcastsverify"
_ITUNES_ITEM = "duration episode episodeType isClosedCaptioned order season"
_ITUNES = {
    **{f"itunes:{name}": _one(_BOTH) for name in _ITUNES_BOTH.split()},
    "itunes:image": _one(_BOTH, "", "href"),
    "itunes:category": _many(f"{_CHANNEL} itunes:category", "", "text"),
    **{f"itunes:{name}": _one(_CHANNEL) for name in _ITUNES_CHANNEL.split()},
    "itunes:name": _one("itunes:owner"),
    "itunes:email": _one("itunes:owner"),
    **{f"itunes:{name}": _one(_ITEM) for name in _ITUNES_ITEM.split()},
}

_PODCAST = {
    "transcript": _many(_ITEM, "url type", "language rel"),
    "locked": _one(_CHANNEL, "", "owner"),
    "funding": _many(_BOTH, "url"),
    "chapters": _one(_ITEM, "url type"),
    "soundbite": _many(_ITEM, "startTime duration"),
    "person": _many(_BOTH, "", "role group img href"),
    "location": _many(_BOTH, "", "rel geo osm country"),
    "season": _one(_ITEM, "", "name"),
    "episode": _one(_ITEM, "", "display"),
    "trailer": _many(_CHANNEL, "url pubdate", "length type season"),
    "license": _one(_BOTH, "", "url"),
    "alternateEnclosure": _many(
        _ITEM, "type", "length bitrate height lang title rel codecs default"
    ),
    "source": _many("podcast:alternateEnclosure", "uri", "contentType"),
    "integrity": _one("podcast:alternateEnclosure", "type value"),
    "guid": _one(_CHANNEL),
    "value": _many(_BOTH, "type method", "suggested"),
    "valueRecipient": _many(
        "podcast:value podcast:valueTimeSplit",
        "type address split",
        "name customKey customValue fee",
    ),
    "valueTimeSplit": _many(
        "podcast:value", "startTime duration", "remoteStartTime remotePercentage"
    ),
    "medium": _one(_CHANNEL),
    "images": _one(_BOTH, "srcset"),
    "image": _many(_BOTH, "href", "alt aspect-ratio width height type purpose"),
    "liveItem": _many(_CHANNEL, "status start", "end"),
    "contentLink": _many(_ITEM, "href"),
    "socialInteract": _many(_BOTH, "protocol", "uri accountId accountUrl priority"),
    "block": _many(_CHANNEL, "", "id"),
    "txt": _many(_BOTH, "", "purpose"),
    "remoteItem": _many(
        "channel podcast:podroll podcast:valueTimeSplit podcast:publisher",
        "feedGuid",
        "feedUrl itemGuid medium title",
    ),
    "podroll": _one(_CHANNEL),
    "publisher": _one(_CHANNEL),
    "updateFrequency": _one(_CHANNEL, "", "complete dtstart rrule"),
    "podping": _one(_CHANNEL, "", "usesPodping"),
    "chat": _one(_BOTH, "server protocol", "accountId space"),
    "follow": _many(_CHANNEL, "url"),
    "metaBoost": _many(_BOTH),
}

_ATOM = (
    "link author contributor name email uri id updated published category generator icon logo "
    "rights subtitle title summary content source entry"
)
_MEDIA = (
    "group content rating title description keywords thumbnail category hash player credit "
    "copyright text restriction community starRating statistics tags comments comment embed param "
    "responses response backLinks backLink status price license subTitle peerLink rights scenes "
    "scene sceneTitle sceneDescription sceneStartTime sceneEndTime location"
)
_GOOGLE = "author block category description email explicit image owner"
_SPOTIFY = "limit countryOfOrigin access partner sandbox entitlement"
_OTHER = {
    **{f"atom:{name}": Shape() for name in _ATOM.split()},
    "atom:link": _many(_BOTH, "href", "rel type hreflang title length"),
    **{f"media:{name}": Shape() for name in _MEDIA.split()},
    "content:encoded": _one(_BOTH),
    "psc:chapters": _one(_ITEM, "", "version"),
    "psc:chapter": _many("psc:chapters", "start title", "href image"),
    **{f"googleplay:{name}": _one(_BOTH) for name in _GOOGLE.split()},
    "googleplay:category": _many(f"{_CHANNEL} googleplay:category"),
    "googleplay:new-feed-url": _one(_CHANNEL),
    **{f"spotify:{name}": Shape() for name in _SPOTIFY.split()},
}

SHAPES: dict[str, Shape] = {
    **_RSS,
    **_ITUNES,
    **{f"podcast:{name}": shape for name, shape in _PODCAST.items()},
    **_OTHER,
}
# The namespaces whose elements are all in the table: any other in them is a mistake.
CHECKED_PREFIXES = frozenset(
    {"", "itunes", "podcast", "atom", "content", "psc", "googleplay", "media", "spotify"}
)
