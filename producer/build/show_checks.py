"""What is wrong with the show as a whole: its file, its people, its picture."""

from collections.abc import Iterator

from producer.build.clip_setup import jingle_problems
from producer.build.images import image_reference
from producer.check.images import unfit_image
from producer.check.keys import show_near_misses
from producer.check.silence import Silencing, audible, comment_silencings, show_silencings
from producer.derive.derived import missing_people
from producer.errors import InputError
from producer.feed.rss import FEED_NAME
from producer.feed.show_guid import show_guid
from producer.io.images import read_image_facts
from producer.io.workspace import Workspace
from producer.model.image import ImageFacts
from producer.model.located import Located
from producer.model.show import Show
from producer.problems import Problem


def show_problems(workspace: Workspace) -> tuple[Problem, ...]:
    """The problems of `podcast.yaml` and of what it names, then those of the people's files."""
    show = workspace.show
    problems = list(workspace.show_problems)
    if show.document is not None:
        problems += show_near_misses(show)
        problems += _no_guid(show)
        problems += missing_people(show, "hosts", show.hosts, workspace.people)
        if show.image and image_reference(workspace, show.image) == ("", ""):
            message = f"the image {show.image} is not there"
            hint = "paths count from the top of the workspace"
            problems.append(show.problem("A105", message, show.where_value("image"), hint))
        problems += jingle_problems(workspace, show)
    return (*problems, *workspace.people_problems)


def show_image_problems(workspace: Workspace) -> tuple[Problem, ...]:
    """What is wrong with the cover itself; a build has the rules of the feed for that."""
    show = workspace.show
    image, unreadable = read_image(workspace, show, show.image)
    return (*unreadable, *(unfit_image(show, image) if image is not None else ()))


def _no_guid(show: Show) -> Iterator[Problem]:
    """R104: the show's guid follows from the feed's address, until that changes."""
    if show.base_url and not show.feed.guid:
        guid = show_guid(show.url(FEED_NAME))
        message = "the show has no guid: with another `base_url` it would be another show"
        hint = f"add `guid: {guid}`, which the feed uses now; `producer fix` does"
        yield show.problem("R104", message, show.where("guid") or show.where("base_url"), hint)


def silencings_of_show(workspace: Workspace) -> tuple[Silencing, ...]:
    """The silencings of `podcast.yaml`, for everything, and of comments in it and in people."""
    documents = [workspace.show.document, *(p.document for p in workspace.people.values())]
    comments = (s for each in documents if each is not None for s in comment_silencings(each))
    return (*show_silencings(workspace.show), *comments)


def shown_show_problems(workspace: Workspace) -> tuple[Problem, ...]:
    """Those of `show_problems` that are not silenced."""
    return audible(show_problems(workspace), silencings_of_show(workspace))


def read_image(
    workspace: Workspace, record: Located, image: str
) -> tuple[ImageFacts | None, tuple[Problem, ...]]:
    """What is known of a picture that a file names; A108 where it cannot be read."""
    path = workspace.image_path(image)
    if path is None or not path.is_file():
        return None, ()
    try:
        return read_image_facts(path), ()
    except InputError:
        message = f"the image {image} cannot be read"
        hint = "is it a picture, and whole? JPEG or PNG is what apps take"
        return None, (record.problem("A108", message, record.where_value("image"), hint),)
