"""What `build.py` measures in processes of their own: `python benchmarks/ways.py WAY FOLDER...`.

Each way imports what it is measured with, and nothing else.
"""

import sys
from pathlib import Path

import yaml


def floor(root: Path, made: Path, out: Path) -> None:
    """Parse everything, write what was made."""
    parse(root)
    for path in sorted(made.rglob("*")):
        target = out / path.relative_to(made)
        if path.is_dir():
            target.mkdir(parents=True)
        else:
            target.write_bytes(path.read_bytes())


def parse(root: Path) -> None:
    """Parse everything."""
    for path in sorted((root / "episodes").glob("*.md")):
        yaml.load(path.read_text("utf-8").split("---\n", 2)[1], Loader=yaml.CSafeLoader)


def edit_as_a_script(root: Path) -> None:
    """The clips brought in line, and the whole front matter written anew."""
    for path in sorted((root / "episodes").glob("*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        data = yaml.safe_load(front)
        headers = [entry["header"] for entry in data["transcript"] if "header" in entry]
        for clip, name in zip(data["quotableClips"], headers, strict=True):
            clip["name"] = name
        front = yaml.dump(data, sort_keys=False, allow_unicode=True)
        path.write_text(f"---\n{front}---\n{body}", encoding="utf-8")


def edit_with_producer(root: Path) -> None:
    """What `producer clips --write` does, for every episode."""
    from producer.build.load import load_episode
    from producer.build.media_files import MediaFiles
    from producer.derive.clips import quotable_clips
    from producer.io.edits import write_edit
    from producer.io.workspace import Workspace
    from producer.source.edit import set_key

    workspace = Workspace.open(root)
    for slug, path in workspace.episode_paths.items():
        derived = load_episode(workspace, slug, path, MediaFiles({})).derived
        assert derived is not None
        clips = quotable_clips(derived.clips, derived.episode.youtube_id)
        source = derived.episode.source
        write_edit(path, source, set_key(source, "quotableClips", clips))


if __name__ == "__main__":
    ways = {
        "parse": parse,
        "floor": floor,
        "script": edit_as_a_script,
        "producer": edit_with_producer,
    }
    ways[sys.argv[1]](*map(Path, sys.argv[2:]))
