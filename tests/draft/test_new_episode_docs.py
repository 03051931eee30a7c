"""The commands of docs/new-episode.md, as they stand there, and `new` as a person runs it."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import PROJECT, Run

DOC = PROJECT / "docs" / "new-episode.md"
SLUG = "s01e03-soap-boilers"
TEXTS = (
    (0.5, "um hello and welcome to workbench radio"),
    (4.0, "today we have desmond pyke from soap"),
    (8.0, "works and he makes the the soap"),
    (12.0, "thank you for having me i am uh"),
    (16.0, "happy to be in your recipes show"),
    (40.0, "so how big is your kettle really"),
    (50.0, "yeah you could bathe in it once"),
)


def commands() -> list[list[str]]:
    blocks = re.findall(r"^```sh\n(.*?)^```", DOC.read_text(encoding="utf-8"), re.M | re.S)
    return [shlex.split(line) for block in blocks for line in block.splitlines()]


def fetched(root: Path, **more: str) -> Path:
    """A file of captions as `fetch` writes it."""
    path = root / "episodes" / "captions" / "abcdefghijk.json"
    path.parent.mkdir(exist_ok=True)
    captions = [{"start": start, "duration": 4.0, "text": text} for start, text in TEXTS]
    head = {"videoId": "abcdefghijk", "language": "English", "languageCode": "en"}
    path.write_text(json.dumps({**head, "isGenerated": True, **more, "captions": captions}))
    return path


@pytest.fixture
def show(sample: Path) -> Path:
    fetched(sample)
    with (sample / "podcast.yaml").open("a") as file:
        file.write("glossary:\n  Soapworks: [soap works]\n")
    return sample


def front(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8").split("\n---", 1)[0])
    assert isinstance(loaded, dict)
    return loaded


def edit(path: Path) -> None:
    """What a person does to the draft: headers, speakers, every TODO."""
    text = re.sub(r"^# .*\n", "", path.read_text(encoding="utf-8"), flags=re.M)
    text = text.replace("transcript:\n", "transcript:\n- header: Welcome\n")
    text = text.replace("guests: []", "guests: [desmondpike]")
    text = text.replace("who: TODO", "who: Maren")
    text = re.sub(r"TODO.*", "Soap boilers", text)
    path.write_text(text, encoding="utf-8")


def test_four_commands_from_captions_to_a_built_episode(show: Path, producer: Run) -> None:
    found = commands()
    assert [command[:2] for command in found] == [
        ["producer", name] for name in ("new", "align", "check", "build")
    ]
    path = show / "episodes" / f"{SLUG}.md"
    for command in found:
        done = producer(*command[1:], cwd=show)
        assert done.status == 0, done.err
        assert "F116" not in done.err
        if command[1] == "new":
            assert "7 things left to do" in producer("check", SLUG, cwd=show).err
            edit(path)
    transcript = front(path)["transcript"]
    assert [each.get("sec") for each in transcript if "line" in each] == [0, 12, 40, 50]
    page = (show / "build" / SLUG / "index.html").read_text(encoding="utf-8")
    assert "Soapworks" in page
    assert "TODO" not in page


def test_the_draft_says_what_was_done(show: Path, producer: Run) -> None:
    made = producer("new", SLUG, "--from", "episodes/captions/abcdefghijk.json", cwd=show)
    assert made.status == 0
    assert made.out == f"episodes/{SLUG}.md\n"
    assert made.err == (
        "3 words and phrases dropped, 1 name replaced, 1 near miss of a name, 3 turn breaks "
        "suggested; the comment in the file lists them\n"
        '  0:05 "Desmond pyke" (1x): Desmond Pike?\n'
    )
    path = show / "episodes" / f"{SLUG}.md"
    text = path.read_text(encoding="utf-8")
    comments = [line for line in text.split("title:")[0].splitlines() if line.startswith("#")]
    assert comments == [
        "# Drafted by `producer new` from abcdefghijk.json. Delete these lines when done.",
        "# Dropped: 2 fillers, 1 repeated word (`--keep-fillers` keeps them):",
        "#   um: 1x at 0:00",
        "#   the: 1x at 0:10",
        "#   uh: 1x at 0:15",
        "# Replaced by the glossary, 1 in all:",
        "#   soap works -> Soapworks: 1x at 0:07",
        "# Near to a known name, and left as it is:",
        '#   0:05 "Desmond pyke" (1x): Desmond Pike?',
        "# Case: from earlier episodes and known names. Punctuation: as it was.",
        "# The captions have no sentences: put in full stops and commas.",
        "# Turns: 3 breaks suggested, each with `who: TODO`. About half are right, and others are "
        "missing.",
        "# Named in the first minutes, guests perhaps: desmondpike (Desmond Pike).",
    ]
    data = front(path)
    assert (data["season"], data["episode"], data["guests"]) == (1, 3, [])
    assert data["ids"] == {"youtube": "abcdefghijk"}
    assert data["links"] == {"youtube": "https://www.youtube.com/watch?v=abcdefghijk"}
    assert data["title"] == "TODO the title of the episode"
    assert [line.get("who") for line in data["transcript"]] == ["TODO"] * 4


def test_the_title_of_the_video_is_taken(show: Path, producer: Run) -> None:
    path = fetched(show, title='Soap: "what" & {{ why }} #1 \'\\')
    assert producer("new", SLUG, "--from", path, cwd=show).status == 0
    data = front(show / "episodes" / f"{SLUG}.md")
    assert data["title"] == 'Soap: "what" & {{ why }} #1 \'\\'


def test_fillers_kept_and_plain(show: Path, producer: Run) -> None:
    path = fetched(show)
    assert producer("new", "a", "--from", path, "--keep-fillers", cwd=show).status == 0
    assert front(show / "episodes" / "a.md")["transcript"][0]["line"].startswith("um hello")
    plain = producer("new", "b", "--from", path, "--plain", cwd=show)
    assert (plain.status, plain.err) == (0, "")
    text = (show / "episodes" / "b.md").read_text(encoding="utf-8")
    assert text.startswith("---\ntitle: ")
    lines = front(show / "episodes" / "b.md")["transcript"]
    assert " ".join(line["line"] for line in lines) == " ".join(text for _, text in TEXTS)
    assert all("who" not in line for line in lines)


@pytest.mark.parametrize(
    ("glossary", "said"),
    [
        ("glossary: [Soapworks, Lye]", ""),
        ("glossary: {Soapworks: [soap works], Lye: }", ""),
        ("glossary: {Soapworks: {a: b}}", "S104"),
        ("glosary: [Soapworks]", "S108"),
    ],
)
def test_the_glossary_is_read(sample: Path, producer: Run, glossary: str, said: str) -> None:
    with (sample / "podcast.yaml").open("a") as file:
        file.write(f"{glossary}\n")
    found = producer("check", "--root", sample).err
    assert re.findall(r"\[(S\d+)\]", found) == ([said] if said else [])
