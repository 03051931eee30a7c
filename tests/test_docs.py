"""The documentation is held to the code: its examples run, its lists are complete."""

import re
import shlex
from pathlib import Path

import pytest
from conftest import PROJECT, Run

from producer.cli.main import COMMANDS
from producer.codes import CODES

DOCS = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
EXAMPLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def examples() -> list[tuple[str, str, str]]:
    """File, command and what it prints, of every `$ producer` in a console block."""
    found = []
    for path in DOCS:
        for block in EXAMPLE.findall(path.read_text(encoding="utf-8")):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                if command.startswith("producer "):
                    found.append((path.name, command, output))
    return found


@pytest.mark.parametrize(
    ("name", "command", "output"), examples(), ids=lambda value: str(value)[:60].replace("\n", " ")
)
def test_example(built: Path, producer: Run, name: str, command: str, output: str) -> None:
    result = producer(*shlex.split(command)[1:], cwd=built)
    assert result.status == 0, result.err
    assert result.out.rstrip("\n") == output.rstrip("\n")


def test_there_are_examples() -> None:
    assert len(examples()) >= 3


def test_every_problem_code_is_explained() -> None:
    text = (PROJECT / "docs" / "problems.md").read_text(encoding="utf-8")
    assert re.findall(r"^## ([A-Z]\d{3}: .+)$", text, re.MULTILINE) == [
        f"{code}: {entry.title}" for code, entry in CODES.items()
    ]
    for code, entry in CODES.items():
        section = text.split(f"## {code}: ")[1].split("\n## ")[0]
        assert entry.severity in section.lower(), code


def test_every_command_is_in_the_readme() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`{name}" not in text] == []


def test_the_two_commands_are_on_the_first_screen() -> None:
    first = (PROJECT / "README.md").read_text(encoding="utf-8").splitlines()[:30]
    assert any(re.match(r"(\$ )?make\b(?! \w)", line) for line in first)
    assert any(re.match(r"(\$ )?make test\b", line) for line in first)


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    names = {re.split(r"[\[<>=; ]", name)[0] for name in (*project["dependencies"], *extras)}
    text = (PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| ([\w.-]+)", text, re.MULTILINE))
    assert names - explained == {"podcast-producer"}, "the extras name the project itself"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_files_resolve(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_make_help_lists_the_targets(producer: Run) -> None:
    text = (PROJECT / "Makefile").read_text(encoding="utf-8")
    documented = set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE))
    assert documented >= {
        "build",
        "new",
        "check",
        "preview",
        "publish",
        "test",
        "lint",
        "clean",
        "help",
    }
