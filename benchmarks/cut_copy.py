"""Measure how clips are cut without encoding them again, against what else one would do.

    python benchmarks/cut_copy.py [--minutes 60] [--formats mp3,m4a,opus,ogg,flac,wav] [--keep DIR]

Makes a file of every format in a temporary folder, cuts it into 23 clips without gaps between
them, each way in a process of its own, and prints a Markdown table: seconds, times what copying
takes, and the most memory that one process had. `copy` is `producer.audio.copy`; `command` is
`producer cut`, which reads an episode, looks how long the audio is, copies, and writes tags;
`pydub` is what one writes first, `AudioSegment.from_file(...)[start:end].export(...)`; `demux` is
`ffmpeg -c copy -f null`, which reads the packets and does nothing with them. Without `ffmpeg` on
the PATH the latter two are left out. Then it says whether the limits hold, and compares clips with
what decoding cuts at the same times.
"""

import argparse
import random
import shutil
import sys
import tempfile
from pathlib import Path

import av
import numpy as np
from measuring import Cost, measure, verdict

from producer.audio.clips import cut_clips
from producer.audio.copy import copy_clips

CLIPS = 23
# format -> container, codec, sample format, rate, what pydub and ffmpeg call it
FORMATS = {
    "mp3": ("mp3", "libmp3lame", "s16p", 44100, "mp3"),
    "m4a": ("ipod", "aac", "fltp", 44100, "ipod"),
    "opus": ("ogg", "libopus", "s16", 48000, "opus"),
    "ogg": ("ogg", "flac", "s16", 44100, "ogg"),
    "flac": ("flac", "flac", "s16", 44100, "flac"),
    "wav": ("wav", "pcm_s16le", "s16", 44100, "wav"),
}
# Without it, noise is made in the place of noise, which cannot be compared.
CODEC_OPTIONS = {"aac": {"aac_pns": "0"}}
MAX_MIB = 100
MAX_OF_DEMUX = 2
MIN_OF_PYDUB = 100

COPY = """
import sys
from pathlib import Path
from producer.audio.copy import copy_clips
from producer.io.files import write_parts
source, folder, times = Path(sys.argv[1]), Path(sys.argv[2]), [int(t) for t in sys.argv[4:]]
spans = list(zip(times, times[1:]))
for number, clip in enumerate(copy_clips(source, spans)):
    write_parts(folder / f"{number}{clip.suffix}", clip.parts)
"""
PYDUB = """
import sys, warnings
warnings.simplefilter("ignore")
from pydub import AudioSegment
source, folder, kind, times = sys.argv[1], sys.argv[2], sys.argv[3], [int(t) for t in sys.argv[4:]]
sound = AudioSegment.from_file(source)
for number, (start, end) in enumerate(zip(times, times[1:])):
    sound[start:end].export(f"{folder}/{number}.{kind}", format=kind)
"""


def make_show(folder: Path, times: list[int]) -> None:
    """An episode with a header at each of these times but the last."""
    folder.joinpath("episodes").mkdir(parents=True, exist_ok=True)
    folder.joinpath("podcast.yaml").write_text("title: Benchmarks\n", encoding="utf-8")
    lines = ["---", "title: A long episode", "transcript:"]
    for number, start_ms in enumerate(times[:-1]):
        lines += [f"- header: Part {number}", f"- line: Words.\n  sec: {start_ms // 1000}"]
    text = "\n".join([*lines, "---", ""])
    folder.joinpath("episodes/long.md").write_text(text, encoding="utf-8")


def make(path: Path, name: str, minutes: int) -> None:
    """A stereo file: a voice's worth of noise that rises and falls, another minute each time."""
    container, codec, form, rate, _ = FORMATS[name]
    noise = np.random.default_rng(1).normal(0, 4000, (60 * rate, 2))
    loud = np.sin(np.arange(60 * rate) / rate * 3)[:, None] ** 4
    smooth = (noise + np.roll(noise, 1, 0) + np.roll(noise, 2, 0)) * loud
    minute = smooth.astype(np.int16)
    with av.open(str(path), "w", format=container) as file:
        stream = file.add_stream(codec, rate=rate, options=CODEC_OPTIONS.get(codec, {}))
        stream.layout, stream.format, stream.bit_rate = "stereo", form, 128_000
        for number in range(minutes):
            packed = np.roll(minute, number * 999, 0).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="stereo")
            frame.sample_rate, frame.pts = rate, number * 60 * rate
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def costs_of(path: Path, name: str, times: list[int], show: Path) -> dict[str, Cost]:
    """What each way takes, the fastest of three runs for those that take no time."""
    arguments = [FORMATS[name][4], *map(str, times)]
    cut = [sys.executable, "-m", "producer", "cut", "long", "--root", str(show)]
    ways = {
        "copy": ([sys.executable, "-c", COPY], 3),
        "command": ([*cut, "--audio", str(path), "--out"], 3),
    }
    if shutil.which("ffmpeg"):
        demux = ["ffmpeg", "-v", "error", "-i", str(path), "-c", "copy", "-f", "null", "-"]
        ways |= {"demux": (demux, 3), "pydub": ([sys.executable, "-c", PYDUB], 1)}
    costs = {}
    for way, (command, runs) in ways.items():
        results = []
        for _ in range(runs):
            with tempfile.TemporaryDirectory(dir=path.parent) as folder:
                given = {"demux": [], "command": [folder]}
                results.append(
                    measure([*command, *given.get(way, [str(path), folder, *arguments])])
                )
        costs[way] = min(results, key=lambda cost: cost.seconds)
    return costs


def exact(path: Path, times: list[int]) -> str:
    """How far clips are from what decoding cuts at the same times, in samples and in 16 bits."""
    rng = random.Random(1)
    spans = sorted((start, start + 2000) for start in rng.sample(range(times[-1] // 4), 8))
    lengths, most = set(), 0
    for clip, segment in zip(copy_clips(path, spans), cut_clips(path, spans), strict=True):
        copied = path.with_name(f"clip{clip.suffix}")
        copied.write_bytes(clip.data)
        (again,) = cut_clips(copied, [(0, 9999)])
        lengths.add(int(again.frame_count() - segment.frame_count()))
        one, two = (np.frombuffer(s.raw_data, np.int16).astype(int) for s in (again, segment))
        most = max(most, int(np.abs(one - two).max())) if len(one) == len(two) else 1 << 16
    return f"length off by {lengths}, samples by {most} of 32768 at most"


def verdicts(costs: dict[str, Cost]) -> list[str]:
    """Which limits hold."""
    copy = costs["copy"]
    lines = [f"{copy.mib:.0f} MiB of {MAX_MIB}: {verdict(copy.mib <= MAX_MIB)}"]
    if "demux" in costs:
        ratio = copy.seconds / costs["demux"].seconds
        lines.append(
            f"{ratio:.2f} of demux, {MAX_OF_DEMUX} allowed: {verdict(ratio <= MAX_OF_DEMUX)}"
        )
    if "pydub" in costs:
        ratio = costs["pydub"].seconds / copy.seconds
        lines.append(f"pydub / {ratio:.0f}, {MIN_OF_PYDUB} asked: {verdict(ratio >= MIN_OF_PYDUB)}")
    return lines


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--keep", type=Path, help="a folder for the files, used again if there")
    options = parser.parse_args()
    times = [options.minutes * 60_000 * number // CLIPS for number in range(CLIPS + 1)]
    notes = []
    if not shutil.which("ffmpeg"):
        notes.append("no `demux` and no `pydub`: there is no ffmpeg on the PATH")
    print(f"{options.minutes} minutes, stereo, {CLIPS} clips that cover them all\n")
    print("| format | way | seconds | times copy | peak MiB |")
    print("|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        make_show(folder / "show", times)
        for name in options.formats.split(","):
            path = folder / f"{options.minutes}.{name}"
            if not path.exists():
                make(path, name, options.minutes)
            costs = costs_of(path, name, times, folder / "show")
            for way, cost in costs.items():
                ratio = cost.seconds / costs["copy"].seconds
                print(f"| {name} | {way} | {cost.seconds:.2f} | {ratio:.1f} | {cost.mib:.0f} |")
            notes += [f"{name}: {line}" for line in (*verdicts(costs), exact(path, times))]
            sys.stdout.flush()
    print("", *(f"- {note}" for note in notes), sep="\n")


if __name__ == "__main__":
    main()
