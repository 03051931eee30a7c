"""What is made opens elsewhere: in ffprobe, mutagen, mpv and Chromium, with the right length.

Programs that are not installed are skipped; `.ci/run` says which.
"""

import html
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import mutagen
import pytest
from clients.server import serve
from sound import FORMATS, lame_mp3, make_noise, read_chapters, write_sound

from producer.audio.clip_file import write_clip
from producer.audio.clips import cut_clips
from producer.audio.copy import copy_clips
from producer.audio.tags import ChapterMark, Tags, tag_mp3, write_tagged

SECONDS = 6
SPAN = (1234, 4321)
TAGS = Tags(title="Größe 🎹", artist="A", album="B", track=2, track_total=3)
STARTS = [0, 999, 1001, 2345, 4567]
CHAPTERS = [
    ChapterMark(start, end, f"Chapter {number} é 🎹")
    for number, (start, end) in enumerate(zip(STARTS, [*STARTS[1:], 6000], strict=True))
]
KINDS = [*(f"clip{suffix}" for suffix in FORMATS), "polished.mp3"] + [
    f"tagged{suffix}" for suffix in FORMATS
]
LENGTHS = {kind: 6.0 if kind.startswith("tagged") else 3.087 for kind in KINDS}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip by copying and a tagged file of every format, and a polished clip."""
    folder = tmp_path_factory.mktemp("made")
    for suffix, (_, _, _, rate) in FORMATS.items():
        source = write_sound(folder / f"source{suffix}", make_noise(SECONDS, rate, 2))
        (clip,) = copy_clips(source, [SPAN])
        write_clip(clip, TAGS, folder / f"clip{suffix}")
        write_tagged(source, folder / f"tagged{suffix}", TAGS, CHAPTERS)
    (segment,) = cut_clips(folder / "source.wav", [SPAN])
    polished = lame_mp3(segment.raw_data, segment.frame_rate, segment.channels)
    (folder / "polished.mp3").write_bytes(tag_mp3(polished, TAGS))
    return folder


def program(*names: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(f"none of {', '.join(names)} is installed")
    return found


def pre_skip(path: Path) -> float:
    """The seconds that an Opus file has in front (RFC 7845, 5.1)."""
    head = path.read_bytes()
    at = head.find(b"OpusHead")
    return int.from_bytes(head[at + 10 : at + 12], "little") / 48000 if at >= 0 else 0.0


@pytest.mark.parametrize("kind", KINDS)
def test_mutagen(made: Path, kind: str) -> None:
    file = mutagen.File(made / kind)
    assert file is not None
    assert file.info.length == pytest.approx(LENGTHS[kind], abs=0.06)


@pytest.mark.parametrize("kind", KINDS)
def test_ffprobe(made: Path, kind: str) -> None:
    command = [program("ffprobe"), "-v", "error", "-show_format", "-show_streams", "-of", "json"]
    done = subprocess.run([*command, made / kind], capture_output=True, check=True, timeout=60)
    assert done.stderr == b""
    said = json.loads(done.stdout)
    # It counts what decoders are told to leave out: of an MP3 clip, frames in front and behind.
    seconds = float(said["format"]["duration"]) - pre_skip(made / kind)
    assert seconds == pytest.approx(LENGTHS[kind], abs=0.1)
    assert [s["codec_type"] for s in said["streams"] if s["codec_type"] == "audio"] == ["audio"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_chapters_are_those_of_the_json_to_the_millisecond(made: Path, suffix: str) -> None:
    wanted = [(chapter.start_ms, chapter.title) for chapter in CHAPTERS]
    assert read_chapters(made / f"tagged{suffix}") == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_mpv(made: Path, kind: str) -> None:
    command = [program("mpv"), "--no-config", "--ao=null", "--ao-null-untimed", "--vo=null"]
    command += ["--term-playing-msg=LENGTH=${=duration}=", str(made / kind)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    seconds = float(done.stdout.decode().split("LENGTH=")[1].split("=")[0])
    assert seconds - pre_skip(made / kind) == pytest.approx(LENGTHS[kind], abs=0.1)


PAGE = """<!doctype html><title>t</title><pre id=o></pre><script>
(async () => {
  const found = {};
  for (const name of %s) {
    const audio = new Audio(name);
    found[name] = await new Promise((done) => {
      audio.onloadedmetadata = () => done(audio.duration);
      audio.onerror = () => done(String(audio.error && audio.error.message));
      audio.load();
    });
  }
  document.getElementById("o").textContent = JSON.stringify(found);
})();
</script>"""


@cache
def durations_in_chromium(folder: Path) -> dict[str, float | str]:
    """What Chromium's audio element says of each file, served by ranges."""

    (folder / "page.html").write_text(PAGE % json.dumps(KINDS), encoding="utf-8")
    command = [program("chromium", "chromium-browser", "google-chrome"), "--headless"]
    command += ["--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    command += ["--virtual-time-budget=20000", "--dump-dom"]
    with serve(folder) as server:
        command.append(f"{server.url}/page.html")
        done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    said = re.search(r'<pre id="o">(.+?)</pre>', done.stdout.decode(), re.DOTALL)
    if said is None:
        pytest.skip(f"Chromium does not run here: {done.stderr.decode()[-200:]}")
    found: dict[str, float | str] = json.loads(html.unescape(said.group(1)))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_chromium(made: Path, kind: str) -> None:
    said = durations_in_chromium(made)[kind]
    assert isinstance(said, int | float), said
    # Its player begins after what is to be left out, but counts it.
    assert said - pre_skip(made / kind) == pytest.approx(LENGTHS[kind], abs=0.06)
