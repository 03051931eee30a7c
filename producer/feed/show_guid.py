"""The `podcast:guid` of a show."""

import uuid

# The namespace that the Podcasting 2.0 namespace's `guid` tag defines.
_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def show_guid(feed_url: str) -> str:
    """The guid of the show whose first feed stood at this address, whatever its scheme was.

    A UUIDv5 of the address without scheme and trailing slashes (Podcasting 2.0, `podcast:guid`).
    It is stored once and kept for life: a feed that moves keeps its guid.
    """
    return str(uuid.uuid5(_NAMESPACE, feed_url.split("://", 1)[-1].rstrip("/")))
