"""`producer status`."""

import json
from pathlib import Path
from typing import Any

import click

from producer.build.load import load_episode
from producer.build.manifest import EpisodeRecord, Manifest
from producer.build.media_files import MediaFiles
from producer.cli.options import (
    episodes_argument,
    json_option,
    open_workspace,
    out_folder,
    out_option,
    root_option,
    select,
)
from producer.cli.report import count_line
from producer.derive.derived import Derived
from producer.io.workspace import Workspace
from producer.times import format_clock, seconds

# What an episode should have in the end, and what the table calls it.
_PARTS = ("title", "date", "guid", "video", "audio", "people", "transcript", "chapters", "built")


@click.command()
@episodes_argument
@json_option("One object an episode, as a JSON array.")
@out_option
@root_option
def command(episodes: tuple[str, ...], as_json: bool, out: Path | None, root: Path | None) -> int:
    """Say of each episode what is there and what is missing.

    \b
    Examples:
      producer status
      producer status --json | jq '.[] | select(.missing != [])'
    """
    workspace = open_workspace(root, episodes)
    with Manifest.load(out_folder(workspace, out)) as manifest:
        media = MediaFiles(manifest.files)
    rows = [
        _row(workspace, slug, path, media, manifest.episodes.get(slug))
        for slug, path in select(workspace, episodes).items()
    ]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in rows:
            click.echo(_line(row))
    return 0


def _row(
    workspace: Workspace,
    slug: str,
    path: Path,
    media: MediaFiles,
    record: EpisodeRecord | None,
) -> dict[str, Any]:
    loaded = load_episode(workspace, slug, path, media)
    has = _parts(loaded.derived, record)
    derived = loaded.derived
    return {
        "slug": slug,
        "file": workspace.shown(path),
        "title": derived.episode.title if derived else None,
        "duration": seconds(derived.duration.ms) if derived else None,
        "durationIsEstimate": derived.duration.is_estimate if derived else None,
        "chapters": len(derived.chapters) if derived else 0,
        "missing": [part for part in _PARTS if not has[part]],
        "problems": [problem.as_json() for problem in loaded.shown()],
        "summary": count_line(loaded.shown()),
    }


def _parts(derived: Derived | None, record: EpisodeRecord | None) -> dict[str, bool]:
    if derived is None:
        return dict.fromkeys(_PARTS, False)
    episode = derived.episode
    return {
        "title": episode.where("title") is not None,
        "date": episode.published is not None,
        "guid": bool(episode.guid),
        "video": episode.youtube_id is not None,
        "audio": derived.timeline.length_ms is not None,
        "people": all(guest.document is not None for guest in derived.guests),
        "transcript": bool(episode.lines),
        "chapters": bool(derived.chapters),
        "built": record is not None and record.is_built,
    }


def _line(row: dict[str, Any]) -> str:
    if row["title"] is None:
        return f"{row['slug']}: cannot be read"
    about = "about " if row["durationIsEstimate"] else ""
    length = format_clock(round(row["duration"] * 1000))
    missing = f"missing {', '.join(row['missing'])}" if row["missing"] else "complete"
    found = f"; {row['summary']}" if row["summary"] else ""
    return f"{row['slug']}: {about}{length}, {row['chapters']} chapters; {missing}{found}"
