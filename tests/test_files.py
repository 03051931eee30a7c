"""Files are replaced whole, with the mode they should have."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from producer.errors import WriteError
from producer.io import files
from producer.io.files import replacing, write_bytes, write_parts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes and links are POSIX's")


@pytest.fixture(params=[0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "a" / "b" / "new.txt"
    write_bytes(path, b"x")
    assert path.read_bytes() == b"x"
    assert path.stat().st_mode & 0o777 == 0o666 & ~umask


def test_a_file_keeps_its_mode_and_shows_nothing_before(tmp_path: Path) -> None:
    path = tmp_path / "private.txt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with replacing(path) as temporary:
        temporary.write_bytes(b"new")
        assert temporary.stat().st_mode & 0o777 == 0o600
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_symlink_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "real" / "file.txt"
    real.parent.mkdir()
    real.write_bytes(b"old")
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    write_bytes(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_an_error_leaves_the_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    path.write_bytes(b"old")
    with pytest.raises(WriteError, match="No space left"), replacing(path):
        raise OSError(28, os.strerror(28))
    with pytest.raises(KeyboardInterrupt), replacing(path):
        raise KeyboardInterrupt
    assert [each.name for each in tmp_path.iterdir()] == ["file.txt"]
    assert path.read_bytes() == b"old"


def test_a_folder_in_the_way_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteError, match="cannot be written"):
        write_bytes(tmp_path / "file" / "below.txt", b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(WriteError, match="cannot be written"):
        write_bytes(tmp_path / "folder", b"x")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["file", "folder"]


PARTS = [bytes([number % 251]) * (number % 40) for number in range(5000)]


def test_parts_follow_one_another(tmp_path: Path) -> None:
    path = tmp_path / "parts"
    path.write_bytes(b"older and longer" * 99999)
    write_parts(path, [memoryview(part) for part in PARTS])
    assert path.read_bytes() == b"".join(PARTS)
    write_parts(path, [])
    assert path.read_bytes() == b""


def test_parts_are_written_where_the_system_takes_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_HAS_WRITEV", False)
    write_parts(tmp_path / "parts", PARTS)
    assert (tmp_path / "parts").read_bytes() == b"".join(PARTS)


def test_parts_go_on_where_the_system_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it may on a disk that is nearly full, or after two gigabytes."""

    def writev(file: int, parts: list[bytes]) -> int:
        return os.write(file, b"".join(parts)[:1000])

    monkeypatch.setattr(os, "writev", writev)
    write_parts(tmp_path / "parts", PARTS)
    assert (tmp_path / "parts").read_bytes() == b"".join(PARTS)


def test_a_full_disk_is_said() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(OSError, match="No space left"):
        write_parts(full, PARTS)
