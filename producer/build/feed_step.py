"""The feed: its documents, and whether they take the place of those that stand."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

from producer.build.feed_guard import Guard
from producer.build.images import image_reference
from producer.build.manifest import Manifest, StepRecord
from producer.build.output import Output
from producer.build.show_checks import read_image
from producer.build.writer import Writer
from producer.feed.channel_elements import ImageVariant
from producer.feed.item import FeedItem, persons
from producer.feed.rss import FEED_NAME, ChannelMedia, render_pages
from producer.io.workspace import Workspace
from producer.model.person import Person


def can_feed(workspace: Workspace) -> bool:
    """Whether the show says all that a feed cannot do without."""
    show = workspace.show
    return show.has_feed and all(
        (show.title, show.link, show.description, show.image, show.base_url)
    )


def write_feed(
    workspace: Workspace, manifest: Manifest, previous: StepRecord, writer: Writer
) -> StepRecord:
    """Write the feed, its archives before it. Its inputs are for the caller to note.

    One that breaks a rule does not take the place of one that is sound; nor does none at all, as
    long as the show is to have a feed.
    """
    documents = feed_documents(workspace, manifest)
    if not documents:
        if workspace.show.has_feed:
            writer.records |= previous.outputs
        return StepRecord(outputs=writer.records, notes=previous.notes)
    verdict = Guard(workspace).judge(writer.settings.out, documents, previous.notes)
    if verdict.may_replace:
        for name, data in documents.items():
            writer.write(Output.of_bytes(name, data))
    else:
        writer.records |= previous.outputs
    problems = [problem.as_json() for problem in verdict.problems]
    return StepRecord(outputs=writer.records, problems=problems, notes=dict(verdict.notes))


def feed_documents(workspace: Workspace, manifest: Manifest) -> dict[str, bytes]:
    """The feed and its archives by their names, the feed last; empty where there can be none."""
    if not can_feed(workspace):
        return {}
    _, image_url = image_reference(workspace, workspace.show.image)
    documents = render_pages(workspace.show, _items(manifest), _channel_media(workspace, image_url))
    feed = documents.pop(FEED_NAME)
    return {**dict(sorted(documents.items())), FEED_NAME: feed}


def feed_pictures(workspace: Workspace) -> list[Path]:
    """The pictures that the feed is made from, there or not."""
    show = workspace.show
    hosts = (workspace.people[slug].picture for slug in show.hosts if slug in workspace.people)
    paths = map(workspace.image_path, (show.image, *show.feed.images, *hosts))
    return [path for path in paths if path is not None]


class _Items(Sequence[FeedItem]):
    """Items in order, each read when it is looked at: thousands of them need not be in memory."""

    def __init__(self, manifest: Manifest, slugs: Sequence[str]) -> None:
        self._manifest = manifest
        self._slugs = slugs

    def __len__(self) -> int:
        return len(self._slugs)

    @overload
    def __getitem__(self, index: int) -> FeedItem: ...
    @overload
    def __getitem__(self, index: slice) -> "_Items": ...
    def __getitem__(self, index: int | slice) -> "FeedItem | _Items":
        if isinstance(index, slice):
            return _Items(self._manifest, self._slugs[index])
        return FeedItem.from_json(self._manifest.part("item", self._slugs[index]))

    def __iter__(self) -> Iterator[FeedItem]:
        return (self[number] for number in range(len(self)))


def _items(manifest: Manifest) -> _Items:
    order = sorted((item["published"], item["slug"]) for item in manifest.parts("item"))
    return _Items(manifest, [slug for _, slug in reversed(order)])


def _channel_media(workspace: Workspace, image_url: str) -> ChannelMedia:
    show = workspace.show
    hosts = [workspace.people.get(slug) or Person(slug=slug, name=slug) for slug in show.hosts]
    return ChannelMedia(
        image_url,
        [variant for image in show.feed.images if (variant := _variant(workspace, image))],
        persons(hosts, "host", lambda person: image_reference(workspace, person.picture)[1]),
    )


def _variant(workspace: Workspace, image: str) -> ImageVariant | None:
    _, url = image_reference(workspace, image)
    if not url:
        return None
    facts, _ = read_image(workspace, workspace.show, image)
    return ImageVariant(url, facts.width if facts else 0, facts.height if facts else 0)
