"""The sample show's text outputs, as they should be to the byte."""

from pathlib import Path

import pytest
from conftest import PROJECT, Run

GOLDEN = Path(__file__).parent / "golden"
SLUGS = sorted(path.stem for path in (PROJECT / "episodes").glob("[!_]*.md"))
TEXTS = (
    "chapters.txt",
    "youtube.txt",
    "chapters.json",
    "show-notes.md",
    "show-notes.html",
    "index.html",
    "transcript.vtt",
    "transcript.srt",
    "transcript.json",
    "clips.json",
    "share/x.txt",
    "share/linkedin.txt",
    "share/mastodon.txt",
    "share/bluesky.txt",
    "share/newsletter.md",
    "share/guests.txt",
)


def compare(name: str, text: str, *, update: bool) -> None:
    path = GOLDEN / name
    if update:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert text == path.read_bytes().decode()


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", TEXTS)
def test_episode_text(built: Path, slug: str, name: str, update_golden: bool) -> None:
    text = (built / "build" / slug / name).read_bytes().decode()
    compare(f"{slug}/{name}", text, update=update_golden)


@pytest.mark.parametrize("slug", SLUGS)
def test_clip_captions(built: Path, slug: str, update_golden: bool) -> None:
    captions = sorted((built / "build" / slug / "clips").glob("*.vtt"))
    assert captions
    text = "".join(f"== {path.name}\n{path.read_text(encoding='utf-8')}" for path in captions)
    compare(f"{slug}/clips.txt", text, update=update_golden)


@pytest.mark.parametrize("name", ["feed.xml", "index.html"])
def test_site_text(built: Path, name: str, update_golden: bool) -> None:
    text = (built / "build" / name).read_bytes().decode()
    if name == "feed.xml":
        # The encoder's version decides the length of the tagged audio of .m4a files.
        text = _without_m4a_lengths(text)
    compare(name, text, update=update_golden)


def _without_m4a_lengths(text: str) -> str:
    import re

    return re.sub(r'(\.m4a" length=")\d+', r"\1N", text)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", ["youtube", "json", "psc", "vtt", "ffmetadata", "markdown", "csv"])
def test_chapters_command(
    built: Path, producer: Run, slug: str, name: str, update_golden: bool
) -> None:
    result = producer("chapters", slug, "--format", name, "--root", built)
    assert (result.status, result.err) == (0, "")
    compare(f"{slug}/chapters-{name}.txt", result.out, update=update_golden)


@pytest.mark.parametrize("slug", SLUGS)
def test_clips_command(built: Path, producer: Run, slug: str, update_golden: bool) -> None:
    result = producer("clips", slug, "--root", built)
    assert (result.status, result.err) == (0, "")
    compare(f"{slug}/quotable-clips.yaml", result.out, update=update_golden)


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("name", ["jekyll", "hugo"])
def test_notes_for_site_generators(
    built: Path, producer: Run, slug: str, name: str, update_golden: bool
) -> None:
    result = producer("notes", slug, "--format", name, "--root", built)
    assert (result.status, result.err) == (0, "")
    compare(f"{slug}/{name}.md", result.out, update=update_golden)
