"""A real server on a copy of the sample show, and a real browser."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import copy_sample

SLUG = "s01e01-a-podcast-in-a-git-repository"


@dataclass(frozen=True)
class Server:
    """A running preview: its show, its address with the token, and the address alone."""

    root: Path
    url: str
    process: subprocess.Popen[str]

    @property
    def origin(self) -> str:
        return self.url.partition("/?")[0]

    @property
    def token(self) -> str:
        return self.url.partition("token=")[2]

    @property
    def episode(self) -> Path:
        return self.root / "episodes" / f"{SLUG}.md"


def start(root: Path, *args: str) -> Server:
    binary = Path(sys.executable).with_name("producer")
    process = subprocess.Popen(
        [str(binary), "preview", "--port", "0", "--root", str(root), *args],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    if not url:
        pytest.fail(process.communicate(timeout=20)[1])
    return Server(root, url, process)


def stop(server: Server) -> None:
    """Ctrl-C: it must end at once, with 0 and without a word of a crash."""
    server.process.send_signal(signal.SIGINT)
    try:
        _, err = server.process.communicate(timeout=20)
    finally:
        server.process.kill()
    assert server.process.returncode == 0, err
    assert "Traceback" not in err, err
    assert "rror" not in err, err


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """The sample show, before anybody marked a clip in it."""
    root = copy_sample(tmp_path / "show")
    episode = root / "episodes" / f"{SLUG}.md"
    text = episode.read_text("utf-8")
    before, marks, rest = text.partition("soundbites:\n")
    assert marks
    episode.write_text(before + rest[rest.index("transcript:\n") :], "utf-8")
    return root


@pytest.fixture
def server(sample: Path) -> Iterator[Server]:
    started = start(sample)
    yield started
    stop(started)


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """For tests that change nothing."""
    started = start(copy_sample(tmp_path_factory.mktemp("preview") / "show"))
    yield started
    stop(started)


@dataclass
class Visit:
    """A page, with all that it said and asked for; `close` judges both."""

    page: Any
    said: list[str]
    asked: list[str]
    expected: tuple[str, ...] = ()


@pytest.fixture
def visit(browser: Any) -> Iterator[Any]:
    """Opens an episode. At the end: nothing on the console, no request to another machine."""
    visits: list[Visit] = []

    def open_episode(server: Server, slug: str = SLUG, **options: Any) -> Visit:
        context = browser.new_context(
            viewport=options.pop("viewport", {"width": 1280, "height": 860}), **options
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.origin)
        made = Visit(context.new_page(), [], [])
        made.page.on("console", lambda message: made.said.append(message.text))
        made.page.on("pageerror", lambda error: made.said.append(str(error)))
        made.page.on("request", lambda request: made.asked.append(request.url))
        made.page.on("dialog", lambda dialog: made.said.append(f"dialog: {dialog.message}"))
        visits.append(made)
        made.page.goto(f"{server.url}#/{slug}")
        return made

    yield open_episode
    for each in visits:
        said = [text for text in each.said if not any(part in text for part in each.expected)]
        assert said == []
        origin = each.page.url.partition("/#")[0].rstrip("/")
        assert [url for url in each.asked if not url.startswith((origin, "data:"))] == []
        each.page.context.close()
