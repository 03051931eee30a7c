"""Every kind of broken file through everything that reads sound: a result or a clear refusal."""

import io
import struct
import threading
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image
from sound import encode, make_noise

from producer.audio.clip_file import write_clip
from producer.audio.clips import cut_clips
from producer.audio.copy import copy_clips
from producer.audio.measure import measure
from producer.audio.tags import Artwork, ChapterMark, Tags, write_tagged
from producer.errors import AudioError

SECONDS = 4
SPANS = [(0, 1000), (900, 2500), (3500, 9000)]
TAGS = Tags(title="T", artist="A", album="B", track=1)
CHAPTERS = [ChapterMark(0, 2000, "One"), ChapterMark(2000, 4000, "Two")]
MP3 = encode(make_noise(SECONDS, channels=2), ".mp3")
SOUND = {suffix: encode(make_noise(SECONDS, 48000 if suffix == ".opus" else 44100, 2), suffix)
         for suffix in (".m4a", ".opus", ".ogg", ".flac", ".wav")} | {".mp3": MP3}  # fmt: skip


def in_the_middle(data: bytes, garbage: bytes) -> bytes:
    half = len(data) // 2
    return data[:half] + garbage + data[half + len(garbage) :]


def id3_with_a_large_image() -> bytes:
    image = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (2700, 2700, 3), np.uint8)
    Image.fromarray(noise).save(image, "PNG", compress_level=0)
    picture = b"\0image/png\0\3\0" + image.getvalue()
    frame = b"APIC" + struct.pack(">I", len(picture)) + b"\0\0" + picture
    size = len(frame)
    sizes = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\3\0\0" + sizes + frame + MP3


def free_format() -> bytes:
    data = bytearray(encode(make_noise(SECONDS, 48000), ".mp3", 48000, xing=False))
    for at in range(0, len(data), 384):
        data[at + 2] &= 0x0F
    return bytes(data)


def edit_list(media_time: int, duration: int = 0xFFFFFF) -> bytes:
    """The M4A with its edit list set to begin elsewhere."""
    data = bytearray(SOUND[".m4a"])
    at = data.index(b"elst")
    struct.pack_into(">IIi", data, at + 8, 1, duration, media_time)
    return bytes(data)


CASES: dict[str, bytes] = {
    "zero bytes": b"",
    "one byte": b"\xff",
    "text": b"this is not sound\n" * 400,
    "zeros": bytes(300_000),
    "vbr without a header": encode(make_noise(SECONDS), ".mp3", vbr=True, xing=False),
    "an image of 20 MB in front": id3_with_a_large_image(),
    "a tag that is longer than the file": b"ID3\3\0\0\x7f\x7f\x7f\x7f" + MP3,
    "from mono to stereo": encode(make_noise(2), ".mp3", xing=False)
    + encode(make_noise(2, channels=2), ".mp3", xing=False),
    "another rate follows": encode(make_noise(2), ".mp3", xing=False)
    + encode(make_noise(2, 22050), ".mp3", 22050, xing=False),
    "free format": free_format(),
    "an edit list that begins later": edit_list(44100),
    "an edit list that begins after the end": edit_list(1 << 30),
    "an edit list that is empty": edit_list(-1),
    "an edit list of no length": edit_list(0, 0),
} | {
    f"{fault} {suffix}": broken
    for suffix, data in SOUND.items()
    for fault, broken in {
        "cut off": data[: len(data) * 2 // 3],
        "cut off in its header": data[:40],
        "garbage in the middle of": in_the_middle(data, b"\xff\xfb\x90garbage" * 400),
        "zeros in the middle of": in_the_middle(data, bytes(4000)),
        "twice": data + data,
        "its end alone of": data[len(data) // 3 :],
    }.items()
}  # fmt: skip


def within(seconds: float, work: object) -> None:
    """Run it; a hang fails the test in the place of stopping all of them."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()  # type: ignore[operator]
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    assert not thread.is_alive(), "it hangs"
    if failures:
        raise failures[0]


def decodes(path: Path) -> None:
    """The file is sound for FFmpeg, if it has any length."""
    with av.open(str(path)) as container:
        assert container.streams.audio


def copy_them(path: Path, folder: Path) -> None:
    for number, clip in enumerate(copy_clips(path, SPANS)):
        if clip.data:
            target = folder / f"{number}{clip.suffix}"
            write_clip(clip, TAGS, target)
            decodes(target)


def cut_them(path: Path, folder: Path) -> None:
    assert len(list(cut_clips(path, SPANS))) == len(SPANS)


def tag_it(path: Path, folder: Path) -> None:
    target = folder / f"tagged{path.suffix}"
    cover = io.BytesIO()
    Image.new("RGB", (8, 8)).save(cover, "PNG")
    tags = Tags(title="T", artwork=Artwork(cover.getvalue(), "image/png"))
    write_tagged(path, target, tags, CHAPTERS)
    decodes(target)


@pytest.mark.parametrize("work", [copy_them, cut_them, tag_it, lambda path, _: measure(path)],
                         ids=["copy", "decode", "tag", "measure"])  # fmt: skip
@pytest.mark.parametrize("name", CASES)
def test_a_result_or_a_refusal(name: str, work: object, tmp_path: Path) -> None:
    suffix = "." + name.rpartition(".")[2] if "." in name else ".mp3"
    source, folder = tmp_path / f"a{suffix}", tmp_path / "out"
    source.write_bytes(CASES[name])
    folder.mkdir()

    def run() -> None:
        try:
            work(source, folder)  # type: ignore[operator]
        except AudioError as error:
            refusals.append(error.message)

    refusals: list[str] = []
    within(60, run)
    assert all(str(source) in said and "\n" not in said for said in refusals)
    assert source.read_bytes() == CASES[name]


@pytest.mark.parametrize("wrong", SOUND)
@pytest.mark.parametrize("right", SOUND)
def test_a_wrong_suffix_changes_nothing(right: str, wrong: str, tmp_path: Path) -> None:
    named, misnamed = tmp_path / f"a{right}", tmp_path / f"b{wrong}"
    for path in (named, misnamed):
        path.write_bytes(SOUND[right])
    one, two = ([(c.suffix, c.data) for c in copy_clips(p, SPANS)] for p in (named, misnamed))
    assert one == two
    assert measure(named) == measure(misnamed)
    for path in (named, misnamed):
        write_tagged(path, path.with_name(f"tagged-{path.name}"), TAGS, CHAPTERS)
    first, second = (tmp_path / f"tagged-{path.name}" for path in (named, misnamed))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    "name", ["text", "zero bytes", "free format", "cut off in its header .m4a"]
)
def test_what_is_refused_says_why(name: str, tmp_path: Path) -> None:
    suffix = "." + name.rpartition(".")[2] if "." in name else ".mp3"
    path = tmp_path / f"a{suffix}"
    path.write_bytes(CASES[name])
    with pytest.raises(AudioError) as caught:
        list(copy_clips(path, SPANS))
    assert caught.value.hint
