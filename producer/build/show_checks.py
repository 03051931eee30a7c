"""What is wrong with the show as a whole: its file, its people, its picture."""

from producer.build.images import image_reference
from producer.derive.derived import missing_people
from producer.io.workspace import Workspace
from producer.problems import Problem


def show_problems(workspace: Workspace) -> tuple[Problem, ...]:
    """The problems of `podcast.yaml` and of what it names, then those of the people's files."""
    show = workspace.show
    problems = list(workspace.show_problems)
    if show.document is not None:
        problems += missing_people(show, "hosts", show.hosts, workspace.people)
        if show.image and image_reference(workspace, show.image) == ("", ""):
            message = f"the image {show.image} is not there"
            hint = "paths count from the top of the workspace"
            problems.append(show.problem("A105", message, show.where_value("image"), hint))
    return (*problems, *workspace.people_problems)
