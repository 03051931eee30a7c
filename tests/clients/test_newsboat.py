"""newsboat subscribes, podboat downloads: every enclosure arrives byte for byte."""

import fcntl
import os
import pty
import select
import shutil
import sqlite3
import struct
import subprocess
import termios
import time
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from clients.published import Served
from clients.server import Request

DEADLINE_S = 30
_UP, _DOWN = b"\x1bOA", b"\x1bOB"
_CONFIG = """
podcast-auto-enqueue yes
download-path "{downloads}"
"""


class Newsboat:
    """newsboat and podboat with a home of their own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.downloads = home / "downloads"
        self.downloads.mkdir()
        self.queue = home / ".newsboat" / "queue"
        self.queue.parent.mkdir()
        (home / "config").write_text(_CONFIG.format(downloads=f"{self.downloads}/"))
        dropped = ("XDG_CONFIG_HOME", "XDG_DATA_HOME")
        kept = {key: value for key, value in os.environ.items() if key not in dropped}
        kept |= {"TERM": "xterm", "LC_ALL": "C.UTF-8"}
        self.env = {**kept, "HOME": str(home), "NO_PROXY": "*", "no_proxy": "*"}

    def reload(self, feed_url: str) -> str:
        """Subscribe to a feed, load it, and say what newsboat says of it."""
        (self.home / "urls").write_text(f"{feed_url}\n")
        command = ["newsboat", "-C", "config", "-u", "urls", "-c", "cache.db"]
        done = subprocess.run(
            [*command, "-x", "reload", "print-unread"],
            cwd=self.home,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=DEADLINE_S,
            check=True,
        )
        return done.stdout.decode()

    def podboat(self, until: Callable[[], bool]) -> None:
        """Download what is queued, on a terminal, since podboat needs one; then press q.

        What is new is downloaded by itself (`-a`). What was begun wants a key: d, on each row. It
        is pressed when nothing goes on, since podboat would load a file twice, into one.
        """
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        rows = len(self.queue.read_text().splitlines())
        keys = [b"d", *[_DOWN, b"d"] * (rows - 1), *[_UP] * (rows - 1)]
        command = ["podboat", "-C", "config", "-q", str(self.queue), "-a"]
        with subprocess.Popen(
            command, cwd=self.home, env=self.env, stdin=theirs, stdout=theirs, stderr=theirs
        ) as process:
            os.close(theirs)
            try:
                end = time.monotonic() + DEADLINE_S
                before = None
                while not until() and process.poll() is None and time.monotonic() < end:
                    _drain(ours, until, seconds=2)
                    loaded = self._loaded()
                    for key in keys:
                        if loaded == before and not until():
                            os.write(ours, key)
                        _drain(ours, until, seconds=0.1)
                    before = loaded
                os.write(ours, b"q")
                _drain(ours, lambda: process.poll() is not None, seconds=DEADLINE_S)
            finally:
                process.kill()
                os.close(ours)
        assert process.returncode == 0

    def _loaded(self) -> list[tuple[str, int]]:
        with os.scandir(self.downloads) as entries:
            return sorted((entry.name, entry.stat().st_size) for entry in entries)


def _drain(terminal: int, until: Callable[[], bool], seconds: float) -> None:
    """Take what a program draws until something is so: it waits while nobody looks."""
    end = time.monotonic() + seconds
    while not until() and time.monotonic() < end:
        if select.select([terminal], [], [], 0.05)[0]:
            with suppress(OSError):  # EIO: the program has gone
                os.read(terminal, 1 << 16)


@pytest.fixture
def newsboat(tmp_path: Path) -> Newsboat:
    for program in ("newsboat", "podboat"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    return Newsboat(tmp_path)


def test_every_item_is_read(served: Served, newsboat: Newsboat) -> None:
    assert newsboat.reload(served.feed_url) == f"{len(served.items)} unread articles\n"
    columns = "guid, title, url, enclosure_url, enclosure_type, pubDate, feedurl"
    with closing(sqlite3.connect(newsboat.home / "cache.db")) as cache:
        rows = cache.execute(f"SELECT {columns} FROM rss_item ORDER BY pubDate DESC").fetchall()
    assert rows == [
        (
            item.guid,
            item.title,
            served.url(item.slug, ""),
            served.enclosure(item)[0],
            item.media_type,
            datetime.fromisoformat(item.published).replace(tzinfo=UTC).timestamp(),
            served.feed_url,
        )
        for item in served.items
    ]


@pytest.mark.parametrize("begun_bytes", [0, 100_000])
def test_every_enclosure_arrives(served: Served, newsboat: Newsboat, begun_bytes: int) -> None:
    newsboat.reload(served.feed_url)
    audio = {path.name: path.read_bytes() for path in map(served.audio, served.items)}
    for name, data in audio.items():
        # What podboat leaves behind when it is stopped, and goes on with.
        if begun_bytes:
            (newsboat.downloads / f"{name}.part").write_bytes(data[:begun_bytes])
    served.server.requests.clear()

    def arrived() -> bool:
        return {path.name for path in newsboat.downloads.iterdir()} == set(audio)

    newsboat.podboat(until=arrived)
    loaded = {path.name: path.read_bytes() for path in newsboat.downloads.iterdir()}
    assert {name: len(data) for name, data in loaded.items()} == {
        name: len(data) for name, data in audio.items()
    }
    assert loaded == audio
    asked, status = (f"bytes={begun_bytes}-", 206) if begun_bytes else ("", 200)
    expected = {
        Request("GET", f"/{item.slug}/{served.audio(item).name}", asked, status)
        for item in served.items
    }
    assert set(served.server.requests) == expected
