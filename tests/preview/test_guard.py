"""Who is let in, what is served, and what is not."""

import os
from pathlib import Path

import pytest
from conftest import Run, copy_sample

from preview.client import PORT, TOKEN, client_of
from preview.conftest import SLUG
from producer.preview.guard import is_loopback
from producer.preview.places import inside

ADDRESSES = (
    "/",
    "/static/main.js",
    "/api/show",
    "/api/events",
    f"/api/episodes/{SLUG}",
    f"/media/{SLUG}",
    "/build/index.html",
    "/nowhere",
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_sample(tmp_path_factory.mktemp("guard") / "show")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("token", ["", "wrong", "the-tokeñ", TOKEN.upper()])
def test_nothing_without_the_token(root: Path, address: str, token: str) -> None:
    client = client_of(root, token="")
    headers = {"X-Producer-Token": token.encode()} if token else {}
    assert client.get(address, headers=headers).status_code == 403
    cookie = {"Cookie": f"producer-preview-{PORT}={token}".encode()}
    assert client.get(address, headers=cookie).status_code == 403
    query = client.get(address, params={"token": token} if token else {})
    assert query.status_code == 403


def test_the_address_with_the_token_sets_a_cookie_and_hides_the_token(root: Path) -> None:
    client = client_of(root, token="")
    answer = client.get("/", params={"token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert answer.headers["set-cookie"] == (
        f"producer-preview-{PORT}={TOKEN}; HttpOnly; Path=/; SameSite=strict"
    )
    assert client.get("/").status_code == 200
    # Only there: no other address takes a token in its query.
    other = client_of(root, token="")
    assert other.get("/api/show", params={"token": TOKEN}).status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", f"127.0.0.1:{PORT + 1}", "", "["]
)
def test_a_foreign_host_is_refused(root: Path, host: str) -> None:
    answer = client_of(root).get("/api/show", headers={"Host": host})
    assert answer.status_code == 421


@pytest.mark.parametrize("host", [f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_every_name_of_loopback_is_its_own(root: Path, host: str) -> None:
    assert client_of(root).get("/api/show", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"https://127.0.0.1:{PORT}"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_origin_is_refused(root: Path, origin: str, method: str) -> None:
    answer = client_of(root).request(
        method, f"/api/episodes/{SLUG}/undo", headers={"Origin": origin}, json={"digest": ""}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_requests_that_another_page_makes_are_refused(root: Path, site: str) -> None:
    client = client_of(root)
    for mode in ("no-cors", "cors"):
        headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
        assert client.get(f"/media/{SLUG}", headers=headers).status_code == 403
    posted = client.post("/", headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "navigate"})
    assert posted.status_code == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_refused(root: Path, method: str) -> None:
    assert client_of(root).request(method, "/api/show").status_code == 405


def test_every_answer_carries_the_policy(root: Path) -> None:
    client = client_of(root)
    for address in (*ADDRESSES, "/api/episodes/none"):
        if address == "/api/events":
            continue
        headers = client.get(address).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'"), address
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in headers
    page = client.get("/").headers["content-security-policy"]
    assert "unsafe" not in page
    assert "require-trusted-types-for 'script'" in page


def test_every_page_has_its_own_nonce(root: Path) -> None:
    client = client_of(root)
    policies = {client.get("/").headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


@pytest.fixture
def trap(sample: Path, tmp_path: Path) -> Path:
    """A show with links that lead out of it, beside a secret."""
    secret = tmp_path / "secret.mp3"
    secret.write_bytes(b"secret")
    (tmp_path / "secret.md").write_text("---\ntitle: secret\n---\n", "utf-8")
    (sample / "build").mkdir()
    (sample / "build" / "index.html").write_text("fine", "utf-8")
    (sample / "build" / "link.html").symlink_to(secret)
    (sample / "build" / "folder").symlink_to(tmp_path)
    (sample / "build" / ".producer").mkdir()
    (sample / "build" / ".producer" / "manifest.json").write_text("{}", "utf-8")
    (sample / "episodes" / "linked.md").symlink_to(tmp_path / "secret.md")
    audio = sample / "episodes" / "audio" / f"{SLUG}.mp3"
    real = audio.read_bytes()
    audio.unlink()
    (tmp_path / "outside.mp3").write_bytes(real)
    audio.symlink_to(tmp_path / "outside.mp3")
    return sample


def test_nothing_outside_of_the_show_is_served(trap: Path) -> None:
    client = client_of(trap)
    assert client.get("/build/").text == "fine"
    for path in (
        "link.html",
        "folder/secret.mp3",
        "../podcast.yaml",
        "..%2fpodcast.yaml",
        "%2e%2e/podcast.yaml",
        "%2e%2e%2f%2e%2e%2fsecret.mp3",
        ".producer/manifest.json",
        "/etc/passwd",
        "%00",
        "a" * 5000,
    ):
        answer = client.get(f"/build/{path}")
        assert answer.status_code == 404, path
        assert "secret" not in answer.text
    for path in ("../app.py", "%2e%2e/app.py", "..%2fapp.py", "vendor/../../app.py"):
        assert client.get(f"/static/{path}").status_code == 404
    answer = client.get("/api/episodes/linked")
    assert answer.status_code == 404
    assert "outside" in answer.json()["error"]
    view = client.get(f"/api/episodes/{SLUG}").json()
    assert view["media"] is None
    assert "outside of the show's folder" in view["why_no_audio"]
    assert client.get(f"/media/{SLUG}").status_code == 404
    assert client.get(f"/api/episodes/{SLUG}/peaks").status_code == 404


@pytest.mark.parametrize("named", ["../../../etc/passwd", "/etc/passwd", "../secret.mp3"])
def test_a_named_sound_file_elsewhere_is_not_served(sample: Path, named: str) -> None:
    (sample.parent / "secret.mp3").write_bytes(
        (sample / "episodes" / "audio" / f"{SLUG}.mp3").read_bytes()
    )
    path = sample / "episodes" / f"{SLUG}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("transcript:", f"audio:\n  file: {named}\ntranscript:"), "utf-8")
    assert client_of(sample).get(f"/media/{SLUG}").status_code == 404


@pytest.mark.parametrize("slug", ["%2e%2e", "%2e%2e%2fpodcast", "_template", "x" * 3000, "%00"])
def test_no_slug_leads_elsewhere(root: Path, slug: str) -> None:
    client = client_of(root)
    for address in (f"/media/{slug}", f"/api/episodes/{slug}"):
        assert client.get(address).status_code == 404


def test_only_regular_files_are_inside(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert inside(tmp_path, tmp_path / "file") == (tmp_path / "file").resolve()
    for name in ("pipe", "loop", "none", ".", "a\0b"):
        assert inside(tmp_path, tmp_path / name) is None


def test_the_sound_comes_in_parts(root: Path) -> None:
    client = client_of(root)
    data = (root / "episodes" / "audio" / f"{SLUG}.mp3").read_bytes()
    whole = client.get(f"/media/{SLUG}")
    assert (whole.content, whole.headers["content-type"]) == (data, "audio/mpeg")
    assert whole.headers["accept-ranges"] == "bytes"
    part = client.get(f"/media/{SLUG}", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, data[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(data)}"
    tail = client.get(f"/media/{SLUG}", headers={"Range": "bytes=-5"})
    assert tail.content == data[-5:]
    beyond = client.get(f"/media/{SLUG}", headers={"Range": f"bytes={len(data)}-"})
    assert beyond.status_code == 416
    assert client.head(f"/media/{SLUG}").headers["content-length"] == str(len(data))


def test_loopback_addresses() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.9.10", "::1", "localhost")))
    others = ("0.0.0.0", "::", "192.168.1.2", "example.org", "", "127.0.0.1.example.org")
    assert not any(map(is_loopback, others))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "example.org"])
def test_the_command_listens_on_loopback_only(sample: Path, producer: Run, host: str) -> None:
    result = producer("preview", "--root", sample, "--host", host, "--port", "0")
    assert (result.status, result.out) == (2, "")
    assert "this machine alone" in result.err


def test_a_port_in_use_is_said(sample: Path, producer: Run) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = producer("preview", "--root", sample, "--port", port)
    assert result.status == 2
    assert "cannot listen" in result.err
    assert "--port 0" in result.err


def test_ctrl_c_ends_it_at_once_whatever_it_does(sample: Path) -> None:
    import urllib.request

    from preview.conftest import start, stop

    server = start(sample)
    request = urllib.request.Request(
        f"{server.origin}/api/events", headers={"X-Producer-Token": server.token}
    )
    with urllib.request.urlopen(request, timeout=10) as stream:
        assert stream.readline() == b"retry: 1000\n"
        stop(server)
