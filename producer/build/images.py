"""Pictures: where an image that a file names is found, and the one that goes into the sound."""

from producer.audio.tags import Artwork
from producer.io.files import read_bytes
from producer.io.workspace import Workspace
from producer.model.episode import Episode
from producer.model.show import Show


def image_reference(workspace: Workspace, image: str) -> tuple[str, str]:
    """An image's path in the output folder (empty for one elsewhere), and its public address."""
    if "://" in image:
        return "", image
    path = workspace.image_path(image)
    if path is None or not path.is_file():
        return "", ""
    relative = path.relative_to(workspace.root).as_posix()
    return relative, workspace.show.url(*relative.split("/"))


_ARTWORK_TYPES: dict[str, str] = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


def artwork_of(workspace: Workspace, episode: Episode, show: Show) -> Artwork | None:
    """The episode's own picture, else the show's."""
    for image in (episode.image, show.image):
        path = workspace.image_path(image)
        kind = _ARTWORK_TYPES.get(path.suffix.lower()) if path else None
        if path is not None and kind is not None and path.is_file():
            return Artwork(read_bytes(path), kind)
    return None
