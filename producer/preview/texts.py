"""The texts that an editor pastes elsewhere, as the build writes them."""

from producer.build.images import image_reference
from producer.build.page_media import page_media
from producer.build.text_outputs import text_outputs
from producer.derive.derived import Derived
from producer.io.workspace import Workspace
from producer.problems import Problem
from producer.render.environment import Templates
from producer.render.views import episode_context

# For people to read and paste; the other outputs are for machines.
_SUFFIXES = (".txt", ".md")


def texts_to_paste(
    workspace: Workspace, derived: Derived
) -> tuple[list[dict[str, str]], tuple[Problem, ...]]:
    """Name and text of each, and what is to be said of them. Raises TemplateError."""
    _, image_url = image_reference(workspace, derived.episode.image)
    context = episode_context(derived, None, image_url)
    templates = Templates(workspace.templates)
    media, _ = page_media(workspace, derived)
    texts, problems = text_outputs(derived, context, templates, with_clips=False, media=media)
    shown = [{"name": n, "text": text} for n, text in texts.items() if n.endswith(_SUFFIXES)]
    return shown, problems
