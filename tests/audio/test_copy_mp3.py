"""MP3 clips against the whole file, sample by sample, in four decoders."""

import random
import shutil
import subprocess
from itertools import pairwise

import decoders
import numpy as np
import pytest
from sound import encode, make_noise

from producer.audio.clips import cut_clips
from producer.audio.copy import copy_clips
from producer.audio.copy.mp3_header import kind_of, main_data_at
from producer.audio.copy.mp3_silence import main_data_begin, muted
from producer.audio.decode import open_sound
from producer.errors import AudioError

RATES = [22050, 24000, 32000, 44100, 48000]
SECONDS = 5
CUTS = 13  # of each of 40 kinds of file: 520


def swelling(rate, channels, seconds=SECONDS, seed=0):
    """Noise from silent to loud and back: encoders save bits in the one for the other."""
    loud = np.sin(np.arange(seconds * rate) / rate * 3) ** 4
    left = make_noise(seconds, rate, seed=rate + seed)[:, 0] * loud
    right = make_noise(seconds, rate, seed=rate + seed + 1)[:, 0] * 0.5
    both = np.stack([left, left * 0.5 + right], axis=1)
    return both[:, :channels].astype(np.int16)


def sources():
    return [
        pytest.param(rate, channels, vbr, tagged, id=f"{rate}-{channels}ch-{vbr=}-{tagged=}")
        for rate in RATES
        for channels in (1, 2)
        for vbr in (False, True)
        for tagged in (False, True)
    ]


@pytest.fixture(scope="module")
def make_source(tmp_path_factory):
    made = {}

    def make(rate, channels, vbr, tagged):
        key = (rate, channels, vbr, tagged)
        if key not in made:
            path = tmp_path_factory.mktemp("source") / "a.mp3"
            samples = swelling(rate, channels)
            path.write_bytes(encode(samples, ".mp3", rate, vbr=vbr, xing=tagged, bit_rate=64000))
            rng = random.Random(str(key))
            spans = sorted(
                (rng.randrange(SECONDS * 1000), rng.randrange(60, 900)) for _ in range(CUTS)
            )
            spans[0] = (0, spans[0][1])
            spans = [(start, start + length) for start, length in spans]
            made[key] = (path, spans, list(copy_clips(path, spans)))
        return made[key]

    return make


def compare(source, decode, *, missing=0, tolerance=0.0):
    """The clips against the same samples of the whole, of which the first may be `missing`."""
    path, spans, clips = source
    whole = decode(path.read_bytes())
    rate = decoders.rate_of(path)
    end = len(decoders.ffmpeg(path.read_bytes()))
    for (start_ms, end_ms), clip in zip(spans, clips, strict=True):
        start, stop = start_ms * rate // 1000, min(end_ms * rate // 1000, end)
        if start >= stop:
            assert clip.data == b""
            continue
        decoded = decode(clip.data)
        assert decoded.shape == (stop - start, whole.shape[1]), (start_ms, end_ms)
        first = max(missing - start, 0)
        expected = whole[start + first - missing : stop - missing]
        difference = np.abs(decoded[first:].astype(float) - expected).max()
        assert difference <= tolerance, (start_ms, end_ms, difference)


@pytest.mark.parametrize(("rate", "channels", "vbr", "tagged"), sources())
class TestCuts:
    def test_ffmpeg(self, make_source, rate, channels, vbr, tagged):
        compare(make_source(rate, channels, vbr, tagged), decoders.ffmpeg)

    def test_miniaudio(self, make_source, rate, channels, vbr, tagged):
        compare(make_source(rate, channels, vbr, tagged), decoders.miniaudio)

    def test_libsndfile(self, make_source, rate, channels, vbr, tagged):
        """libmpg123 adds up in an order that depends on how many frames came before."""
        if vbr and not tagged:
            pytest.skip("libsndfile cuts such files off where it guesses their end")
        compare(make_source(rate, channels, vbr, tagged), decoders.libsndfile, tolerance=5e-7)

    def test_lame(self, make_source, rate, channels, vbr, tagged):
        """As libmpg123, and rounded to 16 bits. LAME takes its delay off files without a tag."""
        source = make_source(rate, channels, vbr, tagged)
        compare(source, decoders.lame, missing=0 if tagged else 529, tolerance=1)


def frames_of(data):
    """All frames of an MP3 without tags before or behind it."""
    kind, frames, at = kind_of(data[:4]), [], 0
    while at < len(data):
        size = kind.sizes[data[at : at + 3]]
        frames.append(data[at : at + size])
        at += size
    return frames


@pytest.mark.parametrize("rate", [24000, 44100])
def test_frames_are_copied_as_they_are(tmp_path, rate):
    path = tmp_path / "a.mp3"
    path.write_bytes(encode(swelling(rate, 2), ".mp3", rate, bit_rate=64000))
    source = frames_of(path.read_bytes())
    (clip,) = copy_clips(path, [(1000, 2000)])
    tag, carrier, *rest = frames_of(clip.data)
    assert tag[36 if rate > 32000 else 21 :][:4] == b"Info"
    first = source.index(rest[0])
    assert source[first : first + len(rest)] == rest
    back = main_data_begin(rest[0])
    assert back > 0, "the sound was to need the reservoir"
    before = b"".join(frame[main_data_at(frame) :] for frame in source[first - 9 : first])
    assert carrier.endswith(before[-back:])
    samples = 1152 if rate > 32000 else 576
    assert len(rest) <= rate / samples + 4


def test_overlapping_and_touching_spans(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(encode(swelling(44100, 2), ".mp3", vbr=True))
    spans = [(0, 5000), (0, 100), (100, 200), (150, 4000), (150, 151 + 60), (3000, 9999)]
    clips = list(copy_clips(path, spans))
    whole = decoders.ffmpeg(path.read_bytes())
    for (start, end), clip in zip(spans, clips, strict=True):
        expected = whole[start * 441 // 10 : end * 441 // 10]
        assert np.array_equal(decoders.ffmpeg(clip.data), expected)
    together = [decoders.ffmpeg(clip.data) for clip in clips[1:3]]
    assert np.array_equal(np.concatenate(together), whole[: 200 * 441 // 10])


def test_every_place_in_a_frame(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(encode(swelling(32000, 1, 2), ".mp3", 32000))
    whole = decoders.ffmpeg(path.read_bytes())
    spans = [(start, start + 100) for start in range(500, 572)]  # a frame is 36 ms
    for (start, end), clip in zip(spans, copy_clips(path, spans), strict=True):
        assert np.array_equal(decoders.ffmpeg(clip.data), whole[start * 32 : end * 32])


def test_a_clip_of_a_clip(tmp_path):
    path, again = tmp_path / "a.mp3", tmp_path / "b.mp3"
    path.write_bytes(encode(swelling(44100, 2), ".mp3"))
    again.write_bytes(next(copy_clips(path, [(1000, 3000)])).data)
    (clip,) = copy_clips(again, [(500, 1500)])
    whole = decoders.ffmpeg(path.read_bytes())
    assert np.array_equal(decoders.ffmpeg(clip.data), whole[66150:110250])


def test_protected_frames(tmp_path):
    if not shutil.which("lame"):
        pytest.skip("the program lame is not installed")
    path = tmp_path / "a.mp3"
    options = ["-r", "-s", "44.1", "--resample", "44.1", "-m", "j", "-p", "-b", "96", "--quiet"]
    sound = swelling(44100, 2).tobytes()
    subprocess.run(["lame", *options, "-", str(path)], input=sound, check=True, timeout=60)
    whole = decoders.ffmpeg(path.read_bytes())
    for clip in copy_clips(path, [(1000, 2000)]):
        for decode in (decoders.ffmpeg, decoders.miniaudio):
            decoded = decode(clip.data)
            assert np.abs(decoded - whole[44100:88200]).max() < 1e-4
        assert np.array_equal(decoders.ffmpeg(clip.data), whole[44100:88200])


def test_a_file_that_was_cut_off_in_front(tmp_path):
    """Its first frames need bytes that are gone: they are silent in the clip too."""
    data = encode(swelling(44100, 2), ".mp3", xing=False)
    frames = frames_of(data)
    start = next(i for i, frame in enumerate(frames) if i > 50 and main_data_begin(frame) > 300)
    path = tmp_path / "a.mp3"
    path.write_bytes(b"".join(frames[start:]))
    whole = decoders.ffmpeg(path.read_bytes())
    (clip,) = copy_clips(path, [(0, 1000)])
    decoded = decoders.ffmpeg(clip.data)
    assert len(decoded) == 44100
    assert np.array_equal(decoded[3 * 1152 :], whole[3 * 1152 : 44100])
    assert not decoded[:576].any()


def test_a_muted_frame_keeps_its_data():
    frames = frames_of(encode(swelling(44100, 2), ".mp3", xing=False))
    for frame in frames[100:105]:
        silent = muted(frame)
        assert len(silent) == len(frame)
        assert silent.endswith(frame[main_data_at(frame) :])
        assert main_data_begin(silent) == 0


@pytest.mark.parametrize("suffix", [".wav", ".txt", ""])
def test_the_suffix_does_not_matter(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(encode(swelling(44100, 1), ".mp3"))
    (clip,) = copy_clips(path, [(0, 500)])
    assert clip.suffix == ".mp3"
    assert len(decoders.ffmpeg(clip.data)) == 22050


def same_as_decoded(path, spans):
    """What is copied, decoded, against what is cut by decoding."""
    for clip, segment in zip(copy_clips(path, spans), cut_clips(path, spans), strict=True):
        copied = path.with_name("clip.mp3")
        copied.write_bytes(clip.data)
        with open_sound(copied) as sound:
            data = b"".join(block.data for block in sound.blocks())
        assert data == segment.raw_data


def id3(size, *, footer=False):
    """An ID3v2.4 tag with a picture of so many bytes."""
    body = b"APIC" + bytes(size >> s & 0x7F for s in (21, 14, 7, 0)) + bytes(2)
    body += (b"\0image/png\0\3\0" + b"\xff\xfb\x90\x64" * size)[:size]
    length = bytes(len(body) >> s & 0x7F for s in (21, 14, 7, 0))
    flags = bytes((0x10 if footer else 0,))
    head = b"ID3\4\0" + flags + length
    return head + body + (b"3DI" + head[3:] if footer else b"")


@pytest.mark.parametrize(
    "before",
    [id3(100), id3(20 << 20), id3(100, footer=True), id3(50) + id3(60), bytes(700)],
    ids=["id3", "20-MiB-picture", "footer", "two", "zeros"],
)
@pytest.mark.parametrize("behind", [b"", b"TAG" + bytes(125), b"APETAGEX" + bytes(200)])
@pytest.mark.parametrize("vbr", [False, True])
def test_what_is_around_the_frames(tmp_path, before, behind, vbr):
    path = tmp_path / "a.mp3"
    path.write_bytes(before + encode(swelling(44100, 1), ".mp3", vbr=vbr) + behind)
    same_as_decoded(path, [(0, 500), (700, 1400), (4500, 6000)])


def test_junk_in_front(tmp_path):
    """FFmpeg does not take it for sound, but what is sound in it is clear."""
    path = tmp_path / "a.mp3"
    data = encode(swelling(44100, 1), ".mp3", xing=False)
    path.write_bytes(b"junk" * 99 + data)
    (clip,) = copy_clips(path, [(1000, 2000)])
    assert np.array_equal(decoders.ffmpeg(clip.data), decoders.ffmpeg(data)[44100:88200])


def test_a_tag_frame_of_fraunhofer(tmp_path):
    data = encode(swelling(44100, 1), ".mp3", xing=False)
    tag = data[:36].ljust(36, b"\0")[:4].ljust(36, b"\0") + b"VBRI\0\1" + bytes(4)
    tag += len(data).to_bytes(4) + len(frames_of(data)).to_bytes(4)
    path = tmp_path / "a.mp3"
    path.write_bytes(tag.ljust(len(frames_of(data)[0]), b"\0") + data)
    same_as_decoded(path, [(0, 500), (700, 1400)])


def test_a_tag_without_counts_is_a_frame_of_sound(tmp_path):
    """As it is for FFmpeg: LAME leaves it so when it writes into a pipe."""
    data = encode(swelling(44100, 1), ".mp3", xing=False)
    frames = frames_of(data)
    empty = frames[0][:4].ljust(21, b"\0") + b"Info"
    path = tmp_path / "a.mp3"
    path.write_bytes(empty.ljust(len(frames[0]), b"\0") + data)
    same_as_decoded(path, [(0, 500), (700, 1400)])


def test_truncated(tmp_path):
    path = tmp_path / "a.mp3"
    data = encode(swelling(44100, 2), ".mp3", xing=False)
    path.write_bytes(data[: len(data) // 2 + 100])
    clip, nothing = copy_clips(path, [(1000, 9000), (8000, 9000)])
    assert nothing.data == b""
    whole = decoders.ffmpeg(path.read_bytes())
    decoded = decoders.ffmpeg(clip.data)
    shared = min(len(decoded), len(whole) - 44100)
    assert shared > 44100
    assert abs(len(decoded) - (len(whole) - 44100)) <= 1152
    assert np.array_equal(decoded[:shared], whole[44100 : 44100 + shared])


def test_from_mono_to_stereo(tmp_path):
    path = tmp_path / "a.mp3"
    parts = [encode(swelling(44100, channels), ".mp3", xing=False) for channels in (1, 2)]
    path.write_bytes(b"".join(parts))
    one, two = copy_clips(path, [(1000, 2000), (7000, 8000)])
    assert decoders.ffmpeg(one.data).shape == (44100, 1)
    assert decoders.ffmpeg(two.data).shape == (44100, 2)
    (both,) = copy_clips(path, [(4000, 6000)])
    assert both.data


def test_two_files_joined(tmp_path):
    """The first file's tag is known to be wrong by its length: its padding is heard."""
    path = tmp_path / "a.mp3"
    path.write_bytes(encode(swelling(44100, 1), ".mp3") + encode(swelling(44100, 1, 3), ".mp3"))
    same_as_decoded(path, [(3000, 4900), (4500, 6000), (5100, 6000), (7000, 7900)])


def test_a_little_behind_the_end(tmp_path):
    """The tag is believed, so that its padding is left out within the sound."""
    path = tmp_path / "a.mp3"
    more = b"".join(frames_of(encode(swelling(44100, 1), ".mp3"))[50:60])
    path.write_bytes(encode(swelling(44100, 1), ".mp3") + more)
    same_as_decoded(path, [(3000, 4900), (5050, 5150), (5100, 9000)])
    with pytest.raises(AudioError, match="joined"):
        list(copy_clips(path, [(4000, 6000)]))


def test_another_sample_rate_follows(tmp_path):
    path = tmp_path / "a.mp3"
    path.write_bytes(
        encode(swelling(44100, 1), ".mp3", xing=False)
        + encode(swelling(48000, 1), ".mp3", 48000, xing=False)
    )
    clips = copy_clips(path, [(1000, 2000), (4500, 9000)])
    assert len(decoders.ffmpeg(next(clips).data)) == 44100
    with pytest.raises(AudioError, match="another sample rate"):
        next(clips)


@pytest.mark.parametrize("garbage", [bytes(5000), b"\xff" * 5000, b"\xff\xfb\x90\0" * 999, b"x"])
def test_garbage_in_the_middle(tmp_path, garbage):
    frames = frames_of(encode(swelling(44100, 1), ".mp3", xing=False))
    path = tmp_path / "a.mp3"
    path.write_bytes(b"".join(frames[:90]) + garbage + b"".join(frames[90:]))
    (clip,) = copy_clips(path, [(1000, 4000)])
    _, _, *copied = frames_of(clip.data)
    first = frames.index(copied[0])
    true = [frame for frame in copied if frame in frames]
    assert true == frames[first : first + len(true)]
    # What is right before a frame at the distance of one is taken for one.
    assert len(copied) - len(true) <= (len(garbage) == 3996)


def test_free_format(tmp_path):
    data = bytearray(encode(swelling(48000, 1), ".mp3", 48000, xing=False))
    for at in range(0, len(data), 384):
        data[at + 2] &= 0x0F
    path = tmp_path / "a.mp3"
    path.write_bytes(bytes(data))
    with pytest.raises(AudioError, match="free format"):
        list(copy_clips(path, [(0, 1000)]))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (bytes(100_000), "no MP3 frames"),
        (b"text\n" * 9, "no MP3 frames"),
        (b"\xff" * 300_000, "no MP3 frames"),
        (b"ID3\4\0\0\x7f\x7f\x7f\x7f", "no MP3 frames"),
        (b"\xff\xfb", "no MP3 frames"),
    ],
)
def test_not_an_mp3(tmp_path, data, message):
    path = tmp_path / "a.mp3"
    path.write_bytes(data)
    with pytest.raises(AudioError, match=message):
        list(copy_clips(path, [(0, 1000)]))


def test_too_damaged(tmp_path):
    """A sync every few bytes, and none of them right, must not take forever."""
    frames = frames_of(encode(swelling(44100, 1), ".mp3", xing=False))
    path = tmp_path / "a.mp3"
    path.write_bytes(b"".join(frames[:50]) + b"\xff\xfb\x90\0\0" * 200_000 + frames[50])
    with pytest.raises(AudioError, match="too damaged"):
        list(copy_clips(path, [(0, 5000)]))


def test_missing_file(tmp_path):
    with pytest.raises(AudioError, match="no such file"):
        list(copy_clips(tmp_path / "a.mp3", [(0, 1000)]))
    with pytest.raises(AudioError, match="cannot be read"):
        list(copy_clips(tmp_path, [(0, 1000)]))


@pytest.mark.parametrize("spans", [[(5, 3)], [(-1, 3)], [(5, 9), (4, 9)]])
def test_spans_out_of_order_are_a_mistake_of_the_caller(tmp_path, spans):
    with pytest.raises(ValueError, match="span"):
        copy_clips(tmp_path / "a.mp3", spans)


def test_no_spans(tmp_path):
    assert list(copy_clips(tmp_path / "missing.mp3", [])) == []


def test_touching_spans_are_read_once(tmp_path):
    """The file is gone through from one end to the other, however many clips there are."""
    path = tmp_path / "a.mp3"
    path.write_bytes(encode(swelling(44100, 1), ".mp3"))
    spans = list(pairwise(range(0, 5001, 100)))
    clips = list(copy_clips(path, spans))
    whole = decoders.ffmpeg(path.read_bytes())
    assert sum(len(decoders.ffmpeg(clip.data)) for clip in clips) == len(whole)
