"""A dry run says what the build after it does; both end where a build from nothing would."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT, Run

from build.trees import (
    add_sound,
    episode_text,
    replace_in,
    run_build,
    small_show,
    stamps,
    touched,
    tree,
)

ONE = "s01e01-a-podcast-in-a-git-repository"


class Edits:
    """What an author does to a show, at random; episodes are not renamed (see redirects)."""

    def __init__(self, root: Path, rng: random.Random) -> None:
        self.root, self.rng = root, rng
        self.number = 100
        self.every: list[Callable[[], object]] = [
            self.new_episode,
            self.edit_episode,
            self.edit_episode,
            self.delete_episode,
            self.break_episode,
            self.show_title,
            self.person,
            self.page_template,
            self.index_template,
            self.own_template_gone,
            self.sound,
            self.sound_gone,
            self.lose_output,
            self.change_output,
            self.touch_everything,
            self.former_name,
            self.lose_notes,
            self.cover,
        ]

    def one(self) -> str:
        edit = self.rng.choice(self.every)
        edit()
        return edit.__name__

    def episode(self) -> Path:
        return self.rng.choice(sorted((self.root / "episodes").glob("*.md")))

    def new_episode(self) -> None:
        self.number += 1
        path = self.root / "episodes" / f"n{self.number}.md"
        path.write_text(episode_text(self.rng, self.number), "utf-8")

    def edit_episode(self) -> None:
        path = self.episode()
        text = path.read_text("utf-8")
        if "title: " in text:
            path.write_text(text.replace("title: ", f"title: {self.rng.choice('ABC')} ", 1))

    def delete_episode(self) -> None:
        if len(list((self.root / "episodes").glob("*.md"))) > 2:
            self.episode().unlink()

    def break_episode(self) -> None:
        path = self.episode()
        path.write_text(path.read_text("utf-8").replace("guests:\n", "guests: [\n", 1), "utf-8")

    def show_title(self) -> None:
        path = self.root / "podcast.yaml"
        lines = path.read_text("utf-8").splitlines()
        title = self.rng.choice(("Bench Radio", "Workbench Radio", "Radio Bench"))
        lines = [f"title: {title}" if line.startswith("title:") else line for line in lines]
        path.write_text("\n".join(lines) + "\n", "utf-8")

    def person(self) -> None:
        path = self.rng.choice(sorted((self.root / "people").glob("*.md")))
        path.write_text(path.read_text("utf-8").replace("title: ", "title: Dr ", 1), "utf-8")

    def template(self, name: str) -> None:
        (self.root / "templates").mkdir(exist_ok=True)
        text = (PROJECT / "templates" / name).read_text("utf-8")
        text = text.replace("{% block main %}", f"{{% block main %}}<!-- {self.rng.random()} -->")
        (self.root / "templates" / name).write_text(text, "utf-8")

    def page_template(self) -> None:
        self.template("episode.html")

    def index_template(self) -> None:
        self.template("index.html")

    def own_template_gone(self) -> None:
        shutil.rmtree(self.root / "templates", ignore_errors=True)

    def sound(self) -> None:
        name = self.rng.choice((f"{ONE}.mp3", "s01e02-wie-klingt-groesse.m4a"))
        add_sound(self.root, self.episode().stem, name)

    def sound_gone(self) -> None:
        for path in sorted((self.root / "episodes").glob("audio/*"))[:1]:
            path.unlink()

    def output(self) -> Path:
        build = self.root / "build"
        return build / self.rng.choice(sorted(tree(build)))

    def lose_output(self) -> None:
        self.output().unlink()

    def change_output(self) -> None:
        path = self.output()
        path.write_bytes(path.read_bytes()[::-1])

    def touch_everything(self) -> None:
        for path in self.root.glob("episodes/**/*"):
            path.touch()

    def former_name(self) -> None:
        path = self.episode()
        text = path.read_text("utf-8")
        if "redirect_from" not in text:
            name = f"redirect_from: old-{self.rng.randrange(3)}\ntitle: "
            path.write_text(text.replace("title: ", name, 1), "utf-8")

    def lose_notes(self) -> None:
        shutil.rmtree(self.root / "build" / ".producer")

    def cover(self) -> None:
        from PIL import Image

        color = (self.rng.randrange(256), 9, 9)
        Image.new("RGB", (1400, 1400), color).save(self.root / "images" / "cover.jpg")


@pytest.mark.parametrize("seed", range(8))
def test_dry_run_real_run_and_clean_build_agree(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    root = small_show(tmp_path / "show", 4, seed)
    edits = Edits(root, rng)
    run_build(root)
    done: list[str] = []
    for _ in range(8):
        done += [edits.one() for _ in range(rng.randint(1, 3))]
        has_notes = (root / "build" / ".producer").exists()
        before = stamps(root)
        outputs = set(tree(root / "build"))
        promised = run_build(root, dry_run=True)
        assert stamps(root) == before, "a dry run writes nothing"
        earlier = stamps(root / "build")
        real = run_build(root)
        assert promised.written == real.written, done
        assert promised.removed == real.removed, done
        assert promised.problems == real.problems, done
        assert touched(earlier, root / "build") == set(real.written), done
        assert outputs - set(tree(root / "build")) == set(real.removed) & outputs, done
        if not has_notes:  # what was there of episodes that are gone is nobody's now
            for left in set(tree(root / "build")) - set(run_build(root, force=True).written):
                (root / "build" / left).unlink()
        if "break_episode" in done:
            continue  # what is kept of broken episodes is not what nothing gives
        clean = tmp_path / "clean"
        run_build(root, out=clean)
        wanted, there = tree(clean), tree(root / "build")
        if any(p.path == "build/feed.xml" and p.severity == "error" for p in real.problems):
            del wanted["feed.xml"], there["feed.xml"]  # a sound one stands: see feed_guard
        assert there == wanted, done
        shutil.rmtree(clean)


@pytest.mark.parametrize(
    ("change", "path", "why"),
    [
        ("line", f"{ONE}/transcript.vtt", f"changed: episodes/{ONE}.md"),
        ("person", f"{ONE}/index.html", "changed: people/desmondpike.md"),
        ("template", f"{ONE}/index.html", "changed: templates/episode.html"),
        ("tool", "index.html", "changed: the version of producer"),
        ("forced", f"{ONE}/chapters.txt", "forced"),
        ("lost", f"{ONE}/chapters.txt", "the output is missing or was changed"),
        ("settings", f"{ONE}/{ONE}.mp3", "settings: with sound now"),
        ("show", "feed.xml", "changed: podcast.yaml"),
        ("new", "another/index.html", "new"),
    ],
)
def test_reasons(
    sample: Path, change: str, path: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_build(sample, with_audio=change == "show")
    if change == "line":
        replace_in(sample / "episodes" / f"{ONE}.md", "Hello, and", "Hallo, and")
    elif change == "person":
        replace_in(sample / "people" / "desmondpike.md", "title: Desmond", "title: Des")
    elif change == "template":
        (sample / "templates").mkdir()
        text = (PROJECT / "templates" / "episode.html").read_text("utf-8")
        text = text.replace("{% block main %}", "{% block main %}!")
        (sample / "templates" / "episode.html").write_text(text, "utf-8")
    elif change == "tool":
        import producer.build.shared as module

        monkeypatch.setattr(module, "tool_digest", lambda: "another")
        (sample / "build" / "index.html").write_text("")
    elif change == "lost":
        (sample / "build" / path).unlink()
    elif change == "show":
        replace_in(sample / "podcast.yaml", "title: Workbench", "title: Bench")
    elif change == "new":
        (sample / "episodes" / "another.md").write_text(episode_text(random.Random(1), 9), "utf-8")
    report = run_build(
        sample, dry_run=True, force=change == "forced", with_audio=change in {"settings", "show"}
    )
    if change == "tool":  # the same bytes come out: only what was lost is written
        assert report.written == {path: "the output is missing or was changed"}
    else:
        assert report.written[path].split(", ")[0] == why


def test_what_is_deleted_is_said_with_its_reason(sample: Path, producer: Run) -> None:
    run_build(sample, with_audio=False)
    (sample / "episodes" / f"{ONE}.md").unlink()
    said = producer("build", "--root", sample, "--no-audio", "--dry-run")
    assert f"delete {ONE}/chapters.txt\tthe episode is gone" in said.out.splitlines()
    assert (sample / "build" / ONE / "chapters.txt").is_file()
    assert "deleted" in producer("build", "--root", sample, "--no-audio").err
    assert not (sample / "build" / ONE).exists()
