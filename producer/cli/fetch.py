"""`producer fetch`."""

import datetime
import json
from pathlib import Path

import click

from producer.captions.fetched import keep
from producer.captions.youtube import default_languages, fetch_captions, video_id_in
from producer.cli.options import json_option, open_workspace, root_option
from producer.errors import WorkspaceError
from producer.io.workspace import Workspace


@click.command()
@click.argument("video", metavar="VIDEO_OR_EPISODE")
@click.option(
    "--language",
    metavar="CODES",
    help="Which to take, the best first: en,de. Default: the show's, then English.",
)
@click.option("--translate", metavar="CODE", help="Have YouTube translate them, say into de.")
@click.option("--force", is_flag=True, help="Replace captions that are there and differ.")
@json_option("What was done, as a JSON object.")
@root_option
def command(
    video: str,
    language: str | None,
    translate: str | None,
    force: bool,
    as_json: bool,
    root: Path | None,
) -> int:
    """Fetch the captions of a video into episodes/captions/.

    VIDEO_OR_EPISODE is a YouTube id or URL, or an episode that names its video. The file is named
    after the episode, or after the id where no episode has it. Captions made by people are taken
    before generated ones. Proxies are read from HTTPS_PROXY and NO_PROXY.

    \b
    Examples:
      producer fetch s01e03-soap-boilers
      producer fetch https://youtu.be/abcdefghijk --language de,en
      producer fetch s01e03-soap-boilers --translate en --force
      producer fetch -- -bcdefghijk            an id that begins with a dash
    """
    workspace = open_workspace(root, (video,))
    slug, video_id = _target(workspace, video)
    languages = _languages(language, workspace.show.language)
    now = datetime.datetime.now(datetime.UTC)
    fetched = fetch_captions(video_id, languages, fetched_at=now, translate=translate)
    path = workspace.episodes_folder / "captions" / f"{slug}.json"
    shown = workspace.shown(path)
    written = keep(path, fetched, shown=shown, force=force)
    status = "written" if written else "unchanged"
    if as_json:
        done = {
            "path": shown,
            "status": status,
            "videoId": video_id,
            "languageCode": fetched.language_code,
            "isGenerated": fetched.is_generated,
            "captions": len(fetched.captions),
        }
        click.echo(json.dumps(done, ensure_ascii=False, indent=2))
        return 0
    click.echo(shown)
    made = "generated" if fetched.is_generated else "made by people"
    click.echo(f"{len(fetched.captions)} captions, {fetched.language} ({made}): {status}", err=True)
    return 0


def _target(workspace: Workspace, name: str) -> tuple[str, str]:
    """The name of the file of captions, and the video."""
    video_id = video_id_in(name)
    if video_id is None or name in workspace.episode_paths:
        slug, path = workspace.episode_path(name)
        episode, _ = workspace.read_episode(slug, path)
        if episode is None or episode.youtube_id is None:
            raise WorkspaceError(
                f"{workspace.shown(path)} names no video",
                hint="add its id: `ids:` with `youtube: abcdefghijk` below it",
            )
        return slug, episode.youtube_id
    return _slug_of(workspace, video_id) or video_id, video_id


def _slug_of(workspace: Workspace, video_id: str) -> str | None:
    """The first episode of that video."""
    read = (workspace.read_episode(slug, path)[0] for slug, path in workspace.episode_paths.items())
    return next((each.slug for each in read if each and each.youtube_id == video_id), None)


def _languages(given: str | None, language: str) -> tuple[str, ...]:
    if given is None:
        return default_languages(language)
    codes = tuple(code.strip() for code in given.split(",") if code.strip())
    if not codes:
        raise click.UsageError("--language takes codes such as en,de")
    return codes
