"""What each kind of target has of its own: refused logins, branches, parts, hosts."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import Run

from producer.publish.address import parse_address
from producer.publish.errors import PublishError
from producer.publish.files import build_files
from producer.publish.publication import prepare
from producer.publish.retry import Retry
from producer.publish.targets import Context, Target, open_target
from publish.faults import write_build
from publish.places import BUCKET, Place, files_of, git, program, rsync, s3, sftp

EPISODES = {"one": "first", "two": "second"}


def opened(place: Place, out: Path, monkeypatch: pytest.MonkeyPatch, **options: bool) -> Target:
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    for name, value in place.env.items():
        monkeypatch.setenv(name, value)
    context = Context(root=out.parent, out=out, **options)
    return open_target(parse_address(place.target, out.parent), context)


def publish(target: Target, out: Path) -> None:
    prepare(target, build_files(out), keep_days=30, retry=Retry(waits_s=())).carry_out()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "show" / "out"
    write_build(folder, EPISODES)
    return folder


@pytest.fixture
def s3_place(tmp_path: Path) -> Iterator[Place]:
    yield from s3(tmp_path)


@pytest.fixture
def git_place(tmp_path: Path) -> Iterator[Place]:
    yield from git(tmp_path)


@pytest.fixture
def sftp_place(tmp_path: Path) -> Iterator[Place]:
    yield from sftp(tmp_path)


@pytest.fixture
def rsync_place(tmp_path: Path) -> Iterator[Place]:
    yield from rsync(tmp_path)


def test_a_large_file_goes_in_parts(
    s3_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two parts and a bit; lost states do not send it again, as the ETag tells."""
    (out / "one" / "one-01234567.mp3").write_bytes(os.urandom(17 << 20))
    publish(opened(s3_place, out, monkeypatch), out)
    assert s3_place.look() == files_of(out)
    import boto3

    client = boto3.client("s3", endpoint_url=s3_place.env["AWS_ENDPOINT_URL"])
    said = client.head_object(Bucket=BUCKET, Key="podcast/one/one-01234567.mp3")
    assert said["ETag"].strip('"').endswith("-3")
    client.delete_object(Bucket=BUCKET, Key="podcast/.producer/published.json")
    target = opened(s3_place, out, monkeypatch)
    assert prepare(target, build_files(out), keep_days=30).plan.uploads == ()
    client.close()


def test_wrong_keys(s3_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """moto looks at keys once it is told to."""
    import requests

    publish(opened(s3_place, out, monkeypatch), out)
    before = s3_place.look()
    url = s3_place.env["AWS_ENDPOINT_URL"]
    write_build(out, {**EPISODES, "three": "third"})
    with requests.Session() as session:
        session.trust_env = False
        session.post(f"{url}/moto-api/reset-auth", data=b"0").raise_for_status()
        try:
            with pytest.raises(PublishError) as raised:
                publish(opened(s3_place, out, monkeypatch), out)
        finally:
            session.post(f"{url}/moto-api/reset-auth", data=b"inf").raise_for_status()
    assert raised.value.hint is not None
    assert "credentials" in raised.value.hint
    assert s3_place.env["AWS_ACCESS_KEY_ID"] not in raised.value.message
    assert s3_place.look() == before


def test_no_keys_at_all(out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    target = open_target(parse_address("s3://b/x", out), Context(root=out.parent, out=out))
    with pytest.raises(PublishError):
        publish(target, out)


def test_another_key_is_refused(
    sftp_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Path(sftp_place.env["HOME"]) / ".ssh" / "id_ed25519"
    publish(opened(sftp_place, out, monkeypatch), out)
    before = sftp_place.look()
    write_build(out, {**EPISODES, "three": "third"})
    key.unlink()
    subprocess.run(
        [program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", key],
        input=b"y\n",
        check=True,
    )
    with pytest.raises(PublishError, match="the server refuses the login") as raised:
        publish(opened(sftp_place, out, monkeypatch), out)
    assert "PRODUCER_SFTP_PASSWORD" in str(raised.value.hint)
    assert sftp_place.look() == before


def test_a_server_that_is_not_known(
    sftp_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Path(sftp_place.env["HOME"]) / ".ssh" / "known_hosts"
    line = known.read_text()
    known.write_text("")
    with pytest.raises(PublishError, match="the server's key is not known"):
        publish(opened(sftp_place, out, monkeypatch), out)
    host, kind, _ = line.split(maxsplit=2)
    other = Path(sftp_place.env["HOME"]) / ".ssh" / "id_ed25519.pub"
    known.write_text(f"{host} {kind} {other.read_text().split()[1]}\n")
    with pytest.raises(PublishError, match="the server's key is not the known one"):
        publish(opened(sftp_place, out, monkeypatch), out)
    assert sftp_place.look() == {}


def test_a_connection_that_breaks_is_made_again(
    sftp_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from producer.publish.targets.sftp import SftpTarget

    target = opened(sftp_place, out, monkeypatch)
    assert isinstance(target, SftpTarget)
    put = target.put
    count = 0

    def cut(*args: object) -> None:
        nonlocal count
        count += 1
        if count % 3 == 0:
            assert target._client is not None
            transport = target._client.get_transport()
            assert transport is not None
            transport.close()
        put(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(target, "put", cut)
    tries = Retry(waits_s=(0, 0), sleep=lambda wait_s: None)
    prepare(target, build_files(out), keep_days=30, retry=tries).carry_out()
    target.close()
    assert sftp_place.look() == files_of(out)


def test_the_rest_of_the_branch_stays(
    git_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    work = clone(git_place, tmp_path, monkeypatch)
    (work / "CNAME").write_text("podcast.example.org\n")
    run("-C", work, "add", "CNAME")
    run("-C", work, "commit", "-q", "-m", "Begin")
    run("-C", work, "push", "-q", "origin", "HEAD:gh-pages")
    publish(opened(git_place, out, monkeypatch), out)
    assert git_place.look() == {**files_of(out), "CNAME": b"podcast.example.org\n"}
    run("-C", work, "fetch", "-q", "origin")
    names = run("-C", work, "ls-tree", "-r", "--name-only", "origin/gh-pages").splitlines()
    assert {".nojekyll", "CNAME", "feed.xml", ".producer/published.json"} <= set(names)
    assert run("-C", work, "log", "--format=%s", "origin/gh-pages").splitlines() == [
        "Publish 10 files",
        "Begin",
    ]


def test_the_work_tree_is_not_touched(
    git_place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The show's own repository, with changes that are staged and changes that are not."""
    work = clone(git_place, tmp_path, monkeypatch)
    out = work / "build"
    write_build(out, EPISODES)
    (work / "staged.txt").write_text("staged")
    (work / "changed.txt").write_text("changed")
    run("-C", work, "add", "staged.txt")

    def state() -> tuple[str, str, str]:
        status = run("-C", work, "status", "--porcelain=v2", "--branch")
        return status, run("-C", work, "branch"), run("-C", work, "diff", "--cached")

    before = state()
    target = open_target(parse_address("git:origin", work), Context(root=work, out=out))
    publish(target, out)
    assert state() == before
    assert git_place.look() == files_of(out)


def test_somebody_else_pushed_meanwhile(
    git_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    publish(opened(git_place, out, monkeypatch), out)
    write_build(out, {**EPISODES, "three": "third"})
    late = opened(git_place, out, monkeypatch)
    publication = prepare(late, build_files(out), keep_days=30)
    other = tmp_path / "other" / "out"
    write_build(other, {**EPISODES, "four": "fourth"})
    publish(opened(git_place, other, monkeypatch), other)
    before = git_place.look()
    with pytest.raises(PublishError, match="git push") as raised:
        publication.carry_out()
    assert raised.value.hint == "somebody else pushed meanwhile: run it again"
    assert git_place.look() == before


def test_force_push_leaves_one_commit(
    git_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    publish(opened(git_place, out, monkeypatch), out)
    write_build(out, {**EPISODES, "three": "third"})
    publish(opened(git_place, out, monkeypatch, force_push=True), out)
    assert git_place.look() == files_of(out)
    work = clone(git_place, tmp_path, monkeypatch)
    assert run("-C", work, "rev-list", "--count", "origin/gh-pages") == "1\n"


def test_a_folder_of_the_branch(
    git_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(f"{git_place.target}:docs/podcast", git_place.look, git_place.env)
    publish(opened(place, out, monkeypatch), out)
    there = {path: data for path, data in git_place.look().items() if "/.producer/" not in path}
    assert there == {f"docs/podcast/{path}": data for path, data in files_of(out).items()}


def test_odd_names(rsync_place: Place, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """rsync prints what is not ASCII in octal, and takes some characters for patterns."""
    odd = ["b l/ü [1]*?.txt", "b l/#073.txt", "-x.txt"]
    for name in odd:
        (out / name).parent.mkdir(exist_ok=True)
        (out / name).write_text(name)
    publish(opened(rsync_place, out, monkeypatch), out)
    assert rsync_place.look() == files_of(out)
    target = opened(rsync_place, out, monkeypatch)
    assert prepare(target, build_files(out), keep_days=30).plan.uploads == ()
    target.delete(odd[0])
    assert set(files_of(out)) - set(rsync_place.look()) == {odd[0]}


@pytest.mark.parametrize(
    ("scheme", "package", "extra"),
    [
        ("s3", "s3fs", "s3"),
        ("sftp", "paramiko", "sftp"),
        ("gs", "gcsfs", "gs"),
        ("az", "adlfs", "az"),
    ],
)
def test_an_extra_that_is_missing(
    scheme: str, package: str, extra: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import sys

    name = f"producer.publish.targets.{scheme}"
    monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    for first in ("aiohttp",) if scheme == "gs" else ():
        pytest.importorskip(first)
    with pytest.raises(PublishError, match=f"{scheme}: needs {package}, which is not") as raised:
        open_target(
            parse_address(f"{scheme}://x/y", tmp_path), Context(root=tmp_path, out=tmp_path)
        )
    assert raised.value.hint == f"install it: pip install 'podcast-producer[{extra}]'"
    monkeypatch.delitem(sys.modules, name, raising=False)


def test_nothing_heavy_is_imported(producer: Run, built: Path) -> None:
    """`--help` and publishing to a folder know nothing of clouds."""
    import sys

    script = (
        "import sys\nfrom producer.publish.targets import *\nfrom producer.cli.main import cli\n"
        "import producer.cli.publish, producer.publish.publication\n"
        "import producer.publish.targets.folder\n"
        "heavy = {'fsspec', 's3fs', 'botocore', 'aiohttp', 'paramiko', 'rich'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout == b"[]\n"


def clone(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in place.env.items():
        monkeypatch.setenv(name, value)
    work = tmp_path / "work"
    url = place.target.removeprefix("git+").partition("#")[0]
    run("clone", "-q", url, work)
    run("-C", work, "config", "user.name", "Maren")
    run("-C", work, "config", "user.email", "maren@example.org")
    return work


def run(*args: str | Path) -> str:
    done = subprocess.run([program("git"), *args], capture_output=True, check=True, timeout=60)
    return done.stdout.decode()
