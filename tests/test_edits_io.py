"""Edits on disk: whole or not at all, and never over what somebody else wrote."""

from pathlib import Path

import pytest

from producer.errors import EditError, WriteError
from producer.io.edits import write_edit
from producer.source.edit import set_key
from producer.source.source import Source

OLD = b"\xef\xbb\xbf---\r\na: 1\r\n---\r\nbody"
NEW = b"\xef\xbb\xbf---\r\na: 2\r\n---\r\nbody"


@pytest.fixture
def episode(tmp_path: Path) -> Path:
    path = tmp_path / "x.md"
    path.write_bytes(OLD)
    return path


def edit(path: Path) -> bool:
    before = Source.decode("x.md", OLD)
    return write_edit(path, before, set_key(before, "a", 2))


def test_the_file_is_replaced_and_nothing_is_left_behind(episode: Path) -> None:
    assert edit(episode)
    assert episode.read_bytes() == NEW
    assert list(episode.parent.iterdir()) == [episode]


def test_without_a_change_nothing_is_written(episode: Path) -> None:
    before = Source.decode("x.md", OLD)
    episode.unlink()
    assert not write_edit(episode, before, set_key(before, "a", 1))
    assert not episode.exists()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o755])
def test_the_mode_is_kept(episode: Path, mode: int) -> None:
    episode.chmod(mode)
    assert edit(episode)
    assert episode.stat().st_mode & 0o777 == mode


def test_a_symlink_stays_one(episode: Path) -> None:
    folder = episode.parent / "links"
    folder.mkdir()
    link = folder / "link.md"
    link.symlink_to("../x.md")
    assert edit(link)
    assert link.is_symlink()
    assert link.readlink() == Path("../x.md")
    assert episode.read_bytes() == NEW
    assert list(folder.iterdir()) == [link]


def test_a_file_that_changed_meanwhile_is_left_alone(episode: Path) -> None:
    episode.write_bytes(OLD + b"more")
    with pytest.raises(EditError, match="changed since it was read; nothing was written"):
        edit(episode)
    assert episode.read_bytes() == OLD + b"more"


def test_an_interrupted_write_leaves_the_old_bytes(
    episode: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path, __: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(WriteError, match="No space left on device"):
        edit(episode)
    assert episode.read_bytes() == OLD
    assert list(episode.parent.iterdir()) == [episode]
