"""Real servers on the loopback to publish to, each with a way to see what lies there."""

import getpass
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
from conftest import PROJECT

DEADLINE_S = 20
Files = dict[str, bytes]


@dataclass(frozen=True)
class Place:
    """A target: its name, what the environment has to say, and what lies there."""

    target: str
    look: Callable[[], Files]
    env: dict[str, str] = field(default_factory=dict)
    is_ordered: bool = True
    """Whether the feed can be there before the rest."""
    told: Callable[[str], tuple[str, str]] | None = None
    """The type and the cache-control of a file, where they are kept."""


def files_of(folder: Path) -> Files:
    """What a folder holds, without what begins with a dot."""
    found = {p.relative_to(folder): p for p in folder.rglob("*") if p.is_file()}
    return {
        path.as_posix(): file.read_bytes()
        for path, file in found.items()
        if not any(part.startswith(".") for part in path.parts)
    }


def published_of(build: Path) -> Files:
    """What of a build others should see: no drafts, and each recording once."""
    return {
        path: data
        for path, data in files_of(build).items()
        if path.split("/")[1:2] != ["share"] and not re.fullmatch(r"([^/]+)/\1\.(mp3|m4a)", path)
    }


def program(name: str) -> str:
    """The path of a program, which may be one for administrators; the test is skipped without."""
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if path is None:
        pytest.skip(f"{name} is not installed: tools/install_for_tests.sh does that")
    return path


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """A server from when it listens until the end."""
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            end = time.monotonic() + DEADLINE_S
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert process.poll() is None, log.read_text()
                    assert time.monotonic() < end, log.read_text()
                    time.sleep(0.02)
            yield
        finally:
            process.terminate()
            process.wait(DEADLINE_S)


def folder(tmp_path: Path) -> Iterator[Place]:
    place = tmp_path / "www"
    yield Place(str(place), lambda: files_of(place))


BUCKET = "workbench"
# Known to everybody, and documented.
AZURITE_KEY = (
    "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
)
KEY = {"AWS_ACCESS_KEY_ID": "AKIATESTTESTTEST", "AWS_SECRET_ACCESS_KEY": "not-a-secret-at-all"}


def s3(tmp_path: Path) -> Iterator[Place]:
    """An S3 server; boto3 looks at it with other code than that which sends."""
    server_module = pytest.importorskip("moto.server", reason="moto[server] is not installed")
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    import boto3

    server = server_module.ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}"
        client = boto3.client(
            "s3",
            endpoint_url=url,
            region_name="us-east-1",
            aws_access_key_id=KEY["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEY["AWS_SECRET_ACCESS_KEY"],
        )
        # Servers of one process share what they hold.
        with requests.Session() as session:
            session.trust_env = False
            session.post(f"{url}/moto-api/reset").raise_for_status()
        client.create_bucket(Bucket=BUCKET)

        def look() -> Files:
            found = {}
            for page in client.get_paginator("list_objects_v2").paginate(Bucket=BUCKET):
                for entry in page.get("Contents", ()):
                    name = entry["Key"].removeprefix("podcast/")
                    if not any(part.startswith(".") for part in name.split("/")):
                        body = client.get_object(Bucket=BUCKET, Key=entry["Key"])["Body"]
                        with body:
                            found[name] = body.read()
            return found

        def told(path: str) -> tuple[str, str]:
            said = client.head_object(Bucket=BUCKET, Key=f"podcast/{path}")
            return said["ContentType"], said["CacheControl"]

        env = {**KEY, "AWS_ENDPOINT_URL": url, "AWS_DEFAULT_REGION": "us-east-1"}
        yield Place(f"s3://{BUCKET}/podcast", look, env, told=told)
        client.close()
    finally:
        server.stop()


def az(tmp_path: Path) -> Iterator[Place]:
    """Azurite, Microsoft's own emulator of blobs, with the account that it always has."""
    pytest.importorskip("adlfs", reason="adlfs is not installed")
    from azure.storage.blob import BlobServiceClient

    azurite = PROJECT / ".clients/node_modules/azurite/dist/src/blob/main.js"
    if not azurite.is_file():
        pytest.skip("Azurite is not installed: tools/install_for_tests.sh does that")
    port = free_port()
    options = ("--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent")
    command = [program("node"), str(azurite), "--blobPort", str(port), *options]
    login = (
        f"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={AZURITE_KEY};"
        f"BlobEndpoint=http://127.0.0.1:{port}/devstoreaccount1;"
    )
    with (
        running(command, port, tmp_path / "log"),
        BlobServiceClient.from_connection_string(login) as service,
    ):
        container = service.create_container(BUCKET)

        def look() -> Files:
            return {
                name.removeprefix("podcast/"): container.download_blob(name).readall()
                for name in container.list_blob_names()
                if not any(part.startswith(".") for part in name.split("/"))
            }

        def told(path: str) -> tuple[str, str]:
            blob = container.get_blob_client(f"podcast/{path}")
            said = blob.get_blob_properties().content_settings
            return str(said.content_type), str(said.cache_control)

        env = {"AZURE_STORAGE_CONNECTION_STRING": login}
        yield Place(f"az://{BUCKET}/podcast", look, env, told=told)


def gs(tmp_path: Path) -> Iterator[Place]:
    """An emulator of Google Cloud Storage, looked at through its JSON."""
    emulator = pytest.importorskip(
        "gcp_storage_emulator.server", reason="gcp-storage-emulator is not installed"
    )
    pytest.importorskip("gcsfs", reason="gcsfs is not installed")
    # Google keeps the parameters of a type; the emulator would not.
    emulator.BytesParser = lambda: BytesParser(_TypedMessage)
    port = free_port()
    server = emulator.create_server("127.0.0.1", port, in_memory=True, default_bucket=BUCKET)
    with server, requests.Session() as session:
        session.trust_env = False
        url = f"http://127.0.0.1:{port}"

        def look() -> Files:
            listed = session.get(f"{url}/storage/v1/b/{BUCKET}/o").json().get("items", ())
            return {
                item["name"].removeprefix("podcast/"): session.get(item["mediaLink"]).content
                for item in listed
                if not any(part.startswith(".") for part in item["name"].split("/"))
            }

        def told(path: str) -> tuple[str, str]:
            name = quote(f"podcast/{path}", safe="")
            said = session.get(f"{url}/storage/v1/b/{BUCKET}/o/{name}").json()
            return said["contentType"], said["cacheControl"]

        yield Place(f"gs://{BUCKET}/podcast", look, {"STORAGE_EMULATOR_HOST": url}, told=told)


class _TypedMessage(Message):
    def get_content_type(self) -> str:
        return str(self["Content-Type"] or super().get_content_type())


def sftp(tmp_path: Path) -> Iterator[Place]:
    """OpenSSH's server as who we are, with a home of the client's own."""
    pytest.importorskip("paramiko", reason="paramiko is not installed")
    home, place = tmp_path / "home", tmp_path / "www"
    with sshd(tmp_path, home) as port:
        user = getpass.getuser()
        target = f"sftp://{user}@127.0.0.1:{port}{place}"
        yield Place(target, lambda: files_of(place), {"HOME": str(home)})


@contextmanager
def sshd(tmp_path: Path, home: Path) -> Iterator[int]:
    """The port of a server that lets in the key in `home`, which knows the server's."""
    server, keygen = program("sshd"), program("ssh-keygen")
    ssh = home / ".ssh"
    ssh.mkdir(parents=True, mode=0o700)
    config = tmp_path / "sshd"
    config.mkdir()
    for key in (config / "host", ssh / "id_ed25519"):
        subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (config / "authorized_keys").write_bytes((ssh / "id_ed25519.pub").read_bytes())
    port = free_port()
    public = (config / "host.pub").read_text()
    (ssh / "known_hosts").write_text(f"[127.0.0.1]:{port} {public}")
    (config / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {config}/host\nPidFile none\n"
        f"AuthorizedKeysFile {config}/authorized_keys\nStrictModes no\nUsePAM no\n"
        "PasswordAuthentication no\nKbdInteractiveAuthentication no\n"
        "PermitRootLogin prohibit-password\nSubsystem sftp internal-sftp\n"
    )
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    command = [server, "-D", "-e", "-f", str(config / "sshd_config")]
    with running(command, port, config / "log"):
        yield port


def git(tmp_path: Path) -> Iterator[Place]:
    """A bare repository with a branch that is not ours alone."""
    git_program = program("git")
    bare = tmp_path / "pages.git"
    env = {
        "HOME": str(tmp_path),
        "GIT_CONFIG_NOSYSTEM": "1",
        "XDG_CONFIG_HOME": str(tmp_path),
    }

    def run(*args: str) -> bytes:
        whole = [git_program, "--git-dir", str(bare), *args]
        return subprocess.run(
            whole, env={**os.environ, **env}, capture_output=True, check=True
        ).stdout

    subprocess.run([git_program, "init", "--quiet", "--bare", str(bare)], check=True)

    def look() -> Files:
        names = run("ls-tree", "-r", "-z", "--name-only", "gh-pages").split(b"\0")
        paths = [name.decode() for name in names if name and not name.startswith(b".")]
        return {path: run("cat-file", "blob", f"gh-pages:{path}") for path in paths}

    yield Place(f"git+file://{bare}#gh-pages", look, env, is_ordered=False)


def rsync(tmp_path: Path) -> Iterator[Place]:
    """rsync's daemon."""
    server = program("rsync")
    place = tmp_path / "www"
    place.mkdir()
    port = free_port()
    config = tmp_path / "rsyncd.conf"
    config.write_text(
        f"port = {port}\naddress = 127.0.0.1\nuse chroot = no\npid file = {tmp_path}/rsyncd.pid\n"
        f"[podcast]\npath = {place}\nread only = no\n"
        + ("uid = root\ngid = root\n" if os.getuid() == 0 else "")
    )
    command = [server, "--daemon", "--no-detach", f"--config={config}"]
    with running(command, port, tmp_path / "log"):
        yield Place(f"rsync://127.0.0.1:{port}/podcast", lambda: files_of(place))


PLACES = {
    "folder": folder,
    "s3": s3,
    "az": az,
    "gs": gs,
    "sftp": sftp,
    "git": git,
    "rsync": rsync,
}
