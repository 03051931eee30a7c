"""Audiograms by what is seen and heard in them: frames and sound decoded again."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pyloudnorm
import pytest
from conftest import Run
from numpy.typing import NDArray
from PIL import Image

from producer.audio.segment import make_segment
from producer.derive.cues import Cue
from producer.errors import AudioError
from producer.lettering.faces import Faces
from producer.lettering.text import Typesetter
from producer.video.audiogram import Audiogram, write_audiogram
from producer.video.cover import background, read_cover
from producer.video.layout import LAYOUTS, Box
from producer.video.levels import BARS, bar_heights, fallen, frame_levels

RATE = 48000
GIT = "s01e01-a-podcast-in-a-git-repository"
Pixels = NDArray[np.uint8]


def tones(*spans_ms: tuple[int, int], length_ms: int, channels: int = 1) -> NDArray[np.int16]:
    """Silence with tones of 1 kHz in it."""
    at = np.arange(length_ms * RATE // 1000)
    heard = np.zeros(len(at), bool)
    for start, end in spans_ms:
        heard |= (at >= start * RATE // 1000) & (at < end * RATE // 1000)
    wave = np.where(heard, np.sin(at * 2 * np.pi * 1000 / RATE) * 12000, 0)
    return np.repeat(wave[:, None], channels, axis=1).astype(np.int16)


def write(
    path: Path,
    samples: NDArray[np.int16],
    shape: str = "square",
    rate: int = RATE,
    **fields: object,
) -> Path:
    audiogram = replace(
        Audiogram(title="A title", show="A show", cues=()),
        **fields,  # type: ignore[arg-type]
    )
    sound = make_segment(samples.tobytes(), rate, samples.shape[1])
    write_audiogram(path, audiogram, sound, LAYOUTS[shape], Typesetter(Faces()))
    return path


def frames(path: Path) -> list[Pixels]:
    """The brightness of each frame."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        found = [frame.to_ndarray()[: frame.height] for frame in container.decode(stream)]
        assert stream.average_rate == 25
    return found


def part(frame: Pixels, box: Box) -> Pixels:
    return frame[box.top : box.top + box.height, box.left : box.left + box.width]


def middle_bar(frame: Pixels, box: Box) -> int:
    """How high the bar in the middle is, in pixels."""
    column = part(frame, box)[:, box.width // 2 - 3 : box.width // 2 + 3].mean(axis=1)
    return int((column > 140).sum())


def heard(path: Path) -> NDArray[np.float64]:
    """The sound as it is played, by its times."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        found = np.zeros(int(float(container.duration or 0) / 1e6 * stream.rate) + 8192)
        for frame in container.decode(stream):
            at = round(float(frame.pts * frame.time_base) * stream.rate)
            wave = frame.to_ndarray()[0]
            if at < 0:
                wave, at = wave[-at:], 0
            found[at : at + len(wave)] = wave
    return found


def test_bars_rise_with_the_sound_in_the_same_frame(tmp_path: Path) -> None:
    samples = tones((1000, 1600), (2400, 2600), length_ms=4000)
    path = write(tmp_path / "a.mp4", samples)
    box = LAYOUTS["square"].bars
    heights = [middle_bar(frame, box) for frame in frames(path)]
    assert len(heights) == 100
    assert max(heights[:25]) <= 16, "dots in silence"
    assert heights[24] * 8 < heights[25]
    assert heights[25] == pytest.approx(box.height, abs=4)
    assert heights[39] == pytest.approx(box.height, abs=4)
    assert max(heights[50:60]) <= 60, "fallen a third of a second after"
    assert heights[59] * 8 < heights[60]
    sound = np.abs(heard(path))
    loud = np.nonzero(sound > 0.05)[0]
    assert loud[0] == pytest.approx(RATE, abs=RATE // 200)
    assert loud[-1] == pytest.approx(2.6 * RATE, abs=RATE // 200)


def test_captions_show_from_their_first_to_their_last_frame(tmp_path: Path) -> None:
    cues = (Cue(400, 1000, "Ada", "One two three"), Cue(1480, 2000, "", "Four"))
    path = write(tmp_path / "a.mp4", tones(length_ms=2400), cues=cues)
    layout = LAYOUTS["square"]
    shown = frames(path)
    said = [int(part(frame, layout.caption).max()) > 180 for frame in shown]
    named = [int(part(frame, layout.speaker).max()) > 150 for frame in shown]
    assert said == [10 <= n < 25 or 37 <= n < 50 for n in range(60)]
    assert named == [10 <= n < 25 for n in range(60)]


@pytest.mark.parametrize(("shape", "size"), [
    ("square", (1080, 1080)), ("vertical", (1080, 1920)), ("wide", (1920, 1080)),
])  # fmt: skip
def test_sizes_streams_and_duration(shape: str, size: tuple[int, int], tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp4", tones((0, 990), length_ms=990, channels=2), shape)
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        context = video.codec_context
        assert (context.name, context.pix_fmt, audio.codec_context.name) == (
            "h264",
            "yuv420p",
            "aac",
        )
        assert (video.width, video.height) == size
        assert (context.colorspace, context.color_range) == (1, 1)
        assert (audio.rate, audio.channels) == (RATE, 2)
        assert video.frames == 25
        assert float(audio.duration * audio.time_base) == pytest.approx(0.99, abs=0.001)
        assert container.metadata["title"] == "A title"
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat"), "playing starts before all is loaded"


@pytest.mark.parametrize("rate", [8000, 22050, 44100])
def test_other_rates(rate: int, tmp_path: Path) -> None:
    samples = np.zeros((rate * 2, 1), np.int16)
    path = write(tmp_path / "a.mp4", samples, rate=rate)
    with av.open(str(path)) as container:
        audio = container.streams.audio[0]
        assert audio.rate == (44100 if rate == 44100 else 48000)
        assert float(audio.duration * audio.time_base) == pytest.approx(2, abs=0.001)
        assert container.streams.video[0].frames == 50


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    samples = tones((200, 700), length_ms=1200)
    cues = (Cue(0, 900, "Jörg Müßig", "Größe 🎹 שלום"),)
    first, second = (write(tmp_path / name, samples, cues=cues) for name in ("a.mp4", "b.mp4"))
    assert first.read_bytes() == second.read_bytes()


def test_titles_and_names_in_any_script_leave_ink(tmp_path: Path) -> None:
    layout = LAYOUTS["square"]
    for title in ("🎹👩‍🚀❤️", "محمد صلاح", "דוד כהן – git", "x" * 3000, "क्षत्रिय"):
        path = write(
            tmp_path / "a.mp4",
            tones(length_ms=80),
            title=title,
            cues=(Cue(0, 80, title[:80], title[:80]),),
        )
        frame = frames(path)[0]
        for box in (layout.title, layout.speaker, layout.caption):
            assert (part(frame, box) > 120).sum() > 100
        assert (frame[:, :60] > 120).sum() == (frame[:, -60:] > 120).sum() == 0, "in its margins"


def test_a_right_to_left_title_begins_on_the_right(tmp_path: Path) -> None:
    box = LAYOUTS["square"].title

    def ink(title: str) -> tuple[int, int]:
        frame = frames(write(tmp_path / "a.mp4", tones(length_ms=80), title=title))[0]
        columns = np.nonzero((part(frame, box) > 120).any(axis=0))[0]
        return int(columns[0]), int(columns[-1])

    assert ink("David")[0] < 12
    assert ink("דוד")[1] > box.width - 12


def test_no_sound_makes_no_video(tmp_path: Path) -> None:
    with pytest.raises(AudioError):
        write(tmp_path / "a.mp4", np.zeros((0, 1), np.int16))


def test_levels_follow_loudness_not_volume() -> None:
    loud, quiet = (
        make_segment((tones((0, 200), length_ms=400) // by).tobytes(), RATE, 1) for by in (1, 8)
    )
    assert frame_levels(loud) == pytest.approx(frame_levels(quiet), abs=0.01)
    assert frame_levels(loud) == pytest.approx([1] * 5 + [0] * 5, abs=0.01)
    assert frame_levels(make_segment(bytes(RATE), RATE, 1)) == [0] * 13
    noise = make_segment((np.ones(RATE, np.int16) * 3).tobytes(), RATE, 1)
    assert max(frame_levels(noise)) < 0.2, "what nobody hears stays low"


def test_sound_runs_from_the_middle_outwards() -> None:
    shown = fallen([1.0, *[0.0] * 60])
    assert len(bar_heights(shown, 0)) == BARS
    assert bar_heights(shown, 0)[BARS // 2] == 1
    assert [n for n, h in enumerate(bar_heights(shown, 0)) if h] == [BARS // 2]
    fifth = bar_heights(shown, 5)
    assert fifth == fifth[::-1]
    assert fifth.index(max(fifth)) == BARS // 2 - 5


# Covers.


def picture(image: Image.Image, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind)
    return buffer.getvalue()


def test_covers_of_every_kind_are_read() -> None:
    for mode in ("RGB", "RGBA", "L", "LA", "P", "1", "I;16"):
        cover = read_cover(picture(Image.new(mode, (300, 200))))
        assert cover is not None
        assert (cover.mode, cover.size) == ("RGB", (200, 200)), mode
    cmyk = read_cover(picture(Image.new("CMYK", (64, 64), (255, 0, 0, 0)), "JPEG"))
    assert cmyk is not None
    red, green, blue = background(cmyk)
    assert red + 20 < green < 70, "dark, and of its hue"
    assert abs(green - blue) <= 2
    clear = read_cover(picture(Image.new("RGBA", (9, 9), (0, 0, 0, 0))))
    assert clear is not None
    assert clear.getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("data", [b"", b"no picture", picture(Image.new("RGB", (90, 90)))[:60]])
def test_a_broken_cover_is_none(data: bytes) -> None:
    assert read_cover(data) is None


def test_a_cover_of_absurd_size_is_none() -> None:
    assert read_cover(picture(Image.new("1", (9000, 9000)))) is None


# The command.


def rate_and_sound(path: Path) -> tuple[int, NDArray[np.float64]]:
    """The rate and the sound of a file, a column a channel."""
    with av.open(str(path)) as container:
        frames = [frame.to_ndarray() for frame in container.decode(audio=0)]
        rate = container.streams.audio[0].rate
    assert frames[0].dtype.kind == "f"
    return rate, np.concatenate(frames, axis=1).T.astype(float)


def test_cut_video_makes_one_of_each_soundbite(sample: Path, producer: Run, tmp_path: Path) -> None:
    (sample / "images" / "cover.jpg").write_bytes(b"broken")
    out = tmp_path / "out"
    result = producer("cut", GIT, "--video", "square", "--out", out, "--root", sample, cwd=sample)
    assert result.status == 0, result.err
    assert result.err == "producer: images/cover.jpg cannot be read as a picture: it is not shown\n"
    (path,) = out.iterdir()
    assert result.out == f"{path}\n"
    assert path.name == "soundbite-01-one-correction-one-line-square.mp4"
    # It sounds as its clip does, and is as long.
    polished = producer("cut", GIT, "--mode", "polish", "--out", out, "--root", sample, "--json")
    (clip,) = (row for row in json.loads(polished.out) if "soundbite" in row["file"])
    assert clip["moved"] != {"start": 0, "end": 0}
    rate, sound = rate_and_sound(path)
    assert len(sound) / rate == pytest.approx(clip["cut"]["end"] - clip["cut"]["start"], abs=0.05)
    loudness = pyloudnorm.Meter(rate).integrated_loudness(sound)
    rate, sound = rate_and_sound(Path(clip["file"]))
    wanted = pyloudnorm.Meter(rate).integrated_loudness(sound)
    assert loudness == pytest.approx(wanted, abs=0.5)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--video", "square", "--clip", "nobody"], "has no clip 'nobody'"),
        (["--clip", "x"], "--clip goes with --video"),
        (["--video", "round"], "'round' is not one of"),
    ],
)
def test_what_cannot_be_made_is_said(
    sample: Path, producer: Run, args: list[str], said: str
) -> None:
    result = producer("cut", GIT, *args, "--root", sample)
    assert (result.status, result.out) == (2, "")
    assert said in result.err
    assert not (sample / "build").exists()


def test_an_episode_without_soundbites_says_so(sample: Path, producer: Run) -> None:
    slug = "s01e02-wie-klingt-groesse"
    result = producer("cut", slug, "--video", "wide", "--root", sample)
    assert result.status == 2
    assert f"{slug} marks no soundbites" in result.err


def test_a_failed_video_leaves_nothing_behind(sample: Path, producer: Run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    target = out / "02-the-folder-called-final-square.mp4"
    target.write_bytes(b"as it was")
    audio = sample / "episodes" / "audio" / f"{GIT}.mp3"
    audio.write_bytes(audio.read_bytes()[:200_000])
    args = ("--video", "square", "--clip", "05-what-stays-out-of-the-repository")
    result = producer("cut", GIT, *args, "--out", out, "--root", sample)
    assert result.status == 2
    assert "lies outside of the audio" in result.err
    assert [path.name for path in out.iterdir()] == [target.name]
    assert target.read_bytes() == b"as it was"


def test_numpy_is_not_needed() -> None:
    code = """
import sys
sys.modules["numpy"] = None
from pathlib import Path
from PIL import Image
from producer.audio.segment import make_segment
from producer.lettering.faces import Faces
from producer.lettering.text import Typesetter
from producer.video.audiogram import Audiogram, write_audiogram
from producer.video.layout import LAYOUTS
write_audiogram(Path(sys.argv[1]), Audiogram(title="T", show="S", cues=()),
    make_segment(bytes(9600), 48000, 1), LAYOUTS["square"], Typesetter(Faces()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, "/dev/null.mp4"], capture_output=True, check=False
    )
    assert b"ModuleNotFoundError" not in done.stderr
