"""The clips of the sample show by their sound: each holds the lines that it should, to the sample.

The speech is synthetic: every line starts exactly at its `sec`, with silence before it.
"""

import json
from functools import cache
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
import yaml
from conftest import PROJECT
from mutagen.id3 import ID3

SLUGS = sorted(path.stem for path in (PROJECT / "episodes").glob("[!_]*.md"))
Sound = np.ndarray[tuple[int], np.dtype[np.float64]]


@cache
def decode(path: Path) -> tuple[Sound, int]:
    blocks = []
    with av.open(str(path)) as container:
        for frame in container.decode(audio=0):
            block = frame.to_ndarray()
            # Packed samples come as one row, planar ones as a row a channel: all mono here.
            samples = block.reshape(-1).astype(np.float64)
            blocks.append(samples / 32768 if block.dtype == np.int16 else samples)
            rate = frame.sample_rate
    return np.concatenate(blocks), rate


def source_of(slug: str) -> Path:
    return next((PROJECT / "episodes" / "audio").glob(f"{slug}.*"))


def lag_and_likeness(clip: Sound, source: Sound, start: int) -> tuple[int, float]:
    """Where `clip` lies in `source`, relative to `start`, and how alike they are there."""
    reach = 400
    low = max(start - reach, 0)
    window = source[low : start + len(clip) + reach]
    correlation = np.correlate(window, clip, "valid")
    best = int(np.argmax(correlation))
    part = window[best : best + len(clip)]
    likeness = float(np.dot(part, clip) / (np.linalg.norm(part) * np.linalg.norm(clip)))
    return low + best - start, likeness


def sample_at(seconds: float, rate: int) -> int:
    return round(seconds * 1000) * rate // 1000


def clips_of(built: Path, slug: str) -> list[dict[str, object]]:
    clips = json.loads((built / "build" / slug / "clips.json").read_text(encoding="utf-8"))["clips"]
    assert clips
    return list(clips)


@pytest.mark.parametrize("slug", SLUGS)
def test_clips_are_the_source_at_their_boundaries(built: Path, slug: str) -> None:
    source, rate = decode(source_of(slug))
    for clip in clips_of(built, slug):
        sound, clip_rate = decode(built / "build" / slug / str(clip["file"]))
        assert clip_rate == rate
        start, end = (sample_at(clip["cut"][key], rate) for key in ("start", "end"))
        assert len(sound) == min(end, len(source)) - start, clip["name"]
        second = 2 * rate
        for at in (0, len(sound) - second):
            lag, likeness = lag_and_likeness(sound[at : at + second], source, start + at)
            assert (lag, likeness > 0.95) == (0, True), (clip["name"], at, lag, likeness)


@pytest.mark.parametrize("slug", SLUGS)
def test_clips_hold_the_lines_of_their_chapter(built: Path, slug: str) -> None:
    """Each line is heard in its chapter's clip at its own time, with silence just before it."""
    text = (PROJECT / "episodes" / f"{slug}.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("\n---", 1)[0])
    offset = front.get("audio", {}).get("offset", 0)
    by_name = {clip["name"]: clip for clip in clips_of(built, slug)}
    heard = 0
    clip: dict[str, object] = {}
    for entry in front["transcript"]:
        if "header" in entry:
            clip = by_name[entry["header"]]
            continue
        if "sec" not in entry:
            continue
        sound, rate = decode(built / "build" / slug / str(clip["file"]))
        onset = round((entry["sec"] - offset - clip["cut"]["start"]) * rate)
        assert 0 <= onset < len(sound) - rate // 4, entry["line"]
        assert level(sound[onset : onset + rate // 4]) > 0.01, entry["line"]
        if onset > rate // 4:
            assert level(sound[onset - rate // 4 : onset - rate // 50]) < 0.003, entry["line"]
        heard += 1
    assert heard >= 14


def level(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound**2)))


@pytest.mark.parametrize("slug", SLUGS)
def test_clips_together_are_the_whole_audio(built: Path, slug: str) -> None:
    source, rate = decode(source_of(slug))
    clips = clips_of(built, slug)
    assert clips[0]["cut"]["start"] == 0
    for clip, following in pairwise(clips):
        assert clip["cut"]["end"] == following["cut"]["start"]
    # PyAV leaves the padding of the last AAC frame in; the product cuts where the file says.
    assert clips[-1]["cut"]["end"] == pytest.approx(len(source) / rate, abs=1024 / rate)


@pytest.mark.parametrize("slug", SLUGS)
def test_clips_are_tagged(built: Path, slug: str) -> None:
    text = (PROJECT / "episodes" / f"{slug}.md").read_text(encoding="utf-8")
    title = yaml.safe_load(text.split("\n---", 1)[0])["title"]
    clips = clips_of(built, slug)
    for number, clip in enumerate(clips, start=1):
        tags = ID3(built / "build" / slug / str(clip["file"]))
        assert tags.version == (2, 3, 0)
        assert tags["TIT2"].text == [clip["name"]]
        assert tags["TPE1"].text == ["Maren Tolliver"]
        assert tags["TALB"].text == [title]
        assert tags["TRCK"].text == [f"{number}/{len(clips)}"]
        (picture,) = tags.getall("APIC")
        assert picture.mime == "image/jpeg"
        assert picture.data == (PROJECT / "images" / "cover.jpg").read_bytes()


@pytest.mark.parametrize("slug", SLUGS)
def test_the_whole_audio_has_the_chapters_of_chapters_json(built: Path, slug: str) -> None:
    folder = built / "build" / slug
    listed = json.loads((folder / "chapters.json").read_text(encoding="utf-8"))["chapters"]
    with av.open(str(next(folder.glob(f"{slug}.*")))) as container:
        inside = [
            (c["metadata"]["title"], round(c["start"] * float(c["time_base"]) * 1000))
            for c in container.chapters()
        ]
    assert inside == [(c["title"], round(c["startTime"] * 1000)) for c in listed]
    sound, rate = decode(next(folder.glob(f"{slug}.*")))
    source, source_rate = decode(source_of(slug))
    assert rate == source_rate
    assert np.array_equal(sound, source), "not encoded again"
