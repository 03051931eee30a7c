"""Where a show is published, and who is told: `publish` in `podcast.yaml`."""

from dataclasses import dataclass

KEEP_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishSettings:
    """The keys under `publish`. Credentials are no part of them: each tool has its own place.

    `target` is as it was written, relative paths meant from the show's folder; empty for none.
    `endpoint` and `region` are those of a server that speaks S3. `hubs` are WebSub's, `podping` the
    addresses that are told of a new feed as Podping's are. `keep_days` is how long a file stays
    that is no longer part of the show, before `--prune` may delete it.
    """

    target: str = ""
    endpoint: str = ""
    region: str = ""
    keep_days: int = KEEP_DAYS
    hubs: tuple[str, ...] = ()
    podping: tuple[str, ...] = ()
    verify: bool = False
