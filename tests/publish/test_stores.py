"""What all object stores do, each against a server that speaks its language."""

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from producer.publish.address import parse_address
from producer.publish.errors import PassingError, PublishError
from producer.publish.files import build_files
from producer.publish.headers import headers_of
from producer.publish.publication import prepare
from producer.publish.retry import Retry
from producer.publish.targets import Context, Target, open_target
from publish.faults import write_build
from publish.places import AZURITE_KEY, KEY, PLACES, Place, files_of

EPISODES = {"one": "first", "two": "second"}
MODULES = {"s3": "s3fs", "az": "adlfs", "gs": "gcsfs"}
AUDIO = "one/one-01234567.mp3"


@pytest.fixture(params=list(MODULES))
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """Each kind of store, with what the environment has to say of it."""
    (tmp_path / "place").mkdir()
    for place in PLACES[request.param](tmp_path / "place"):
        for name, value in place.env.items():
            monkeypatch.setenv(name, value)
        yield place


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "show" / "out"
    write_build(folder, EPISODES)
    return folder


def opened(address: str, out: Path) -> Target:
    return open_target(parse_address(address, out.parent), Context(root=out.parent, out=out))


def publish(target: Target, out: Path) -> None:
    prepare(target, build_files(out), keep_days=30, retry=Retry(waits_s=())).carry_out()


def test_objects_have_their_headers(store: Place, out: Path) -> None:
    assert store.told is not None
    publish(opened(store.target, out), out)
    for path in files_of(out):
        assert (path, *store.told(path)) == (path, *headers_of(path))
    # What is renamed keeps them.
    write_build(out, {**EPISODES, "one": "longer than before"})
    publish(opened(store.target, out), out)
    assert store.look() == files_of(out)
    assert store.told(AUDIO) == ("audio/mpeg", "public, max-age=31536000, immutable")


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")  # aiohttp's advice
def test_a_large_file_arrives_whole_and_is_known_again(store: Place, out: Path) -> None:
    """Sent in parts, as all send it; a lost state does not send it again, as its sum tells."""
    (out / AUDIO).write_bytes(os.urandom(17 << 20))
    target = opened(store.target, out)
    publish(target, out)
    assert store.look() == files_of(out)
    target.delete(".producer/published.json")
    assert prepare(opened(store.target, out), build_files(out), keep_days=30).plan.uploads == ()
    (out / AUDIO).write_bytes(os.urandom(17 << 20))
    again = prepare(opened(store.target, out), build_files(out), keep_days=30)
    assert [upload.file.path for upload in again.plan.uploads] == [AUDIO]


def test_documents_of_our_own(store: Place, out: Path) -> None:
    target, path = opened(store.target, out), ".producer/a.json"
    assert (target.read(path, 9), target.stat(path)) == (None, None)
    assert target.create(path, b"1")
    if not store.target.startswith("gs:"):  # the emulator knows no conditions
        assert not target.create(path, b"2")
        assert target.read(path, 9) == b"1"
    target.put_bytes(path, b"three")
    assert target.read(path, 9) == b"three"
    with pytest.raises(PublishError, match="larger than anything of its kind"):
        target.read(path, 4)
    target.delete(path)
    target.delete(path)
    assert target.read(path, 9) is None


def test_a_bucket_that_is_not_there(store: Place, out: Path) -> None:
    address = f"{store.target.partition(':')[0]}://nowhere/x"
    with pytest.raises(PublishError, match=f"^{address}: ") as raised:
        publish(opened(address, out), out)
    assert raised.value.hint == "is the bucket there?"


def test_another_key_of_azure_is_refused(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in PLACES["az"](tmp_path):
        for name, value in place.env.items():
            monkeypatch.setenv(name, value.replace("Eby8", "Abcd"))
        with pytest.raises(PublishError, match="authenticate") as raised:
            publish(opened(place.target, out), out)
        assert raised.value.hint is not None
        assert "AZURE_STORAGE_ACCOUNT_NAME" in raised.value.hint
        assert place.look() == {}


def test_azure_without_an_account(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("adlfs", reason="adlfs is not installed")
    for name in [name for name in os.environ if name.startswith("AZURE_")]:
        monkeypatch.delenv(name)
    with pytest.raises(PublishError, match="names no account that is known") as raised:
        opened("az://bucket/x", out)
    assert raised.value.hint is not None
    assert "AZURE_STORAGE_ACCOUNT_NAME" in raised.value.hint


@pytest.mark.parametrize("scheme", MODULES)
@pytest.mark.parametrize(
    ("status", "may_pass", "is_login"),
    [
        (400, False, False),
        (401, False, True),
        (403, False, True),
        (408, True, False),
        (429, True, False),
        (500, True, False),
        (502, True, False),
        (503, True, False),
    ],
)
def test_what_a_server_answers(
    scheme: str,
    status: int,
    *,
    may_pass: bool,
    is_login: bool,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another try helps, or another login does, or neither."""
    pytest.importorskip(MODULES[scheme], reason=f"{MODULES[scheme]} is not installed")
    wait = asyncio.sleep
    # The libraries wait between tries of their own.
    monkeypatch.setattr(asyncio, "sleep", lambda delay, *rest: wait(min(delay, 0.001), *rest))
    with answering(status) as url:
        account = f"AccountName=devstoreaccount1;AccountKey={AZURITE_KEY}"
        environment = {
            **KEY,
            "AWS_ENDPOINT_URL": url,
            "AWS_DEFAULT_REGION": "us-east-1",
            "STORAGE_EMULATOR_HOST": url,
            "AZURE_STORAGE_CONNECTION_STRING": (
                f"DefaultEndpointsProtocol=http;{account};BlobEndpoint={url}/devstoreaccount1;"
            ),
        }
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(PublishError) as raised:
            publish(opened(f"{scheme}://bucket/x", out), out)
    error = raised.value
    assert error.message.startswith(f"{scheme}://bucket/x: .producer/published.json: ")
    assert not error.message.endswith(": ")
    assert isinstance(error, PassingError) is may_pass
    assert (error.hint is not None) is is_login


def test_a_request_that_google_calls_invalid(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """gcsfs makes a ValueError of it, as if it were a mistake of ours."""
    pytest.importorskip("gcsfs", reason="gcsfs is not installed")
    with answering(400, b'{"error": {"code": 400, "message": "an invalid name"}}') as url:
        monkeypatch.setenv("STORAGE_EMULATOR_HOST", url)
        with pytest.raises(PublishError, match="an invalid name") as raised:
            publish(opened("gs://bucket/x", out), out)
    assert raised.value.hint is None


@contextmanager
def answering(status: int, body: bytes = b"") -> Iterator[str]:
    """The address of a server that has nothing but this to say."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = answer  # noqa: N815

        def log_message(self, *args: object) -> None:
            """Nothing to say."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
