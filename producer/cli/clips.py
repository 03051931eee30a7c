"""`producer clips`."""

import json
from pathlib import Path

import click

from producer.cli.load import derived_or_exit, load_one, status_of
from producer.cli.options import episode_argument, json_option, root_option
from producer.derive.clips import quotable_clips
from producer.errors import EditError
from producer.io.edits import write_edit
from producer.source.edit import dump, set_key

KEY = "quotableClips"
# Where the block goes in a file that has none: above the long part.
_BEFORE = ("transcript", "context", "keywords")


@click.command()
@episode_argument
@click.option("--write", is_flag=True, help="Write them into the episode's front matter.")
@json_option("As a JSON array instead of YAML.")
@root_option
def command(episode: str, write: bool, as_json: bool, root: Path | None) -> int:
    """Print an episode's quotableClips, or write them into it.

    One clip a chapter, in whole seconds of the video. --write replaces the lines of quotableClips
    and touches no other byte of the file.

    \b
    Examples:
      producer clips s01e01
      producer clips s01e01 --write && git diff --stat
    """
    workspace, loaded = load_one(root, episode)
    derived = derived_or_exit(workspace, loaded)
    entries = quotable_clips(derived.clips, derived.episode.youtube_id)
    if write:
        if not entries:
            raise EditError(f"{derived.episode.source.path}: no header, so no clip to write")
        _, path = workspace.episode_path(episode)
        before = derived.episode.source
        changed = write_edit(path, before, set_key(before, KEY, entries, before=_BEFORE))
        click.echo(f"{before.path}: {KEY} {'written' if changed else 'unchanged'}", err=True)
    elif as_json:
        click.echo(json.dumps(entries, ensure_ascii=False, indent=2))
    else:
        click.echo(dump({KEY: entries}), nl=False)
    return status_of(workspace, loaded)
