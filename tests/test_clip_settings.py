"""`clips` in podcast.yaml, and what a build and `cut` make of it."""

import json
from pathlib import Path

import mutagen
import pytest
import soundfile
from conftest import Run

from producer.audio.measure import measure
from producer.model.clip_settings import ClipSettings
from producer.read.show import read_show

SLUG = "s01e01-a-podcast-in-a-git-repository"
NEEDED = (
    "title: T\nlink: https://a.example\ndescription: D\nimage: a.jpg\nbase_url: https://a.example\n"
)


def read(text):
    show, problems = read_show("podcast.yaml", f"{NEEDED}{text}".encode())
    return show.clips, [(p.line - 5, p.column, p.message) for p in problems]


def test_defaults():
    assert read("") == (ClipSettings(), [])
    assert read("clips:\n") == (ClipSettings(), [])


def test_all_of_it():
    settings, problems = read(
        "clips:\n  window: 3\n  starts: earlier\n  loudness: -14.5\n  true_peak: -2\n"
        "  match: clip\n  fade: 0.1\n  channels: mono\n  intro: a.mp3\n  outro: b.mp3\n"
        "  crossfade: 1\n"
    )
    assert problems == []
    assert settings == ClipSettings(
        window_ms=3000,
        starts_earlier=True,
        loudness_lufs=-14.5,
        true_peak_dbtp=-2.0,
        match="clip",
        fade_ms=100,
        channels=1,
        intro="a.mp3",
        outro="b.mp3",
        crossfade_ms=1000,
    )


@pytest.mark.parametrize("off", ["off", "false", "no"])
def test_off(off):
    settings, problems = read(f"clips: {{window: {off}, loudness: {off}}}")
    assert (settings, problems) == (ClipSettings(window_ms=0, loudness_lufs=None), [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("window: 31", "clips.window should be 0 to 30 seconds, not `31`"),
        ("window: -1", "clips.window should be 0 to 30 seconds, not `-1`"),
        ("window: 1e1", "clips.window should be 0 to 30 seconds, not `1e1`"),
        ("window: .nan", "clips.window should be 0 to 30 seconds, not `.nan`"),
        ("window: [1]", "clips.window should be text, not a list"),
        ("loudness: 16", "clips.loudness should be -40 to -5 LUFS, or `off`, not `16`"),
        ("true_peak: 1", "clips.true_peak should be -20 to 0 dBTP, not `1`"),
        ("fade: 6", "clips.fade should be 0 to 5 seconds, not `6`"),
        ("crossfade: x", "clips.crossfade should be 0 to 10 seconds, not `x`"),
        ("match: all", "clips.match should be one of episode, clip, not `all`"),
        ("starts: later", "clips.starts should be one of any, earlier, not `later`"),
        ("channels: 2", "clips.channels should be one of source, mono, stereo, not `2`"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_the_default_holds(text, message):
    settings, problems = read(f"clips:\n  {text}\n")
    column = 3 + text.index(":") + 2
    assert problems == [(2, column, message)]
    assert settings == ClipSettings()


def configure(sample: Path, text: str) -> None:
    config = sample / "podcast.yaml"
    config.write_text(config.read_text(encoding="utf-8") + text, encoding="utf-8")


def clips_of(sample: Path) -> list[dict]:
    path = sample / "build" / SLUG / "clips.json"
    return json.loads(path.read_text(encoding="utf-8"))["clips"]


def test_clips_json_says_what_was_asked_and_where_it_went(built: Path):
    clips = clips_of(built)
    for clip in clips:
        for end in ("start", "end"):
            moved = clip["cut"][end] - clip["audio"][end]
            assert clip["moved"][end] == pytest.approx(moved, abs=0.0001)
            assert abs(moved) <= 1.5
        length_ms = measure(built / "build" / SLUG / clip["file"]).duration_ms
        assert length_ms == pytest.approx((clip["cut"]["end"] - clip["cut"]["start"]) * 1000, abs=1)
    assert any(clip["moved"]["start"] for clip in clips)


def test_clips_are_as_loud_as_asked(built: Path):
    import pyloudnorm

    parts = []
    for clip in clips_of(built):
        sound, rate = soundfile.read(built / "build" / SLUG / clip["file"])
        parts.append(sound)
    import numpy as np

    whole = np.concatenate(parts)
    assert pyloudnorm.Meter(rate).integrated_loudness(whole) == pytest.approx(-16, abs=0.5)


def test_a_change_of_settings_makes_clips_anew_and_nothing_else_does(sample: Path, producer: Run):
    assert producer("build", SLUG, "--root", sample).status == 0
    assert "nothing to do" in producer("build", SLUG, "--root", sample).err
    configure(sample, "clips: {window: off, loudness: off, fade: 0}\n")
    assert producer("build", SLUG, "--root", sample).status == 0
    for clip in clips_of(sample):
        assert clip["cut"] == clip["audio"]
        assert clip["moved"] == {"start": 0, "end": 0}
    assert "nothing to do" in producer("build", SLUG, "--root", sample).err


def test_an_intro_that_changes_or_goes_is_seen(sample: Path, producer: Run):
    configure(sample, "clips:\n  window: off\n  loudness: off\n  intro: sounds/a.wav\n")
    jingle = sample / "sounds" / "a.wav"
    jingle.parent.mkdir()
    import numpy as np

    def build(seconds):
        soundfile.write(jingle, np.full(round(8000 * seconds), 0.1), 8000)
        assert producer("build", SLUG, "--root", sample).status == 0
        clip = clips_of(sample)[0]
        return measure(sample / "build" / SLUG / clip["file"]).duration_ms - round(
            (clip["audio"]["end"] - clip["audio"]["start"]) * 1000
        )

    assert build(2) == pytest.approx(1500, abs=2)
    assert build(3) == pytest.approx(2500, abs=2)
    jingle.unlink()
    result = producer("build", SLUG, "--root", sample)
    assert result.status == 1
    assert "error[A101]: the sound sounds/a.wav is not there: clips go without" in result.err
    jingle.write_bytes(b"no sound")
    result = producer("check", "--root", sample)
    assert "error[A102]: sounds/a.wav: is not a sound file, or damaged" in result.err


def test_a_dry_run_writes_nothing(sample: Path, producer: Run):
    assert producer("build", SLUG, "--root", sample, "--dry-run").status == 0
    assert not (sample / "build").exists()


def test_cut_takes_options(sample: Path, producer: Run, tmp_path: Path):
    def cut(*options):
        result = producer(
            "cut", SLUG, "--root", sample, "--out", tmp_path / "c", "--json", *options
        )
        assert result.status == 0, result.err
        return json.loads(result.out)

    copied = cut()
    assert all(row["moved"] == {"start": 0, "end": 0} for row in copied)
    assert any(row["moved"]["start"] for row in cut("--window", "1.5"))
    polished = cut("--mode", "polish", "--window", "off", "--bitrate", "64", "--channels", "stereo")
    assert [row["cut"] for row in polished] == [row["asked"] for row in copied]
    info = mutagen.File(polished[0]["file"]).info
    assert (info.bitrate, info.channels) == (64_000, 2)
    earlier = cut("--mode", "polish", "--starts", "earlier", "--loudness", "off")
    assert all(row["moved"]["start"] <= 0 for row in earlier)


@pytest.mark.parametrize(
    "options", [("--window", "99"), ("--loudness", "loud"), ("--intro", "gone.mp3")]
)
def test_wrong_options_are_refused(sample: Path, producer: Run, options):
    assert producer("cut", SLUG, "--root", sample, *options).status == 2
