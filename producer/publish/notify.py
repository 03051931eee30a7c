"""Telling others that there is a new feed: WebSub hubs, and endpoints such as Podping's."""

import os
from collections.abc import Callable, Iterator, Sequence

from producer.io.announce import announce
from producer.publish.redact import redacted

TOKEN_VARIABLE = "PODPING_TOKEN"


def notify_all(
    feed_url: str,
    hubs: Sequence[str],
    podping: Sequence[str],
    send: Callable[..., str] = announce,
) -> Iterator[tuple[str, str]]:
    """Tell each; gives its address, without secrets, and why it failed: empty where it did not.

    WebSub leaves it to hubs how publishers speak to them. `hub.mode=publish` with `hub.url` is what
    they all understand (PubSubHubbub 0.4, section 7.1); some want the name `hub.topic`.
    """
    for hub in hubs:
        form = {"hub.mode": "publish", "hub.url": feed_url, "hub.topic": feed_url}
        yield redacted(hub), redacted(send("POST", hub, form=form))
    token = os.environ.get(TOKEN_VARIABLE, "")
    headers = {"Authorization": token} if token else {}
    for endpoint in podping:
        query = {"url": feed_url, "reason": "update", "medium": "podcast"}
        yield redacted(endpoint), redacted(send("GET", endpoint, query=query, headers=headers))
