"""The server that the clients load from: were it wrong, they would prove nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from clients.server import Request, Server, serve

DATA = bytes(range(100))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "*")
    (tmp_path / "a.mp3").write_bytes(DATA)
    with serve(tmp_path) as server:
        yield server


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", (200, DATA, None)),
        ("bytes=0-", (206, DATA, "bytes 0-99/100")),
        ("bytes=40-", (206, DATA[40:], "bytes 40-99/100")),
        ("bytes=40-59", (206, DATA[40:60], "bytes 40-59/100")),
        ("bytes=40-999", (206, DATA[40:], "bytes 40-99/100")),
        ("bytes=-10", (206, DATA[-10:], "bytes 90-99/100")),
        ("bytes=100-", (416, b"", "bytes */100")),
        ("lines=1-2", (200, DATA, None)),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_whole_files_and_ranges(
    server: Server, method: str, asked: str, expected: tuple[int, bytes, str | None]
) -> None:
    status, body, content_range = expected
    headers = {"Range": asked, "Accept-Encoding": "identity"}
    answer = requests.request(method, f"{server.url}/a.mp3", headers=headers, timeout=10)
    assert answer.status_code == status
    assert answer.headers["Content-Length"] == str(len(body))
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers.get("Content-Range") == content_range
    assert answer.content == (body if method == "GET" else b"")
    assert server.requests == [Request(method, "/a.mp3", asked, status)]


def test_what_is_not_there(server: Server) -> None:
    assert requests.get(f"{server.url}/b.mp3", timeout=10).status_code == 404
