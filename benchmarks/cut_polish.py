"""Measure how clips are polished and recordings analysed, against what else one would do.

    python benchmarks/cut_polish.py [--minutes 60] [--keep DIR]

Makes an MP3 of talk-like sound in a temporary folder, polishes 23 clips that cover it, each way in
a process of its own, and prints a Markdown table: seconds, seconds of all cores together, and the
most memory; of decoding and analysis, which are short, the median of five rounds in turns.
`decode + encode` is the least that it can take: decoding with PyAV, and LAME at the same settings,
a clip after the other. `pydub` is what one writes first, and does nothing for the sound:
`AudioSegment.from_file(...)[start:end].export(...)`; it is left out without `ffmpeg` on the PATH.
Then it says whether the limits hold, and how loud the clips are by FFmpeg's meter.
"""

import argparse
import shutil
import sys
import tempfile
from functools import partial
from pathlib import Path

import av
import numpy as np
from av.filter import Graph
from measuring import measure, median_cost, side_by_side, table, verdict

CLIPS = 23
ROUNDS = 5
RATE = 44100
KBPS = 96
MAX_OF_DECODE = 1.7
MAX_OF_DECODE_ENCODE = 1.15
MAX_OF_PYDUB = 0.65
MAX_MIB = 80

POLISH = """
import sys
from dataclasses import replace
from pathlib import Path
from producer.audio.analysis import analyse
from producer.audio.polish import Polish, polish_clips
source, folder, times = Path(sys.argv[1]), Path(sys.argv[2]), [int(t) for t in sys.argv[4:]]
polish = Polish(bitrate_kbps=96, loudness_lufs=None)
if sys.argv[3] == "loud":
    polish = replace(polish, loudness_lufs=-16.0, episode_lufs=analyse(source).loudness_lufs)
for number, data in enumerate(polish_clips(source, list(zip(times, times[1:])), polish)):
    folder.joinpath(f"{number}.mp3").write_bytes(data)
"""
DECODE = """
import sys, av
with av.open(sys.argv[1]) as file:
    for frame in file.decode(audio=0):
        pass
"""
DECODE_ENCODE = """
import sys, av, lameenc
times = [int(t) for t in sys.argv[4:]]
def new():
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(96), encoder.set_in_sample_rate(44100), encoder.set_channels(2)
    encoder.set_quality(5)
    return encoder
with av.open(sys.argv[1]) as file:
    resampler = av.AudioResampler(format="s16", layout="stereo", rate=44100)
    at, ends, encoder, held = 0, [t * 441 // 10 for t in times[1:]], new(), []
    for frame in file.decode(audio=0):
        for packed in resampler.resample(frame):
            held.append(bytes(packed.planes[0])[: packed.samples * 4])
            at += packed.samples
        if len(held) == 20:
            encoder.encode(b"".join(held))
            held.clear()
        if at >= ends[0] and len(ends) > 1:
            encoder.flush()
            ends.pop(0)
            encoder = new()
    encoder.encode(b"".join(held)), encoder.flush()
"""
ANALYSE = """
import sys
from pathlib import Path
from producer.audio.analysis import analyse
analyse(Path(sys.argv[1]))
"""
PYDUB = """
import sys, warnings
warnings.simplefilter("ignore")
from pydub import AudioSegment
source, folder, times = sys.argv[1], sys.argv[2], [int(t) for t in sys.argv[4:]]
sound = AudioSegment.from_file(source)
for number, (start, end) in enumerate(zip(times, times[1:])):
    sound[start:end].export(f"{folder}/{number}.mp3", format="mp3", bitrate="96k")
"""


def make(path: Path, minutes: int) -> None:
    """Two voices' worth of noise in words and pauses, louder and quieter by turns."""
    rng = np.random.default_rng(1)
    at = np.arange(60 * RATE) / RATE
    words = (np.sin(at * 19) ** 2) * ((at % 4) > 0.4) * (0.4 + 0.6 * ((at % 20) > 9))
    noise = np.convolve(rng.normal(0, 5000, len(at) + 24), np.hanning(25) / 4, "valid")
    sides = np.stack([noise, np.roll(noise, 9)], axis=1) * words[:, None]
    minute = np.clip(sides, -32000, 32000).astype(np.int16)
    with av.open(str(path), "w", format="mp3") as file:
        stream = file.add_stream("libmp3lame", rate=RATE, options={"compression_level": "7"})
        stream.layout, stream.format, stream.bit_rate = "stereo", "s16p", 128_000
        for number in range(minutes):
            packed = np.roll(minute, number * 999, 0).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="stereo")
            frame.sample_rate, frame.pts = RATE, number * 60 * RATE
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def loudness_and_peak(path: Path) -> tuple[float, float]:
    """Integrated loudness and true peak by FFmpeg's ebur128."""
    last: dict[str, str] = {}
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=RATE, format="fltp", layout="stereo", time_base="1/44100"
    )
    meter = graph.add("ebur128", "peak=true:metadata=1:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    with av.open(str(path)) as file:
        for frame in file.decode(audio=0):
            frame.pts = None
            graph.push(frame)
            while True:
                try:
                    last = dict(graph.pull().metadata)
                except (av.BlockingIOError, EOFError):
                    break
    return float(last["lavfi.r128.I"]), 20 * np.log10(float(last["lavfi.r128.true_peak"]))


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="a folder for the file, used again if there")
    options = parser.parse_args()
    times = [str(options.minutes * 60_000 * number // CLIPS) for number in range(CLIPS + 1)]
    print(f"{options.minutes} minutes of MP3, stereo, {CLIPS} clips that cover them all\n")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        source = folder / f"talk-{options.minutes}.mp3"
        if not source.exists():
            make(source, options.minutes)
        clips = Path(temporary) / "clips"
        clips.mkdir()
        ways = {
            "decode": (DECODE, ""),
            "analysis": (ANALYSE, ""),
            "decode + encode": (DECODE_ENCODE, ""),
            "polish, levels left": (POLISH, "plain"),
            "polish to -16 LUFS": (POLISH, "loud"),
        }
        if shutil.which("ffmpeg"):
            ways["pydub"] = (PYDUB, "")
        runs = {
            way: partial(
                measure, [sys.executable, "-c", script, str(source), str(clips), word, *times]
            )
            for way, (script, word) in ways.items()
        }
        # What takes a few seconds is disturbed most by what else the machine does.
        short = {way: runs.pop(way) for way in ("decode", "analysis")}
        costs = {way: median_cost(taken) for way, taken in side_by_side(short, ROUNDS).items()}
        loudness: list[tuple[float, float]] = []
        for way, run in runs.items():
            costs[way] = run()
            if ways[way][1] == "loud":
                loudness = [loudness_and_peak(path) for path in sorted(clips.glob("*.mp3"))]
    table(
        "way | seconds | CPU seconds | peak MiB",
        [(way, cost.seconds, cost.cpu_seconds, round(cost.mib)) for way, cost in costs.items()],
    )
    analysis, decode = costs["analysis"], costs["decode"]
    plain, least = costs["polish, levels left"], costs["decode + encode"]
    ratio = plain.cpu_seconds / least.cpu_seconds
    in_all = analysis.seconds / decode.seconds
    print(f"- analysis: {in_all:.2f} of decoding, {MAX_OF_DECODE} allowed: ", end="")
    print(f"{verdict(in_all <= MAX_OF_DECODE)}; ", end="")
    print(f"{analysis.cpu_seconds / decode.cpu_seconds:.2f} of its CPU")
    print(f"- levels left: {ratio:.2f} of the CPU of decode + encode, ", end="")
    print(f"{MAX_OF_DECODE_ENCODE} allowed: {verdict(ratio <= MAX_OF_DECODE_ENCODE)}; ", end="")
    print(f"{plain.mib:.0f} MiB of {MAX_MIB}: {verdict(plain.mib <= MAX_MIB)}")
    if "pydub" in costs:
        ratio = costs["polish to -16 LUFS"].seconds / costs["pydub"].seconds
        print(f"- to -16 LUFS: {ratio:.2f} of pydub, {MAX_OF_PYDUB} allowed: ", end="")
        print(verdict(ratio <= MAX_OF_PYDUB))
    values = [each for each, _ in loudness]
    print(f"- loudness {min(values):.1f} to {max(values):.1f} LUFS by clip, ", end="")
    print(f"highest true peak {max(peak for _, peak in loudness):.2f} dBTP")


if __name__ == "__main__":
    main()
