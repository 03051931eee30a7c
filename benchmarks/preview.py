"""How fast the preview page opens and scrolls: an hour of talk, 60 MB of audio, a warm cache.

    python benchmarks/preview.py [--lines 1200] [--minutes 60] [--keep DIR]

Needs Chromium (tools/install_for_tests.sh) and playwright (the `test` extra). The numbers are the
browser's own performance entries; the episode and its sound are made up for it.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av
import numpy as np
from playwright.sync_api import Page, sync_playwright

KBPS = 133  # an hour of it is 60 MB
WORDS = [
    "we",
    "keep",
    "every",
    "word",
    "of",
    "it",
    "in",
    "one",
    "file",
    "and",
    "nothing",
    "is",
    "lost",
    "when",
    "somebody",
    "moves",
    "a",
    "line",
]

# Frames while the transcript is scrolled through, and the longest task meanwhile.
SCROLL = """async () => {
    const tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => e.duration)))
        .observe({ type: 'longtask' });
    const frames = [];
    let last = performance.now();
    const end = document.documentElement.scrollHeight - innerHeight;
    const started = performance.now();
    await new Promise((resolve) => {
        const step = (now) => {
            frames.push(now - last);
            last = now;
            const part = (now - started) / 4000;
            scrollTo(0, end * part);
            if (part < 1) requestAnimationFrame(step);
            else resolve();
        };
        requestAnimationFrame(step);
    });
    frames.sort((a, b) => a - b);
    const at = (part) => frames[Math.min(frames.length - 1, Math.floor(frames.length * part))];
    return { frames: frames.length, median: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1),
             tasks: tasks.length, longest: Math.max(0, ...tasks), height: end };
}"""


def make_show(root: Path, minutes: int, lines: int) -> None:
    """One episode with noise in bursts as its sound, and a line every few seconds."""
    rng = random.Random(1)
    audio = root / "episodes" / "audio" / "hour.mp3"
    audio.parent.mkdir(parents=True)
    seconds = minutes * 60
    make_sound(audio, seconds)
    (root / "podcast.yaml").write_text("title: Benchmark\n", encoding="utf-8")
    rows = ["---", "title: An hour of talk", "transcript:"]
    for number in range(lines):
        start = number * seconds // lines
        if number % 60 == 0:
            rows.append(f"- header: Part {number // 60 + 1}")
        words = " ".join(rng.choices(WORDS, k=rng.randint(5, 45)))
        rows += [
            f"- line: {words}",
            f"  sec: {start}",
            f"  who: {'Ada' if number % 2 else 'Grace'}",
        ]
    (root / "episodes" / "hour.md").write_text("\n".join([*rows, "---", ""]), encoding="utf-8")


def make_sound(path: Path, seconds: int) -> None:
    """MP3 of noise whose loudness rises and falls, so that there is something to draw."""
    rng = np.random.default_rng(1)
    rate = 44_100
    with av.open(str(path), "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate, layout="stereo")
        stream.bit_rate = KBPS * 1000
        for second in range(seconds):
            level = 12_000 * abs(np.sin(second * 0.7)) * (second % 11 != 0)
            noise = (rng.standard_normal((2, rate)) * level * 0.4).clip(-32767, 32767)
            frame = av.AudioFrame.from_ndarray(
                noise.astype(np.int16), format="s16p", layout="stereo"
            )
            frame.sample_rate = rate
            for packet in stream.encode(frame):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)


def opening(page: Page, url: str) -> dict[str, float]:
    """Milliseconds from the start of the navigation to what the page marks itself."""
    page.goto(f"{url}#/hour")
    page.locator(".row.line").first.wait_for(timeout=300_000)
    for _ in range(600):
        if page.evaluate("performance.getEntriesByName('episode-drawn').length"):
            break
        page.wait_for_timeout(50)
    found: dict[str, float] = {}
    for kind in ("paint", "mark"):
        found |= page.evaluate(
            "kind => Object.fromEntries("
            "performance.getEntriesByType(kind).map((e) => [e.name, e.startTime]))",
            kind,
        )
    return found


def main() -> int:
    """Make the show, open it three times, scroll through it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=1200)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="make the show there, or use the one that is")
    arguments = parser.parse_args()
    chromium = shutil.which("chromium")
    if chromium is None:
        print("there is no chromium: tools/install_for_tests.sh", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        root = arguments.keep or Path(folder)
        if not (root / "podcast.yaml").is_file():
            make_show(root, arguments.minutes, arguments.lines)
        size = (root / "episodes" / "audio" / "hour.mp3").stat().st_size
        print(f"{arguments.minutes} minutes, {size / 1e6:.0f} MB, {arguments.lines} lines\n")
        binary = Path(sys.executable).with_name("producer")
        command = [binary, "preview", "--port", "0", "--root", root]
        for name in ("cold (the sound is decoded)", "warm, server restarted", "warm"):
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            assert process.stdout is not None
            url = process.stdout.readline().strip()
            time.sleep(0.5)
            try:
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(
                        executable_path=chromium, args=["--no-sandbox"]
                    )
                    page = browser.new_page(viewport={"width": 1280, "height": 860})
                    found = opening(page, url)
                    if name == "warm":
                        page.reload()
                        found = opening(page, url)
                    times = ", ".join(f"{each} {ms:.0f} ms" for each, ms in found.items())
                    print(f"- {name}: {times}")
                    if name == "warm":
                        scrolled = page.evaluate(SCROLL)
                        print(
                            "- scrolling through {height:.0f} px: {frames} frames, "
                            "median {median:.1f} ms, p95 {p95:.1f}, p99 {p99:.1f}, "
                            "worst {worst:.1f}; {tasks} long tasks, "
                            "longest {longest:.0f} ms".format(**scrolled)
                        )
                    browser.close()
            finally:
                process.terminate()
                process.wait(10)
    return 0


if __name__ == "__main__":
    sys.exit(main())
