"""An episode's guid, minted once."""

from collections.abc import Iterator

from producer.derive.derived import Derived
from producer.feed.item import guid_for
from producer.fix.mend import Finding, Mend
from producer.source.edit import Set

# Where it goes: after what the episode is called, above the long parts.
BEFORE = ("ids", "links", "description", "intro", "audio", "quotableClips", "transcript")


def mend_guid(derived: Derived) -> Iterator[Finding]:
    """R103: the one that the feed uses already, so that no subscriber sees a change."""
    episode = derived.episode
    if not episode.guid and _is_free(episode.data.get("guid")):
        edit = Set(("guid",), guid_for(episode.slug), BEFORE)
        yield Mend(("R103",), "guid minted", (edit,))


def _is_free(value: object) -> bool:
    """Whether nothing stands there; a guid of the wrong type is for its author to mend."""
    return value is None or (isinstance(value, str) and not value.strip())
