"""The outputs that speak of all episodes: pictures, pages at old addresses, and the index."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from producer.build.images import image_reference
from producer.build.manifest import Manifest
from producer.build.output import Output
from producer.build.redirects import redirects
from producer.build.sources import Sources
from producer.io.files import read_bytes
from producer.io.workspace import Workspace
from producer.render.environment import Templates
from producer.render.json_ld import show_json_ld
from producer.render.views import index_context


def site_pictures(workspace: Workspace, manifest: Manifest) -> list[Path]:
    """The files of all pictures that pages and feed name, there or not."""
    show = workspace.show
    images = {show.image, *show.feed.images}
    images |= {person.picture for person in workspace.people.values()}
    images |= {entry["image"] for entry in manifest.parts("entry")}
    paths = {path for image in images if (path := workspace.image_path(image)) is not None}
    return sorted(paths)


def picture_outputs(workspace: Workspace, sources: Sources, files: list[Path]) -> Iterator[Output]:
    """A copy of each picture that is there."""
    for file in files:
        key = sources.digest(sources.name(file))
        if key is not None and file.is_file():
            yield _copy_of(file, file.relative_to(workspace.root).as_posix(), key)


def redirect_names(manifest: Manifest) -> dict[str, str]:
    """Old names, each with the slug of the episode that it leads to."""
    former = [
        (old, entry["slug"]) for entry in manifest.parts("entry") for old in entry["former_slugs"]
    ]
    return dict(redirects(manifest.redirects, former, manifest.episodes))


def redirect_outputs(
    workspace: Workspace, manifest: Manifest, templates: Templates, names: dict[str, str]
) -> Iterator[Output]:
    """A page for each old name."""
    show = workspace.show
    for old, slug in names.items():
        context = {
            "show": show,
            "title": manifest.part("entry", slug).get("title", slug),
            "target": f"../{slug}/",
            "canonical": show.url(slug, ""),
        }
        text = templates.render("redirect.html", context)
        yield Output.of_text(f"{old}/index.html", text)


def index_output(workspace: Workspace, manifest: Manifest, templates: Templates) -> Output:
    """The page of all episodes, the newest first."""
    image_file, image_url = image_reference(workspace, workspace.show.image)
    entries = sorted(
        manifest.parts("entry"), key=lambda e: (e["published"], e["slug"]), reverse=True
    )
    show = workspace.show
    public_image = image_url if show.base_url or not image_file else ""
    context = {
        **index_context(
            show, [{**entry, "picture": _own_picture(entry["image"])} for entry in entries]
        ),
        "image": _own_picture(image_file),
        "image_url": public_image,
        "json_ld": show_json_ld(show, public_image),
    }
    return Output.of_text("index.html", templates.render("index.html", context))


def _own_picture(image: str) -> str:
    """A picture as the index page names it; empty for one that lies elsewhere."""
    return "" if "://" in image else quote(image)


def _copy_of(file: Path, path: str, key: str) -> Output:
    def make(target: Path) -> None:
        target.write_bytes(read_bytes(file, limit=None))

    return Output(path=path, key=key, make=make)
