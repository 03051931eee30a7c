"""Writing a copied clip as a file, with tags that players show."""

from pathlib import Path
from typing import Any

from producer.audio.copy import CopiedClip
from producer.audio.tags import Tags, tag_mp3
from producer.io.files import write_parts


def write_clip(clip: CopiedClip, tags: Tags, target: Path) -> None:
    """Write a copied clip and its tags to `target`, of any name, which may hold anything before.

    An MP3 gets its tag in front; the others are tagged by mutagen where they are, so that `target`
    is to be a file that nobody looks for yet. Sound and boundaries stay as they are. Raises
    AudioError, and OSError where `target` cannot be written.
    """
    if clip.suffix == ".mp3":
        target.write_bytes(tag_mp3(clip.data, tags))
        return
    write_parts(target, clip.parts)
    # A WAV has no simple tags, and no player that looks for them.
    if clip.suffix != ".wav":
        _tag(target, clip.suffix, tags)


def _tag(path: Path, suffix: str, tags: Tags) -> None:
    import mutagen  # noqa: PLC0415 - loaded only when sound is written

    from producer.audio.tagged_copy import tagging  # noqa: PLC0415 - as above

    with tagging(f"clip {tags.title!r}"):
        file = mutagen.File(path, easy=True)
        _set(file, suffix, tags)
        file.save()


def _set(file: Any, suffix: str, tags: Tags) -> None:
    if file.tags is None:
        file.add_tags()
    track = str(tags.track or "")
    if tags.track and tags.track_total and suffix == ".m4a":
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
