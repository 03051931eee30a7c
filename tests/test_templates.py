"""Templates: escaping by name, overriding from the workspace, and mistakes told by their place."""

from pathlib import Path

import pytest
from conftest import PROJECT, Run

from producer.errors import TemplateError
from producer.io.packaged import packaged_templates
from producer.render.environment import Templates

HOSTILE = "<script>alert('x')</script> & \"quotes\""


@pytest.mark.parametrize(
    ("name", "escaped"),
    [
        ("page.html", True),
        ("PAGE.HTML", True),
        ("page.htm", True),
        ("data.xml", True),
        ("notes.md", False),
        ("list.txt", False),
        ("page.html.txt", False),
    ],
)
def test_html_is_escaped_by_the_name(name: str, *, escaped: bool) -> None:
    text = Templates({name: (f"templates/{name}", "{{ x }}")}).render(name, {"x": HOSTILE})
    assert (text.strip() == HOSTILE) is not escaped
    assert ("<script>" in text) is not escaped


def test_all_page_templates_have_names_that_escape() -> None:
    pages = [p for p in packaged_templates().iterdir() if "<html" in p.read_text("utf-8")]
    assert pages
    assert all(page.suffix == ".html" for page in pages)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("one\n{{ nope }}\n", "templates/a.txt:2: 'nope' is undefined"),
        ("{{ show.nope }}", "templates/a.txt:1: 'dict object' has no attribute 'nope'"),
        ("\n\n{% if %}", "templates/a.txt:3: Expected an expression, got 'end of statement block'"),
        ('{% include "b.txt" %}', "templates/b.txt:2: 'gone' is undefined"),
        ("{{ 1 / 0 }}", "templates/a.txt:1: division by zero"),
        ('{% include "c.txt" %}', "there is no template c.txt"),
        ("{{ x | nope }}", "templates/a.txt:1: No filter named 'nope'."),
    ],
)
def test_mistakes_name_the_template_and_the_line(text: str, said: str) -> None:
    templates = Templates(
        {"a.txt": ("templates/a.txt", text), "b.txt": ("templates/b.txt", "\n{{ gone }}")}
    )
    with pytest.raises(TemplateError) as caught:
        templates.render("a.txt", {"show": {}, "x": 1})
    assert caught.value.message == said


def test_a_workspace_template_replaces_the_packaged_one(sample: Path, producer: Run) -> None:
    templates = sample / "templates"
    templates.mkdir()
    (templates / "show-notes.md").write_text("Only {{ episode.title | md }}, {{ data.short }}\n")
    result = producer("notes", "s01e01-a-podcast-in-a-git-repository", "--root", sample)
    assert result.out.startswith("Only A Podcast in a Git Repository, ")
    (templates / "show-notes.md").write_text("first\n{{ nope }}\n")
    for command in (["notes", "s01e01-a-podcast-in-a-git-repository"], ["build", "--jobs", "2"]):
        failed = producer(*command, "--root", sample, cwd=sample)
        assert (failed.status, failed.out) == (2, "")
        assert "producer: error: templates/show-notes.md:2: 'nope' is undefined" in failed.err


def test_hostile_texts_do_no_harm_on_the_pages(sample: Path, producer: Run) -> None:
    slug = "s01e01-a-podcast-in-a-git-repository"
    path = sample / "episodes" / f"{slug}.md"
    text = path.read_text(encoding="utf-8")
    attack = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    lines = [
        f"title: '{attack}'" if line.startswith("title:") else line for line in text.splitlines()
    ]
    text = "\n".join(lines).replace("- header: ", f"- header: '{attack}'\n- header: ", 1)
    text = text.replace("- line: ", f"- line: '{attack}'\n  sec: 0\n- line: ", 1)
    body = f'\n{attack}\n\n[a](javascript:alert(1)) <a href="javascript:alert(1)">b</a>\n'
    path.write_text(text + body, encoding="utf-8")
    assert producer("build", "--root", sample, "--no-audio").status == 0
    for name in ("index.html", f"{slug}/index.html", f"{slug}/show-notes.html"):
        page = (sample / "build" / name).read_text(encoding="utf-8")
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page


def test_packaged_templates_are_the_ones_at_the_top() -> None:
    assert packaged_templates() == PROJECT / "templates"
