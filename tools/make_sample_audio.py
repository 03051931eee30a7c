"""Speak the sample episodes: make `episodes/audio/` from the transcripts.

The sample show's audio is synthesized from the words in `episodes/*.md`, line by line, so that
every line starts exactly where its transcript says. The audio and the times are both committed:
this script is only needed when the text of a sample episode changes. It is no part of the
product and nothing imports it.

For each episode it

1. speaks each line with espeak-ng, in its speaker's voice, and trims the silence around it,
2. lays the lines out with silence between them, each starting on the episode's time grid,
3. closes with a short jingle, and encodes the whole with ffmpeg,
4. decodes the result again and measures where each line really starts, and
5. puts `sec` and `time` into the episode file. No other character of the file changes.

Usage: python tools/make_sample_audio.py [--root DIR] [--work DIR] [--check]

With `--check` nothing is written: the script measures the committed audio against the committed
times (step 4) and fails if a line is more than 15 ms away from its time.

It needs espeak-ng, ffmpeg and PyYAML. Another version of espeak-ng or ffmpeg may give other
bytes, and so slightly other times; that is why both are written in one go.
"""

from __future__ import annotations

import argparse
import array
import io
import math
import re
import subprocess
import sys
import tempfile
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

RATE = 22050
PEAK = 0.7
# The start and the end of a line are its first and last samples as loud as this (full scale: 1).
ONSET_LEVEL = 0.03
TAIL_LEVEL = 0.005
# Silence between lines: never less than the first; before a header, never less than the second.
MIN_GAP_MS = 380
HEADER_GAP_MS = 720
CONTINUATION_GAP_MS = 450
CLOSING_GAP_MS = 500
TOLERANCE_MS = 15.0

Samples: TypeAlias = "array.array[int]"  # of "h": 16-bit signed


@dataclass(frozen=True)
class Voice:
    name: str
    speed: int
    pitch: int


@dataclass(frozen=True)
class Plan:
    """How one episode is laid out: the times are multiples of `grid_ms` on the video timeline."""

    slug: str
    suffix: str
    grid_ms: int
    first_ms: int  # where the first line starts in the audio
    jingle: tuple[float, ...]
    codec: tuple[str, ...]


VOICES = {
    "Maren": Voice("en-gb+f3", speed=186, pitch=58),
    "Desmond": Voice("en-us+m3", speed=184, pitch=34),
    "Jörg": Voice("en-gb-scotland+m7", speed=176, pitch=20),
}

PLANS = (
    Plan(
        slug="s01e01-a-podcast-in-a-git-repository",
        suffix=".mp3",
        grid_ms=1000,
        first_ms=0,
        jingle=(392.0, 493.9, 587.3, 784.0),
        codec=("-c:a", "libmp3lame", "-b:a", "24k"),
    ),
    Plan(
        slug="s01e02-wie-klingt-groesse",
        suffix=".m4a",
        grid_ms=10,
        first_ms=530,
        jingle=(293.7, 349.2, 440.0, 587.3),
        # ffmpeg's encoder overshoots at so low a rate: this comes out at about 34 kbit/s.
        codec=("-c:a", "aac", "-b:a", "24k"),
    ),
)

BITEXACT = ("-fflags", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Make the audio of the sample episodes.")
    parser.add_argument("--root", type=Path, default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--work", type=Path, help="keep each episode's uncompressed WAV here")
    parser.add_argument("--check", action="store_true", help="only measure; write nothing")
    args = parser.parse_args(argv)
    worst = 0.0
    for plan in PLANS:
        if not args.check:
            make_episode(args.root, plan, args.work)
        worst = max(worst, check_episode(args.root, plan))
    if worst > TOLERANCE_MS:
        print(f"a line starts {worst:.1f} ms away from its time", file=sys.stderr)
        return 1
    return 0


def make_episode(root: Path, plan: Plan, work: Path | None) -> None:
    """Speak, lay out and encode one episode, and put its times into its file."""
    path = episode_path(root, plan)
    front = front_matter(path)
    sound, starts = lay_out(front["transcript"], plan)
    target = audio_path(root, plan)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        wav = (work or Path(scratch)) / f"{plan.slug}.wav"
        wav.parent.mkdir(parents=True, exist_ok=True)
        write_wav(wav, sound)
        encode(wav, target, plan)
    offset = offset_ms(front)
    text = path.read_text(encoding="utf-8")
    path.write_text(with_times(text, [start + offset for start in starts]), encoding="utf-8")


def lay_out(entries: list[dict[str, Any]], plan: Plan) -> tuple[Samples, list[int]]:
    """The whole episode's samples, and the start in ms of each line that has a time."""
    sound = silence(plan.first_ms)
    starts: list[int] = []
    speaker = ""
    gap_ms = 0
    for entry in entries:
        if "header" in entry:
            gap_ms = max(gap_ms, HEADER_GAP_MS if starts else 0)
            continue
        speaker = entry.get("who", speaker)
        if "who" not in entry:
            sound += silence(CONTINUATION_GAP_MS)
        elif starts:
            end_ms = 1000 * len(sound) / RATE
            start_ms = math.ceil((end_ms + gap_ms) / plan.grid_ms) * plan.grid_ms
            sound += array.array("h", bytes(2 * (samples(start_ms) - len(sound))))
            starts.append(start_ms)
        else:
            starts.append(plan.first_ms)
        sound += speak(entry["line"], VOICES[speaker])
        gap_ms = MIN_GAP_MS
    sound += silence(CLOSING_GAP_MS)
    sound += jingle(plan.jingle)
    return sound, starts


def speak(text: str, voice: Voice) -> Samples:
    """One line, at full level, without the silence around it."""
    command = ["espeak-ng", "-v", voice.name, "-s", str(voice.speed), "-p", str(voice.pitch)]
    done = subprocess.run(
        [*command, "-b", "1", "--stdin", "--stdout"],
        input=text.encode(),
        capture_output=True,
        check=True,
    )
    # espeak-ng writes to a pipe, so the lengths in the header are not the real ones.
    with wave.open(io.BytesIO(done.stdout)) as stream:
        if (stream.getframerate(), stream.getnchannels(), stream.getsampwidth()) != (RATE, 1, 2):
            raise SystemExit(f"espeak-ng: not {RATE} Hz, mono, 16 bit: {voice.name}")
    data = done.stdout[44:]
    raw = array.array("h", data[: len(data) // 2 * 2])
    if sys.byteorder == "big":
        raw.byteswap()
    loudest = max(map(abs, raw), default=0)
    if not loudest:
        raise SystemExit(f"espeak-ng: nothing to hear for {text!r}")
    gain = PEAK * 32767 / loudest
    loud = array.array("h", (round(value * gain) for value in raw))
    first = first_at(loud, ONSET_LEVEL, 0, len(loud))
    last = next(
        index for index in range(len(loud) - 1, -1, -1) if abs(loud[index]) >= TAIL_LEVEL * 32767
    )
    return fade_out(loud[first : last + 1], samples(8))


def jingle(notes: Sequence[float]) -> Samples:
    """A few soft sine notes, one after the other, each ringing into the next."""
    step, ring = samples(220), samples(700)
    total = [0.0] * (step * (len(notes) - 1) + ring)
    for number, pitch in enumerate(notes):
        for index in range(ring):
            time = index / RATE
            attack = min(1.0, index / samples(12))
            release = min(1.0, (ring - index) / samples(60))
            tone = math.sin(2 * math.pi * pitch * time)
            tone += 0.25 * math.sin(4 * math.pi * pitch * time)
            level = 0.14 * attack * release * math.exp(-4.5 * time)
            total[number * step + index] += level * tone
    return array.array("h", (round(32767 * value) for value in total))


def encode(wav: Path, target: Path, plan: Plan) -> None:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-i", str(wav), *plan.codec, *BITEXACT]
    if plan.suffix == ".m4a":
        command += ["-movflags", "+faststart"]
    subprocess.run([*command, str(target)], check=True)


def decode(path: Path) -> Samples:
    command = ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-f", "s16le", "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    sound = array.array("h", done.stdout)
    if sys.byteorder == "big":
        sound.byteswap()
    return sound


def check_episode(root: Path, plan: Plan) -> float:
    """Report where each line starts in the audio; the largest error in ms."""
    front = front_matter(episode_path(root, plan))
    sound = decode(audio_path(root, plan))
    timed = [entry for entry in front["transcript"] if "line" in entry and "sec" in entry]
    worst = 0.0
    print(f"{plan.slug}{plan.suffix}: {1000 * len(sound) / RATE:.0f} ms, {len(timed)} timed lines")
    for entry in timed:
        start_ms = round(1000 * entry["sec"]) - offset_ms(front)
        error_ms = onset_error_ms(sound, start_ms)
        worst = max(worst, abs(error_ms))
        print(f"  {entry['sec']:>7} {error_ms:+6.1f} ms  {entry['who']}: {entry['line'][:48]}")
    print(f"  largest error {worst:.1f} ms")
    return worst


def onset_error_ms(sound: Samples, start_ms: float) -> float:
    """How long after `start_ms` the sound starts, looking up to 300 ms to either side."""
    low = max(0, samples(start_ms - 300))
    high = min(len(sound), samples(start_ms + 300))
    return 1000 * first_at(sound, ONSET_LEVEL, low, high) / RATE - start_ms


def first_at(sound: Samples, level: float, low: int, high: int) -> int:
    """The index of the first sample from `low` on that is as loud as `level`, else `high`."""
    limit = level * 32767
    return next((index for index in range(low, high) if abs(sound[index]) >= limit), high)


def fade_out(sound: Samples, length: int) -> Samples:
    length = min(length, len(sound))
    for index in range(length):
        sound[-1 - index] = round(sound[-1 - index] * index / length)
    return sound


def silence(length_ms: float) -> Samples:
    return array.array("h", bytes(2 * samples(length_ms)))


def samples(length_ms: float) -> int:
    return round(length_ms * RATE / 1000)


def write_wav(path: Path, sound: Samples) -> None:
    data = array.array("h", sound)
    if sys.byteorder == "big":
        data.byteswap()
    with wave.open(str(path), "wb") as stream:
        stream.setnchannels(1)
        stream.setsampwidth(2)
        stream.setframerate(RATE)
        stream.writeframes(data.tobytes())


def with_times(text: str, starts: Sequence[int]) -> str:
    """The episode's text with each line's `sec` and `time` replaced, and nothing else."""
    head, separator, tail = text.partition("\ntranscript:\n")
    transcript, fence, body = tail.partition("\n---\n")
    if not separator or not fence:
        raise SystemExit("no transcript at the end of the front matter")
    left = list(starts)
    lines = transcript.split("\n")
    for number, line in enumerate(lines):
        if re.match(r"  sec: ", line):
            lines[number] = f"  sec: {seconds(left[0])}"
        elif re.match(r"  time: ", line):
            lines[number] = f"  time: {clock(left.pop(0))}"
    if left:
        raise SystemExit("every line with a speaker needs a `sec` and, below it, a `time`")
    return head + separator + "\n".join(lines) + fence + body


def seconds(start_ms: int) -> str:
    if start_ms % 1000 == 0:
        return str(start_ms // 1000)
    return f"{start_ms / 1000:.3f}".rstrip("0")


def clock(start_ms: int) -> str:
    """M:SS, in quotes where YAML 1.1 would read it as a number to base 60."""
    minutes, rest = divmod(start_ms // 1000, 60)
    return f"'{minutes}:{rest:02}'" if minutes else f"0:{rest:02}"


def front_matter(path: Path) -> dict[str, Any]:
    _, text, _ = path.read_text(encoding="utf-8").split("---\n", 2)
    front: dict[str, Any] = yaml.safe_load(text)
    return front


def offset_ms(front: dict[str, Any]) -> int:
    offset: float = front.get("audio", {}).get("offset", 0)
    return round(1000 * offset)


def episode_path(root: Path, plan: Plan) -> Path:
    return root / "episodes" / f"{plan.slug}.md"


def audio_path(root: Path, plan: Plan) -> Path:
    return root / "episodes" / "audio" / f"{plan.slug}{plan.suffix}"


if __name__ == "__main__":
    raise SystemExit(main())
