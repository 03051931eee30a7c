"""Publishing to a folder from the command line: order, refusals, questions, secrets."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from conftest import Run
from publish.places import files_of, published_of

from producer.cli.main import cli
from producer.errors import ProducerError
from producer.publish import retry

SLUG = "s01e01-a-podcast-in-a-git-repository"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_all_of_the_build_media_first_feed_last(built: Path, producer: Run, tmp_path: Path) -> None:
    target = tmp_path / "www"
    result = producer("publish", target, "--root", built)
    assert result.status == 0
    sent = files_of(target)
    assert sent == published_of(built / "build")
    order = result.out.splitlines()
    assert order[-1] == "feed.xml"
    turns = [
        0 if p.endswith((".mp3", ".m4a", ".jpg")) else 2 if p.endswith(".html") else 1
        for p in order[:-1]
    ]
    assert turns == sorted(turns)
    size = f"{sum(map(len, sent.values())) / 1e6:.1f} MB"
    assert result.err.splitlines()[-1] == f"{target}: {len(sent)} files sent ({size}); 0 unchanged"
    assert producer("publish", target, "--root", built).out == ""


def test_only_what_differs_is_sent(built: Path, producer: Run, tmp_path: Path) -> None:
    target = tmp_path / "www"
    producer("publish", target, "--root", built)
    (target / "feed.xml").write_text("old")
    (target / "kept.txt").write_text("not ours")
    dry = producer("publish", target, "--root", built, "--dry-run")
    assert dry.out == "feed.xml\n"
    assert (target / "feed.xml").read_text() == "old"
    assert producer("publish", target, "--root", built).out == "feed.xml\n"
    assert (target / "kept.txt").read_text() == "not ours"


def test_the_old_feed_stands_when_something_cannot_be_sent(
    built: Path, producer: Run, tmp_path: Path
) -> None:
    target = tmp_path / "www"
    (target / "index.html").mkdir(parents=True)
    (target / "feed.xml").write_text("old")
    result = producer("publish", target, "--root", built)
    assert result.status == 2
    assert f"{target}: index.html: cannot be written: Is a directory" in result.err
    assert (target / "feed.xml").read_text() == "old"


def test_it_builds_first(sample: Path, producer: Run, tmp_path: Path) -> None:
    result = producer("publish", tmp_path / "www", "--root", sample)
    assert result.status == 0, result.err
    assert files_of(tmp_path / "www") == published_of(sample / "build")


def test_nothing_goes_while_an_episode_has_errors(
    built_copy: Path, producer: Run, tmp_path: Path
) -> None:
    (built_copy / "episodes" / "broken.md").write_text("---\ntitle: [\n---\n")
    result = producer("publish", tmp_path / "www", "--root", built_copy)
    assert result.status == 1
    assert "error[F102]" in result.err
    assert result.err.splitlines()[-1] == "not published: 1 error"
    assert not (tmp_path / "www").exists()


def test_nothing_goes_while_the_feed_has_errors(
    sample: Path, producer: Run, tmp_path: Path
) -> None:
    """A build makes warnings of the errors of a first feed; a publication does not."""
    edit(sample / "podcast.yaml", "language: en", "language: klingonese")
    assert producer("build", "--root", sample).status == 0
    result = producer("publish", tmp_path / "www", "--root", sample)
    assert result.status == 1
    assert "error[R301]" in result.err
    assert "warning[R301]" not in result.err
    assert not (tmp_path / "www").exists()


def test_a_guid_that_changes_is_asked_for(built_copy: Path, producer: Run, tmp_path: Path) -> None:
    target = tmp_path / "www"
    assert producer("publish", target, "--root", built_copy).status == 0
    before = files_of(target)
    old, new = "4ae5a070-3295-4931-a09d-4ea37e52a490", "4ae5a070-3295-4931-a09d-000000000000"
    edit(built_copy / "episodes" / f"{SLUG}.md", old, new)
    result = producer("publish", target, "--root", built_copy)
    assert result.status == 2
    assert f"guid changed: A Podcast in a Git Repository\n  guid: {old} -> {new}\n" in result.err
    assert result.err.endswith(
        "producer: error: not published: guids change or episodes vanish for subscribers\n"
        "  = hint: run it with --yes if that is meant\n"
    )
    assert files_of(target) == before
    assert producer("publish", target, "--root", built_copy, "--yes").status == 0
    assert files_of(target) == published_of(built_copy / "build")


def test_the_lines_to_paste(built_copy: Path, producer: Run, tmp_path: Path) -> None:
    """Of episodes that are new to those who knew the feed."""
    path = built_copy / "episodes" / f"{SLUG}.md"
    text = path.read_text(encoding="utf-8")
    path.unlink()
    target = tmp_path / "www"
    assert producer("publish", target, "--root", built_copy).status == 0
    path.write_text(text, encoding="utf-8")
    result = producer("publish", target, "--root", built_copy)
    assert result.status == 0
    base = f"https://workbench.example.org/podcast/{SLUG}"
    assert result.err.endswith(
        "A Podcast in a Git Repository\n"
        f"  page:     {base}/\n"
        f"  sound:    {base}/{SLUG}-d5ad60cc.mp3\n"
        f"  YouTube:  build/{SLUG}/youtube.txt\n"
    )


def test_the_summary_as_json(built: Path, producer: Run, tmp_path: Path) -> None:
    target = tmp_path / "www"
    producer("publish", target, "--root", built)
    (target / "feed.xml").unlink()
    dry = json.loads(producer("publish", target, "--root", built, "--dry-run", "--json").out)
    size = (built / "build" / "feed.xml").stat().st_size
    expected = {
        "target": str(target),
        "to_send": ["feed.xml"],
        "bytes": size,
        "unchanged": len(files_of(target)),
        "to_delete": [],
        "orphans": [],
        "diff": {"show": [], "new": [], "changed": [], "guid_changed": [], "gone": []},
    }
    assert dry == expected
    real = json.loads(producer("publish", target, "--root", built, "--json").out)
    assert real == {
        **expected,
        "sent": ["feed.xml"],
        "problems": [],
        "not_verified": "",
        "told": [],
    }


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("build", "{root}/build: lies inside of the build"),
        ("build/deep/er", "{root}/build/deep/er: lies inside of the build"),
        (".", "{root}: holds the show itself"),
        ("podcast.yaml", "{root}/podcast.yaml: is not a folder"),
        ("ftp://example.org/x", "ftp://example.org/x: there is no target of that kind"),
        ("s3://", "s3:///: names no bucket"),
        ("sftp:///x", "sftp:///x: names no server"),
        ("sftp://-oProxyCommand=x/y", "sftp://-oProxyCommand=x/y: names no server"),
        ("rsync:-oProxyCommand=x:/y", "rsync:-oProxyCommand=x:/y: names no server"),
        ("git:--upload-pack=x", "git:--upload-pack=x: is no branch of a repository"),
        ("git:/x.git#a..b", "git:/x.git#a..b: is no branch of a repository"),
        ("", "the target has no name"),
    ],
)
def test_targets_that_are_none(built: Path, producer: Run, target: str, said: str) -> None:
    result = producer("publish", target, "--root", built, cwd=built)
    assert result.status == 2
    assert said.format(root=built).replace("s3:///", "s3://") in result.err


def test_no_target(built: Path, producer: Run) -> None:
    result = producer("publish", "--root", built)
    assert result.status == 2
    assert "name a TARGET, or give one as `publish` in podcast.yaml" in result.err


def test_the_target_of_the_show(built_copy: Path, producer: Run, tmp_path: Path) -> None:
    """A relative folder is meant from the show's, not from where one is."""
    with (built_copy / "podcast.yaml").open("a", encoding="utf-8") as settings:
        settings.write("publish: ../www\n")
    result = producer("publish", "--root", built_copy, cwd=Path("/"))
    assert result.status == 0, result.err
    assert files_of(tmp_path / "www") == published_of(built_copy / "build")


@pytest.mark.parametrize(
    "target",
    [
        "sftp://maren:hunter22@127.0.0.1:1/x",
        "git+https://maren:hunter22@127.0.0.1:1/x.git",
        "git+https://hunter22@127.0.0.1:1/x.git",
        "rsync://maren:hunter22@127.0.0.1:1/x",
        "ftp://maren:hunter22@127.0.0.1/x?token=hunter22",
        "s3://maren:hunter22@bucket/x",
    ],
)
def test_secrets_never_show(
    built: Path, tmp_path: Path, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retry, "time", SimpleNamespace(sleep=lambda wait_s: None))
    for name, value in {
        "AWS_ENDPOINT_URL": "http://key:hunter22@127.0.0.1:1",
        "AWS_ACCESS_KEY_ID": "hunter22",
        "AWS_SECRET_ACCESS_KEY": "hunter22",
        "HOME": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    args = ["publish", target, "--root", str(built), "--dry-run"]
    result = CliRunner().invoke(cli, args, standalone_mode=False)
    assert isinstance(result.exception, ProducerError)
    said = f"{result.output}{result.exception.message}{result.exception.hint}"
    assert "127.0.0.1" in said or "bucket" in said
    assert "hunter22" not in said


def test_diff(built_copy: Path, producer: Run, tmp_path: Path) -> None:
    old = tmp_path / "feed.xml"
    old.write_bytes((built_copy / "build" / "feed.xml").read_bytes())
    same = producer("diff", old, "--root", built_copy)
    assert (same.status, same.out) == (0, "")
    assert same.err == "nothing changes for subscribers\n"

    path = built_copy / "episodes" / f"{SLUG}.md"
    edit(path, "title: A Podcast in a Git Repository", "title: Git for a Podcast")
    edit(path, "header: The folder called final", "header: The folder called FINAL")
    changed = producer("diff", old, "--root", built_copy)
    assert changed.status == 0
    lines = changed.out.splitlines()
    assert lines[0] == "changed: Git for a Podcast"
    assert "  title: A Podcast in a Git Repository -> Git for a Podcast" in lines
    assert "    - 00:00:18.000 The folder called final" in lines
    assert "    + 00:00:18.000 The folder called FINAL" in lines

    path.unlink()
    gone = producer("diff", old, "--root", built_copy, "--json")
    assert gone.status == 1
    report = json.loads(gone.out)
    assert [item["title"] for item in report["gone"]] == ["A Podcast in a Git Repository"]
    assert (report["new"], report["changed"], report["guid_changed"]) == ([], [], [])


def test_diff_with_what_is_no_feed(built: Path, producer: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html></html>")
    result = producer("diff", page, "--root", built)
    assert result.status == 2
    assert f"{page}: is not an RSS feed" in result.err
    assert producer("diff", tmp_path / "none.xml", "--root", built).status == 2
    url = "http://maren:hunter22@127.0.0.1:1/feed.xml"
    result = producer("diff", url, "--root", built, NO_PROXY="*")
    assert result.status == 2
    assert "http://127.0.0.1:1/feed.xml: cannot be loaded: no connection" in result.err
