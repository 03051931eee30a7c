"""Whatever fails, wherever: the feed names nothing missing or wrong, and the next run completes.

A reader looks at the feed before every step of the target.
"""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from producer.publish.errors import LockedError, PassingError, PublishError
from producer.publish.files import build_files
from producer.publish.lock import LOCK_PATH, Holder, locked
from producer.publish.publication import prepare
from producer.publish.retry import Retry
from producer.publish.targets.target import Target
from publish.faults import FAULTS, Faulty, at_step, complaints, write_build
from publish.places import files_of

NO_RETRY = Retry(waits_s=())
OLD = {"one": "first", "two": "second"}
NEW = {"one": "first, but longer", "two": "second", "three": "third"}
STEPS = ("put", "after put", "check", "rename", "put_bytes")


def publish(target: Target, out: Path, retry: Retry = NO_RETRY) -> None:
    publication = prepare(target, build_files(out), keep_days=30, retry=retry)
    publication.carry_out()


def count_steps(tmp_path: Path) -> dict[str, int]:
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)
    publish(Faulty(place), out)
    write_build(out, NEW)
    target = Faulty(place)
    publish(target, out)
    return {what: sum(step == what for step, _ in target.steps) for what in STEPS}


def test_the_faults_below_are_reached(tmp_path: Path) -> None:
    """Four files of a new episode, four changed ones, index and feed; three renames; the state."""
    assert count_steps(tmp_path) == {
        "put": 10,
        "after put": 10,
        "check": 10,
        "rename": 3,
        "put_bytes": 1,
    }


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize(
    ("what", "number"),
    [(w, n) for w in ("put", "after put", "check") for n in range(1, 11)]
    + [("rename", 1), ("rename", 2), ("rename", 3), ("put_bytes", 1)],
)
def test_a_fault_at_the_nth_step(tmp_path: Path, name: str, what: str, number: int) -> None:
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)
    publish(Faulty(place), out)
    old_feed = (place / "feed.xml").read_bytes()
    write_build(out, NEW)

    broken = Faulty(place, at_step(what, number, FAULTS[name]))
    with pytest.raises(PublishError):
        publish(broken, out)
    # A file that is replaced under its own name is renamed right before the feed is.
    renamed = what == "rename" and number > 1
    found = [*broken.seen, *complaints(place)]
    assert [c for c in found if not (c.endswith("another length") and late(broken))] == []
    assert renamed or complaints(place) == []
    assert ((place / "feed.xml").read_bytes() == old_feed) == (what != "put_bytes")

    next_run = Faulty(place)
    publish(next_run, out)
    assert files_of(place) == files_of(out)
    assert complaints(place) == []
    again = Faulty(place)
    publish(again, out)
    assert again.steps == []


def late(target: Faulty) -> bool:
    return ("rename", "one/one-01234567.mp3") in target.steps


def test_the_next_run_sends_only_the_rest(tmp_path: Path) -> None:
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, NEW)
    broken = Faulty(place, at_step("put", 6, FAULTS["denied"]))
    with pytest.raises(PublishError, match="permission denied"):
        publish(broken, out)
    next_run = Faulty(place)
    publish(next_run, out)
    first = {path for what, path in broken.steps if what == "check"}
    second = {path for what, path in next_run.steps if what == "put"}
    assert len(first) == 5
    assert first & second == set()
    assert first | second == set(files_of(out))


def test_a_passing_fault_passes(tmp_path: Path) -> None:
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)

    def every_other(what: str, path: str, count: int) -> None:
        if what in ("put", "after put") and count % 3 == 1:
            raise PassingError("the connection broke off")

    waits: list[float] = []
    target = Faulty(place, every_other)
    publish(target, out, Retry((1, 4, 15), waits.append))
    assert files_of(place) == files_of(out)
    assert target.seen == []
    assert waits
    assert all(0.5 <= wait_s <= 22.5 for wait_s in waits)


def test_bytes_that_change_on_the_way(tmp_path: Path) -> None:
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)

    def damage(what: str, path: str, count: int) -> None:
        if what == "check" and path.endswith("chapters.json"):
            (place / path).write_bytes(b"?" * (place / path).stat().st_size)

    target = Faulty(place, damage)
    with pytest.raises(PassingError, match=r"one/chapters.json: arrived with other bytes"):
        publish(target, out)
    assert not (place / "feed.xml").exists()
    publish(Faulty(place), out)
    assert files_of(place) == files_of(out)


def test_a_build_that_goes_on_meanwhile(tmp_path: Path) -> None:
    """What was planned is what is sent, or nothing is."""
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)
    target = Faulty(place)
    publication = prepare(target, build_files(out), keep_days=30, retry=NO_RETRY)
    (out / "two" / "two-01234567.mp3").write_bytes(b"other")
    with pytest.raises(PassingError, match="arrived with other bytes"):
        publication.carry_out()
    assert not (place / "feed.xml").exists()


def test_a_state_that_lies(tmp_path: Path) -> None:
    """What the folder shows counts: missing, changed and cut files are sent again."""
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)
    publish(Faulty(place), out)
    (place / "one" / "chapters.json").unlink()
    (place / "two" / "chapters.json").write_bytes(b"[SECOND]")
    (place / "index.html").write_bytes(b"")
    target = Faulty(place)
    publish(target, out)
    assert sorted(path for what, path in target.steps if what == "put") == [
        "index.html",
        "one/chapters.json",
        "two/chapters.json",
    ]
    assert files_of(place) == files_of(out)


@pytest.mark.parametrize("state", [b"", b"{}", b"[" * 100_000, b'{"version": 1, "files": 7}', None])
def test_a_state_that_is_lost(tmp_path: Path, state: bytes | None) -> None:
    """A folder can tell what it has: nothing is sent but the state."""
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)
    publish(Faulty(place), out)
    path = place / ".producer" / "published.json"
    path.unlink() if state is None else path.write_bytes(state)
    target = Faulty(place)
    publish(target, out)
    assert target.steps == [("put_bytes", ".producer/published.json")]


def test_a_state_that_names_what_is_not_ours(tmp_path: Path) -> None:
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)
    publish(Faulty(place), out)
    victim = tmp_path / "victim"
    victim.write_text("not ours")
    path = place / ".producer" / "published.json"
    document = json.loads(path.read_bytes())
    record = {**document["files"]["feed.xml"], "missing_since": 1}
    for name in ("../victim", "/etc/passwd", ".producer/lock.json", "a/../../victim", "a//b"):
        document["files"][name] = record
    path.write_text(json.dumps(document))
    publication = prepare(Faulty(place), build_files(out), keep_days=0)
    assert publication.doomed == ()
    assert victim.exists()


def test_two_publishers(tmp_path: Path) -> None:
    place = tmp_path / "place"
    target = Faulty(place)
    with locked(target, lambda: 1000.0, by_force=False):
        with pytest.raises(LockedError, match=r"being published to from .*, last seen 10 min ago"):
            locked(target, lambda: 1600.0, by_force=False).__enter__()
        assert (place / LOCK_PATH).exists()
    assert not (place / LOCK_PATH).exists()
    with locked(target, lambda: 1000.0, by_force=False):
        pass


@pytest.mark.parametrize(
    "holder",
    [
        Holder(1000, host="elsewhere", pid=1),  # more than an hour before
        Holder(5000, pid=(1 << 31) - 1),  # of this machine, and not running
    ],
)
def test_a_publisher_that_died(tmp_path: Path, holder: Holder) -> None:
    target = Faulty(tmp_path / "place")
    target.put_bytes(LOCK_PATH, holder.dump())
    with locked(target, lambda: 5000.0, by_force=False) as lock:
        lock.confirm()
    assert not (tmp_path / "place" / LOCK_PATH).exists()


def test_taking_over(tmp_path: Path) -> None:
    """The one who was taken over from notices before the feed goes."""
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)
    target = Faulty(place)
    with locked(target, lambda: 1000.0, by_force=False) as first:
        with locked(target, lambda: 1001.0, by_force=True) as second:
            second.confirm()
            publication = prepare(target, build_files(out), keep_days=30, retry=NO_RETRY)
            with pytest.raises(LockedError, match="somebody else took over"):
                publication.carry_out(lock=first)
        assert not (place / "feed.xml").exists()


def test_the_lock_is_renewed(tmp_path: Path) -> None:
    now = [0.0]
    target = Faulty(tmp_path / "place")
    with locked(target, lambda: now[0], by_force=False) as lock:
        for now[0] in (100.0, 200.0, 299.0, 300.0, 400.0, 600.0):
            lock.renew()
    assert [path for what, path in target.steps if what == "put_bytes"] == [LOCK_PATH] * 2


def test_a_disk_that_is_full_for_real(tmp_path: Path) -> None:
    """A process that may write files up to a size: the folder keeps what was there."""
    out, place = tmp_path / "out", tmp_path / "place"
    write_build(out, OLD)
    publish(Faulty(place), out)
    write_build(out, {**OLD, "three": "x" * 4000})
    before = files_of(place)
    script = (
        "import sys; from pathlib import Path\n"
        "from producer.publish.address import Address\n"
        "from producer.publish.errors import PublishError\n"
        "from producer.publish.files import build_files\n"
        "from producer.publish.publication import prepare\n"
        "from producer.publish.targets.folder import FolderTarget\n"
        "target = FolderTarget(Address('file', sys.argv[2]))\n"
        "try:\n"
        "    prepare(target, build_files(Path(sys.argv[1])), keep_days=30).carry_out()\n"
        "except PublishError as error:\n"
        "    print(error.message)\n"
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))

    done = subprocess.run(
        [sys.executable, "-c", script, out, place],
        capture_output=True,
        preexec_fn=limit,
        timeout=60,
        check=True,
    )
    assert "three/clips/01-three.mp3: cannot be written: File too large" in done.stdout.decode()
    assert complaints(place) == []
    assert {path: data for path, data in files_of(place).items() if path in before} == before
    publish(Faulty(place), out)
    assert files_of(place) == files_of(out)
