"""The sample show at each kind of target: published, again, and with one episode changed."""

from pathlib import Path

from conftest import Run

from publish.conftest import retitle
from publish.places import Place, published_of


def test_published_again_and_changed(place: Place, show: Path, producer: Run) -> None:
    first = producer("publish", place.target, "--root", show, **place.env)
    assert first.status == 0, first.err
    built = published_of(show / "build")
    assert sorted(first.out.splitlines()) == sorted(built)
    assert first.out.splitlines()[-1] == "feed.xml"
    assert place.look() == built

    again = producer("publish", place.target, "--root", show, **place.env)
    assert (again.status, again.out) == (0, ""), again.err
    assert f"nothing to send; {len(built)} unchanged" in again.err

    slug = retitle(show, "Another Title")
    dry = producer("publish", place.target, "--root", show, "--dry-run", **place.env)
    assert place.look() == built
    changed = producer("publish", place.target, "--root", show, **place.env)
    assert changed.status == 0, changed.err
    rebuilt = published_of(show / "build")
    differing = sorted(path for path in rebuilt if rebuilt[path] != built.get(path))
    assert sorted(changed.out.splitlines()) == differing
    assert dry.out == changed.out
    assert {path.partition("/")[0] for path in differing} == {slug, "index.html", "feed.xml"}
    assert changed.out.splitlines()[-1] == "feed.xml"
    assert place.look() == rebuilt
    assert "title: A Podcast in a Git Repository -> Another Title" in changed.err


def test_orphans_stay_until_they_are_due(place: Place, show: Path, producer: Run) -> None:
    slug = "s01e01-a-podcast-in-a-git-repository"
    assert producer("publish", place.target, "--root", show, **place.env).status == 0
    whole = place.look()
    (show / "episodes" / f"{slug}.md").unlink()

    refused = producer("publish", place.target, "--root", show, **place.env)
    assert refused.status == 2
    assert "gone: A Podcast in a Git Repository" in refused.err
    assert "hint: run it with --yes if that is meant" in refused.err
    assert place.look() == whole

    kept = producer("publish", place.target, "--root", show, "--yes", "--prune", **place.env)
    assert kept.status == 0, kept.err
    assert f"kept for 30 more days: {slug}/index.html" in kept.err
    assert set(place.look()) == set(whole)

    with (show / "podcast.yaml").open("a", encoding="utf-8") as config:
        config.write("publish:\n  keep_days: 0\n")
    unasked = producer("publish", place.target, "--root", show, "--prune", **place.env)
    assert unasked.status == 2
    assert f"to delete: {slug}/index.html" in unasked.err
    assert set(place.look()) == set(whole)

    pruned = producer("publish", place.target, "--root", show, "--prune", "--yes", **place.env)
    assert pruned.status == 0, pruned.err
    assert place.look() == published_of(show / "build")
    assert not [path for path in place.look() if path.startswith(slug)]
