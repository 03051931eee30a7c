"""The outputs that speak of all episodes: pictures, the index page and the feed."""

from urllib.parse import quote

from producer.build.images import image_reference
from producer.build.manifest import EpisodeRecord, Manifest
from producer.build.output import Output
from producer.build.redirects import redirect_outputs
from producer.build.show_checks import read_image
from producer.feed.channel_elements import ImageVariant
from producer.feed.item import FeedItem, persons
from producer.feed.rss import FEED_NAME, ChannelMedia, render_feed
from producer.io.files import read_bytes
from producer.io.workspace import Workspace
from producer.model.person import Person
from producer.render.environment import Templates
from producer.render.json_ld import show_json_ld
from producer.render.views import index_context


def site_outputs(workspace: Workspace, manifest: Manifest) -> list[Output]:
    """Pictures first, then the index page: whoever reads it finds all that it names."""
    show = workspace.show
    image_file, image_url = image_reference(workspace, show.image)
    records = [record for _, record in sorted(manifest.episodes.items())]
    pictures = _images(workspace, manifest, image_file)
    templates = Templates(workspace.templates)
    moved = redirect_outputs(show, manifest, templates)
    index = _index(workspace, templates, records, image_file, image_url)
    return [*pictures, *moved, index]


def feed_documents(workspace: Workspace, manifest: Manifest) -> dict[str, bytes]:
    """The feed and its archives by their names, the feed last; empty where there can be none."""
    if not can_feed(workspace):
        return {}
    _, image_url = image_reference(workspace, workspace.show.image)
    items = [
        FeedItem.from_json(record.item)
        for _, record in sorted(manifest.episodes.items())
        if record.item
    ]
    documents = render_feed(workspace.show, items, _channel_media(workspace, image_url))
    feed = documents.pop(FEED_NAME)
    return {**dict(sorted(documents.items())), FEED_NAME: feed}


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


def can_feed(workspace: Workspace) -> bool:
    """Whether the show says all that a feed cannot do without."""
    show = workspace.show
    return show.has_feed and all(
        (show.title, show.link, show.description, show.image, show.base_url)
    )


def _images(workspace: Workspace, manifest: Manifest, show_image: str) -> list[Output]:
    pictures = [person.picture for person in workspace.people.values()]
    files = {show_image} | {
        record.entry["image"] for record in manifest.episodes.values() if record.entry
    }
    files |= {
        image_reference(workspace, image)[0]
        for image in (*pictures, *workspace.show.feed.images)
        if image
    }
    outputs = []
    for file in sorted(file for file in files if file and "://" not in file):
        path = workspace.root / file
        if path.is_file():
            outputs.append(Output.of_bytes(file, read_bytes(path)))
    return outputs


def _index(
    workspace: Workspace,
    templates: Templates,
    records: list[EpisodeRecord],
    image_file: str,
    image_url: str,
) -> Output:
    entries = [
        {**record.entry, "picture": _own_picture(record.entry["image"])}
        for record in records
        if record.entry
    ]
    entries.sort(key=lambda entry: (entry["published"], entry["slug"]), reverse=True)
    show = workspace.show
    public_image = image_url if show.base_url or not image_file else ""
    context = {
        **index_context(show, entries),
        "image": _own_picture(image_file),
        "image_url": public_image,
        "json_ld": show_json_ld(show, public_image),
    }
    return Output.of_text("index.html", templates.render("index.html", context))


def _own_picture(image: str) -> str:
    """A picture as the index page names it; empty for one that lies elsewhere."""
    return "" if "://" in image else quote(image)
