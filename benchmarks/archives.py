"""Made-up archives of shows, the same for the same seed: `python benchmarks/archives.py FOLDER`.

Episodes have the shape of published ones: about 60 KB, two speakers, 150 lines of a few sentences,
a header every six lines, `quotableClips` from an earlier build. Their words are this project's own:
sentences of its sample episodes and of its documentation, cut and put together anew.
"""

import argparse
import datetime
import itertools
import random
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import av
import numpy as np
import yaml

PROJECT = Path(__file__).parent.parent
KILOBYTES = 60
# Characters a second, as people talk.
_RATE = 15
_SENTENCE = re.compile(r"[A-ZÄÖÜ][^.?!|`*_#\[\]<>{}\\]{20,160}[.?!](?=\s)")
_FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_FIRST_DAY = datetime.date(1995, 1, 1)
_SHOW = """\
title: The Long Bench
link: https://bench.example.org
description: A show that goes on and on, made of the words of another one.
language: en
author: Maren Tolliver
owner:
  name: Maren Tolliver
  email: hello@bench.example.org
image: images/cover.jpg
categories:
- Technology
explicit: false
guid: 38cd7260-e8df-56f8-b15f-a9b3f9426934
base_url: https://bench.example.org/podcast
hosts:
- marentolliver
"""


@cache
def sentences() -> tuple[str, ...]:
    """Sentences of the project's sample episodes and documentation, each once."""
    found: dict[str, None] = {}
    for path in sorted((PROJECT / "episodes").glob("s*.md")):
        front = yaml.load(path.read_text("utf-8").split("---\n")[1], Loader=yaml.CSafeLoader)
        for entry in front["transcript"]:
            found |= dict.fromkeys(_SENTENCE.findall(entry.get("line", "") + "\n"))
    for path in sorted((PROJECT / "docs").glob("*.md")):
        if path.name != "performance.md":  # made by what is measured here
            found |= dict.fromkeys(_SENTENCE.findall(_FENCED.sub("", path.read_text("utf-8"))))
    return tuple(" ".join(sentence.split()) for sentence in found)


def episode(
    number: int, kilobytes: int = KILOBYTES, seed: int = 1, *, has_picture: bool = False
) -> str:
    """The file of an episode, of about that size."""
    rng = random.Random(f"{seed} {number}")
    entries = list(_entries(rng, kilobytes * 1000))
    video = f"b{number:010}"
    watch = f"https://www.youtube.com/watch?v={video}"
    headers = [
        (e["header"], after["sec"]) for e, after in itertools.pairwise(entries) if len(e) < 2
    ]
    ends = [start for _, start in headers[1:]] + [entries[-1]["sec"] + 30]
    front = {
        "title": f"{number}: {_title(rng)}",
        "short": _title(rng),
        "season": 1 + number // 25,
        "episode": 1 + number % 25,
        "guests": ["joergmuessig"],
        "ids": {"youtube": video},
        "links": {
            "apple": f"https://apple.example.org/bench/{number}",
            "spotify": f"https://spotify.example.org/bench/{number}",
            "youtube": watch,
        },
        "description": " ".join(rng.sample(sentences(), 2)),
        "intro": " <br><br> ".join(" ".join(rng.sample(sentences(), 3)) for _ in range(2)),
        "topics": ["plain files", "patience", "varnish"],
        "dateadded": _FIRST_DAY + datetime.timedelta(days=number),
        "guid": f"guid-of-{number}",
        "quotableClips": [
            {"name": name, "startOffset": start, "url": f"{watch}&t={start}", "endOffset": end}
            for (name, start), end in zip(headers, ends, strict=True)
        ],
        "transcript": entries,
    }
    if has_picture:
        front["image"] = f"https://bench.example.org/pictures/{number}.jpg"
    text = yaml.dump(front, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True)
    # People leave comments.
    text = text.replace("short: ", "# for narrow places\nshort: ", 1)
    text = re.sub("(?m)^topics:$", "topics:  # at most three", text, count=1)
    return f"---\n{text}---\n\n{_body(rng)}"


def make_archive(
    root: Path,
    count: int,
    *,
    kilobytes: int = KILOBYTES,
    seed: int = 1,
    audio_seconds: int = 0,
    have_pictures: bool = False,
) -> Path:
    """A show of so many episodes in a new folder; with sound if that is to have a length.

    Episodes with pictures name one of their own on the web, as those of shows with videos do: for
    the others, a build draws a card.

    All episodes share one sound under their own names: what is measured is how often it is read,
    not what it says.
    """
    (root / "episodes").mkdir(parents=True)
    (root / "podcast.yaml").write_text(_SHOW, encoding="utf-8")
    (root / "images").mkdir()
    shutil.copy(PROJECT / "images" / "cover.jpg", root / "images")
    shutil.copytree(PROJECT / "people", root / "people")
    for number in range(1, count + 1):
        path = root / "episodes" / f"e{number:05}.md"
        text = episode(number, kilobytes, seed, has_picture=have_pictures)
        path.write_text(text, encoding="utf-8")
    if audio_seconds:
        _make_audio(root, count, audio_seconds)
    return root


def _make_audio(root: Path, count: int, seconds: int) -> None:
    folder = root / "episodes" / "audio"
    folder.mkdir()
    first = folder / "e00001.mp3"
    make_sound(first, seconds)
    for number in range(2, count + 1):
        shutil.copy(first, folder / f"e{number:05}.mp3")


def make_sound(path: Path, seconds: int) -> None:
    """An MP3 of one minute's noise over and over, louder and softer as a voice is."""
    rate = 44_100
    shape = np.sin(np.arange(60 * rate) / rate * 3) ** 4
    minute = (np.random.default_rng(1).normal(0, 4000, 60 * rate) * shape).astype(np.int16)
    with av.open(str(path), "w", format="mp3") as file:
        stream = file.add_stream("libmp3lame", rate=rate)
        stream.layout, stream.format, stream.bit_rate = "mono", "s16p", 64_000
        for begin in range(0, seconds, 60):
            samples = minute[: min(60, seconds - begin) * rate].reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(samples, format="s16p", layout="mono")
            frame.sample_rate, frame.pts = rate, begin * rate
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def _entries(rng: random.Random, size: int) -> Iterator[dict[str, Any]]:
    """Headers and lines, together about as large as that as YAML."""
    length = second = number = 0
    while length < size - 5500:  # the rest of the front matter
        if number % 6 == 0:
            yield {"header": _title(rng)}
            length += 40
        text = " ".join(rng.choices(sentences(), k=rng.choice((1, 1, 2, 3, 4, 6, 8))))
        clock = f"{second // 3600}:{second // 60 % 60:02}:{second % 60:02}".removeprefix("0:")
        yield {"line": text, "sec": second, "time": clock, "who": ("Maren", "Jörg")[number % 2]}
        # As YAML: indentation, and the keys.
        length += len(text) * 105 // 100 + 55
        second += 1 + len(text) // _RATE
        number += 1


def _title(rng: random.Random) -> str:
    words = rng.choice(sentences()).rstrip(".?!").split()
    at = rng.randrange(max(len(words) - 5, 1))
    return " ".join(words[at : at + 5]).strip(" ,;:()\"'").capitalize() or "Varnish"


def _body(rng: random.Random) -> str:
    links = (f"* [{_title(rng)}](https://bench.example.org/{n})" for n in range(4))
    return "Links:\n\n" + "\n".join(links) + "\n"


def main() -> None:
    """Make an archive to play with."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    parser.add_argument("--episodes", type=int, default=200)
    parser.add_argument("--kilobytes", type=int, default=KILOBYTES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--audio-seconds", type=int, default=0, help="0: no sound")
    parser.add_argument("--pictures", action="store_true", help="each has a picture of its own")
    options = parser.parse_args()
    make_archive(
        options.folder,
        options.episodes,
        kilobytes=options.kilobytes,
        seed=options.seed,
        audio_seconds=options.audio_seconds,
        have_pictures=options.pictures,
    )


if __name__ == "__main__":
    main()
