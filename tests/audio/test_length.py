"""Lengths that are counted are those that decoding finds, to the sample, or are not given."""

import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sound import encode, make_noise
from test_copy_formats import encoded, wave
from test_copy_fuzz import make, mutant
from test_copy_m4a import encoded as m4a
from test_copy_m4a import with_edits
from test_copy_mp3 import swelling

from producer.audio.copy import count
from producer.audio.decode import open_sound
from producer.audio.measure import measure
from producer.audio.tags import ChapterMark, Tags, write_tagged
from producer.build.media_files import MediaFiles
from producer.errors import AudioError

NAMES = ["mp3", "mp3-untagged", "m4a", "opus", "vorbis", "ogg-flac", "flac", "wav"]
MUTANTS = 80
SILENCE = wave(1, 16, 2, 44100, bytes(44100 * 4))


def decoded(path: Path) -> tuple[int, int]:
    """What is found by decoding: samples and their rate."""
    with open_sound(path) as sound:
        for block in sound.blocks():
            last = block
    return last.end, last.rate


def mp3s():
    for rate in (8000, 11025, 22050, 24000, 32000, 44100, 48000):
        for channels in (1, 2):
            for vbr in (False, True):
                for tagged in (False, True):
                    yield pytest.param(
                        lambda r=rate, c=channels, v=vbr, t=tagged: encode(
                            swelling(r, c, 2), ".mp3", r, vbr=v, xing=t
                        ),
                        id=f"mp3-{rate}-{channels}-{vbr=}-{tagged=}",
                    )


def others():
    made = {
        "m4a": m4a,
        "m4a-short": lambda: m4a(0.03),
        "m4a-faststart": lambda: m4a(movflags="+faststart"),
        "m4a-without-edits": lambda: m4a(use_editlist="0"),
        "m4a-edit-later": lambda: with_edits(m4a(), (3000, 1500)),
        "alac": lambda: encoded("ipod", "alac", "s16"),
        "wav-mu-law": lambda: wave(7, 8, 1, 8000, bytes(range(256)) * 40),
        "wav-24": lambda: wave(1, 24, 2, 48000, bytes(range(240)) * 300),
        "wav-float": lambda: wave(3, 32, 1, 22050, bytes(4 * 30000), extensible=True),
        "wav-odd-end": lambda: SILENCE + b"\1",
        "wav-cut-off": lambda: SILENCE[:-1001],
        "flac-24": lambda: encoded("flac", "flac", "s32", rate=48000),
        "flac-of-one-frame": lambda: encode(make_noise(0.02), ".flac"),
        "opus-60": lambda: encoded("ogg", "libopus", "s16", rate=48000, frame_duration="60"),
        "opus-2.5": lambda: encoded("ogg", "libopus", "s16", rate=48000, frame_duration="2.5"),
        "opus-8k": lambda: encode(make_noise(3, 48000), ".opus", 48000),
        "vorbis-22k": lambda: encoded("ogg", "vorbis", "s16", rate=22050, strict="experimental"),
    }
    return [pytest.param(way, id=name) for name, way in made.items()]


@pytest.mark.parametrize("way", [*mp3s(), *others()])
def test_the_same_as_by_decoding(tmp_path: Path, way) -> None:
    path = tmp_path / "a.sound"
    path.write_bytes(way())
    length = count(path)
    assert length is not None
    assert tuple(length) == decoded(path)
    assert length.ms == measure(path).duration_ms


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus", ".flac", ".wav"])
def test_tags_are_not_sound(tmp_path: Path, suffix: str) -> None:
    source, tagged = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    source.write_bytes(encode(make_noise(2, 48000), suffix, 48000))
    write_tagged(source, tagged, Tags(title="T" * 5000), [ChapterMark(0, 900, "A")])
    if suffix == ".mp3":
        with tagged.open("ab") as file:
            file.write(b"TAG" + bytes(125))
    assert count(tagged) == count(source) is not None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_cut_off(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.sound"
    data = make(name)
    rng = random.Random(name)
    for _ in range(MUTANTS):
        path.write_bytes(data[: rng.randrange(len(data))])
        if length := count(path):
            assert tuple(length) == decoded(path)


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith("m")])
def test_damage_shows_by_the_checksums(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.sound"
    data = make(name)
    rng = random.Random(name)
    for _ in range(MUTANTS):
        path.write_bytes(mutant(data, rng))
        try:
            expected = decoded(path)
        except AudioError:
            continue
        if length := count(path):
            assert tuple(length) == expected


@pytest.mark.parametrize("name", ["mp3", "m4a"])
def test_damaged_packets_count(tmp_path: Path, name: str) -> None:
    """Nothing says that they are, and players take their time for them."""
    path = tmp_path / "a.sound"
    data = make(name)
    path.write_bytes(data)
    whole = count(path)
    middle = len(data) // 2
    path.write_bytes(data[:middle] + bytes([data[middle] ^ 255]) + data[middle + 1 :])
    assert count(path) == whole


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing of that kind" * 99,
        SILENCE[:44],
        make("flac")[:90],
        make("mp3") + b"nothing of that kind" * 99,
        make("mp3-untagged") + make("opus"),
        make("opus") + make("opus"),
        make("ogg-flac") + make("ogg-flac"),
        make("flac") + b"TAG" + bytes(125),
        m4a(movflags="+frag_keyframe+empty_moov+delay_moov", frag_duration="500000"),
        with_edits(m4a(), (1000, 1024), (2000, 90000)),
        with_edits(m4a(), (90_000, 1024)),
    ],
)
def test_no_length_where_one_has_to_look(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.sound"
    path.write_bytes(data)
    assert count(path) is None
    assert count(tmp_path / "missing") is None


def test_a_length_takes_no_decoder(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(make("mp3"))
    code = (
        "import sys; from pathlib import Path; from producer.build.media_files import MediaFiles;"
        f"print(MediaFiles({{}}).duration_ms(Path({str(path)!r})), 'av' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"{measure(path).duration_ms} False\n"


def test_what_cannot_be_counted_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(make("mp3") + b"nothing of that kind" * 99)
    assert MediaFiles({}).duration_ms(path) == measure(path).duration_ms


def test_noise_is_not_taken_for_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(np.random.default_rng(1).bytes(1 << 16))
    with pytest.raises(AudioError, match=r"a\.mp3"):
        MediaFiles({}).duration_ms(path)
