"""Measure how long an audiogram takes, shape by shape.

    python benchmarks/audiogram.py [--seconds 60] [--shapes square,vertical,wide]

Makes speech-like sound in memory and captions of two lines every three seconds, writes a video of
each shape in a process of its own, and prints a Markdown table: wall and CPU seconds, what that is
for a minute of video, and the most memory that the process had. Then it says whether a minute of
the square one stays within the limit.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MAX_SECONDS_A_MINUTE = 12
RATE = 44100
COVER = Path(__file__).parent.parent / "images" / "cover.jpg"
WORDS = "Below that is the whole conversation, with the second that each of us starts to speak at."


def run(shape: str, seconds: int) -> None:
    """Write one video, and print wall seconds, CPU seconds and KiB."""
    import numpy as np

    from producer.audio.segment import make_segment
    from producer.derive.cues import Cue
    from producer.lettering.faces import Faces
    from producer.lettering.text import Typesetter
    from producer.video.audiogram import Audiogram, write_audiogram
    from producer.video.cover import read_cover
    from producer.video.layout import LAYOUTS

    noise = np.random.default_rng(1)
    loudness = np.repeat(noise.uniform(0, 6000, seconds * 8), RATE // 8)
    wave = (noise.normal(0, 1, len(loudness)) * loudness).clip(-32768, 32767).astype(np.int16)
    sound = make_segment(wave.tobytes(), RATE, 1)
    cues = [
        Cue(at, at + 3000, "Ada", f"{at // 3000}. {WORDS}") for at in range(0, len(sound), 3000)
    ]
    with tempfile.TemporaryDirectory() as folder:
        began, used = time.perf_counter(), time.process_time()
        cover = read_cover(COVER.read_bytes())
        audiogram = Audiogram(title="A title of some words", show="Show", cues=cues, cover=cover)
        typesetter = Typesetter(Faces())
        write_audiogram(Path(folder) / "a.mp4", audiogram, sound, LAYOUTS[shape], typesetter)
        wall, cpu = time.perf_counter() - began, time.process_time() - used
    print(wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def main() -> int:
    """Measure every shape; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--shapes", default="square,vertical,wide")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        run(options.one, options.seconds)
        return 0
    print("| shape | wall s | CPU s | wall s a minute | MiB |\n|---|---|---|---|---|")
    verdict = ""
    for shape in options.shapes.split(","):
        command = [sys.executable, __file__, "--one", shape, "--seconds", str(options.seconds)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        wall, cpu, kib = map(float, said.split())
        minute = wall * 60 / options.seconds
        print(f"| {shape} | {wall:.1f} | {cpu:.1f} | {minute:.1f} | {kib / 1024:.0f} |", flush=True)
        if shape == "square":
            word = "holds" if minute <= MAX_SECONDS_A_MINUTE else "DOES NOT HOLD"
            verdict = f"\nAt most {MAX_SECONDS_A_MINUTE} s for a minute of the square one: {word}."
    print(verdict)
    return 0


if __name__ == "__main__":
    sys.exit(main())
