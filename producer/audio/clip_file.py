"""Writing a copied clip as a file, with tags that players show."""

import tempfile
from pathlib import Path

from producer.audio.copy import CopiedClip
from producer.audio.tags import Tags, tag_mp3


def write_clip(clip: CopiedClip, tags: Tags, target: Path) -> None:
    """Write a copied clip and its tags to `target`, which may hold anything before.

    An MP3 gets its tag in front; the others are tagged by mutagen in a file of their own, so that
    nothing is ever half-written under its name. Sound and boundaries stay as they are.
    """
    if clip.suffix == ".mp3":
        target.write_bytes(tag_mp3(clip.data, tags))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"clip{clip.suffix}"
        path.write_bytes(clip.data)
        _tag(path, tags)
        target.write_bytes(path.read_bytes())


def _tag(path: Path, tags: Tags) -> None:
    import mutagen  # noqa: PLC0415 - loaded only when sound is written

    file = mutagen.File(path, easy=True)
    # A WAV has no simple tags, and no player that looks for them.
    if file is None or path.suffix == ".wav":
        return
    if file.tags is None:
        file.add_tags()
    track = str(tags.track or "")
    if tags.track and tags.track_total and path.suffix == ".m4a":
        track = f"{tags.track}/{tags.track_total}"
    values = {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "date": tags.date,
        "tracknumber": track,
    }
    for key, value in values.items():
        if value:
            file[key] = value
    file.save()
