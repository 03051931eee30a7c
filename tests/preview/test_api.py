"""What the page asks the server, and what becomes of the files."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import Run

from preview.client import Editor, client_of
from preview.conftest import SLUG
from producer.preview.app import Preview


@pytest.fixture
def editor(sample: Path) -> Editor:
    return Editor(sample)


def test_the_list_of_episodes_with_their_problems(sample: Path) -> None:
    path = sample / "episodes" / f"{SLUG}.md"
    path.write_text(path.read_text("utf-8").replace("  sec: 30\n", "  sec: never\n"), "utf-8")
    (sample / "episodes" / "broken.md").write_text("---\ntitle: [\n---\n", "utf-8")
    preview = Preview(sample, sample / "build")
    preview.listing.refresh()
    rows = {row["slug"]: row for row in preview.listing.rows()}
    assert list(rows) == ["broken", SLUG, "s01e02-wie-klingt-groesse"]
    assert rows[SLUG]["counts"] == {"error": 1, "warning": 0, "advice": 0}
    assert rows[SLUG]["title"] == "A Podcast in a Git Repository"
    assert rows["broken"]["counts"]["error"] == 1
    assert rows["broken"]["why"]


def test_the_problems_are_those_of_check(sample: Path, producer: Run) -> None:
    path = sample / "episodes" / f"{SLUG}.md"
    text = path.read_text("utf-8").replace("  sec: 30\n", "  sec: never\n")
    path.write_text(text.replace("guests:\n- desmondpike", "guests:\n- nobody"), "utf-8")
    shown = Editor(sample).view()["problems"]
    checked = json.loads(producer("check", SLUG, "--root", sample, "--json", cwd=sample).out)
    relative = [{**each, "path": each["path"].removeprefix(f"{sample}/")} for each in shown]
    entries = [each.pop("entry") for each in relative]
    assert relative == checked
    assert {each["code"] for each in checked} == {"T103", "P201"}
    named = dict(zip([each["code"] for each in checked], entries, strict=True))
    assert named["P201"] is None
    assert Editor(sample).view()["entries"][named["T103"]]["text"] == "A listener told me."


def test_an_episode(editor: Editor) -> None:
    view = editor.view()
    assert view["title"] == "A Podcast in a Git Repository"
    assert [each["start_ms"] for each in view["chapters"]] == [0, 18000, 32000, 57000, 71000]
    header, line = view["entries"][:2]
    assert (header["header"], header["own_ms"], header["start_ms"]) == (
        "Welcome to the workbench",
        None,
        0,
    )
    assert (line["who"], line["start_ms"], line["is_timed"]) == ("Maren", 0, True)
    rows = editor.path.read_text("utf-8").splitlines()
    assert rows[header["row"] - 1] == "- header: Welcome to the workbench"
    assert view["history"] == {"undo": None, "redo": None}
    assert view["media"].startswith(f"/media/{SLUG}?v=")


def test_texts_are_those_that_the_build_writes(sample: Path, built: Path) -> None:
    found = client_of(sample).get(f"/api/episodes/{SLUG}/texts").json()["texts"]
    texts = {each["name"]: each["text"] for each in found}
    assert {"chapters.txt", "youtube.txt", "show-notes.md"} <= texts.keys()
    for name in ("chapters.txt", "youtube.txt"):
        assert texts[name] == (built / "build" / SLUG / name).read_text("utf-8")


def test_a_moved_header(editor: Editor) -> None:
    before = editor.path.read_bytes()
    at = editor.index("The folder called final")
    status, made = editor.edit("move-header", index=at, start_ms=20000)
    assert status == 200
    after = editor.path.read_bytes()
    old = b"- header: The folder called final\n"
    assert after == before.replace(old, old + b"  sec: 20\n")
    assert [line for line in made["diff"].splitlines() if line[0] in "+-"][2:] == ["+  sec: 20"]
    assert made["digest"] == editor.view()["digest"]
    assert editor.edit("move-header", index=at, start_ms=20300)[0] == 200
    assert editor.path.read_bytes() == before.replace(old, old + b"  sec: 20.3\n")
    assert editor.view()["history"]["undo"] == "“The folder called final” moved to 0:20.3"
    assert editor.step("undo")[0] == 200
    assert editor.path.read_bytes() == after
    assert editor.step("undo")[0] == 200
    assert editor.path.read_bytes() == before
    assert editor.step("undo") == (422, {"error": "there is nothing to undo", "hint": ""})
    assert editor.step("redo")[0] == 200
    assert editor.path.read_bytes() == after


def test_a_header_keeps_its_clock_in_the_style_of_the_file(editor: Editor) -> None:
    text = editor.path.read_text("utf-8")
    text = text.replace("time: 0:", "time: 0:00:")
    title = "- header: The folder called final\n"
    text = text.replace(title, title + "  sec: 18\n  time: 0:00:18\n")
    editor.path.write_text(text, "utf-8")
    status, _ = editor.edit("move-header", index=editor.index("The folder"), start_ms=20000)
    assert status == 200
    # Quoted, as the faithful editor writes what other YAML readers take for a number.
    expected = title + "  sec: 20\n  time: '0:00:20'\n"
    assert editor.path.read_text("utf-8") == text.replace(
        title + "  sec: 18\n  time: 0:00:18\n", expected
    )


def test_a_boundary_stays_between_its_neighbours(editor: Editor) -> None:
    before = editor.path.read_bytes()
    at = editor.index("One episode, one file")
    for start_ms, word in ((18000, "after"), (5000, "after"), (57000, "before"), (99000, "before")):
        status, answer = editor.edit("move-header", index=at, start_ms=start_ms)
        assert (status, word in answer["error"]) == (422, True), answer
    assert editor.path.read_bytes() == before


def test_headers_at_the_playhead(editor: Editor) -> None:
    before = editor.path.read_text("utf-8")
    assert editor.edit("add-header", title="Told", start_ms=30000)[0] == 200
    line = "- line: A listener told me.\n"
    assert editor.path.read_text("utf-8") == before.replace(line, f"- header: Told\n{line}")
    assert editor.edit("add-header", title="Later", start_ms=30500)[0] == 200
    added = "- header: Later\n  sec: 30.5\n"
    assert added in editor.path.read_text("utf-8")
    assert editor.edit("add-header", title="Again", start_ms=30000)[0] == 422
    assert editor.edit("add-header", title="  \n ", start_ms=40000)[0] == 422


def test_lines_speakers_offset_and_clips(editor: Editor) -> None:
    before = editor.path.read_text("utf-8")
    at = editor.index("A listener told me.")
    assert editor.edit("set-text", index=at, text=" A listener:\n told # me. ")[0] == 200
    text = editor.path.read_text("utf-8")
    assert text == before.replace("- line: A listener told me.", "- line: 'A listener: told # me.'")
    assert editor.edit("set-speaker", index=at, who="Maren")[0] == 200
    assert editor.edit("set-offset", offset_ms=4512)[0] == 200
    text = editor.path.read_text("utf-8")
    assert "audio:\n  offset: 4.51\ntranscript:" in text
    assert editor.edit("set-offset", offset_ms=-500)[0] == 200
    assert "audio:\n  offset: -0.5\ntranscript:" in editor.path.read_text("utf-8")
    quote = "Hello, and welcome to Workbench Radio"
    assert editor.edit("add-clip", title="Hi", quote=quote)[0] == 200
    assert editor.edit("add-clip", title="", start_ms=7000, end_ms=13500)[0] == 200
    assert (
        f"soundbites:\n- title: Hi\n  quote: {quote}\n- start: 7\n  end: 13.5\n"
        in editor.path.read_text("utf-8")
    )
    clips = editor.view()["clips"]
    assert [each["title"] for each in clips][:1] == ["Hi"]
    assert (clips[1]["start_ms"], clips[1]["end_ms"]) == (7000, 13500)
    assert editor.edit("delete-clip", index=0)[0] == 200
    for _ in range(7):
        assert editor.step("undo")[0] == 200
    assert editor.path.read_text("utf-8") == before


@pytest.mark.parametrize(
    ("edit", "status"),
    [
        ({}, 400),
        ([], 400),
        ({"kind": "burn"}, 422),
        ({"kind": "move-header"}, 400),
        ({"kind": "move-header", "index": True, "start_ms": 1}, 400),
        ({"kind": "move-header", "index": 0, "start_ms": -1}, 400),
        ({"kind": "move-header", "index": 0, "start_ms": 1e3}, 400),
        ({"kind": "move-header", "index": 1, "start_ms": 1}, 422),
        ({"kind": "move-header", "index": 99999, "start_ms": 1}, 422),
        ({"kind": "rename-header", "index": 0, "title": " \x00 "}, 422),
        ({"kind": "rename-header", "index": 0, "title": "Welcome to the workbench"}, 422),
        ({"kind": "set-text", "index": 1, "text": "x" * 100_001}, 400),
        ({"kind": "set-text", "index": 1, "text": ""}, 422),
        ({"kind": "set-text", "index": 0, "text": "x"}, 422),
        ({"kind": "add-clip", "title": "", "quote": "never said by anybody"}, 422),
        ({"kind": "add-clip", "title": "", "quote": "the"}, 422),
        ({"kind": "add-clip", "title": "", "start_ms": 5, "end_ms": 5}, 422),
        ({"kind": "delete-clip", "index": 0}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(editor: Editor, edit: Any, status: int) -> None:
    before = editor.path.read_bytes()
    got, answer = editor.post("edit", {"digest": editor.view()["digest"], "edit": edit})
    assert (got, set(answer)) == (status, {"error", "hint"})
    assert editor.path.read_bytes() == before


def test_characters_that_no_file_holds_do_not_get_in(editor: Editor) -> None:
    at = editor.index("Welcome")
    body = {"digest": editor.view()["digest"], "edit": {"kind": "rename-header", "index": at}}
    raw = json.dumps(body).replace('"index"', '"title": "A\\ud800B\\u0000C\\u2028D", "index"')
    answer = editor.client.post(
        f"/api/episodes/{SLUG}/edit", content=raw, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 200, answer.text
    assert "- header: ABC D\n" in editor.path.read_text("utf-8")


def test_bodies_that_are_no_requests(editor: Editor) -> None:
    address = f"/api/episodes/{SLUG}/edit"
    json_type = {"Content-Type": "application/json"}
    post = editor.client.post
    assert post(address, content=b"{}", headers={"Content-Type": "text/plain"}).status_code == 400
    assert post(address, content=b"{", headers=json_type).status_code == 400
    assert post(address, content=b"[" * 100_000, headers=json_type).status_code == 400
    assert post(address, content=b" " * (1 << 20) + b"{}", headers=json_type).status_code == 413
    assert post(address, content=b"\xff", headers=json_type).status_code == 400


def test_a_change_elsewhere_is_never_lost(editor: Editor) -> None:
    seen = editor.view()["digest"]
    at = editor.index("A listener told me.")
    elsewhere = editor.path.read_bytes().replace(b"before git?", b"before?")
    editor.path.write_bytes(elsewhere)
    edit = {"kind": "set-text", "index": at, "text": "No."}
    status, answer = editor.post("edit", {"digest": seen, "edit": edit})
    assert (status, "meanwhile" in answer["error"]) == (409, True)
    assert editor.path.read_bytes() == elsewhere
    status, made = editor.edit("set-text", index=at, text="No.")
    assert status == 200
    ours = editor.path.read_bytes()
    editor.path.write_bytes(ours + b"more\n")
    assert editor.view()["history"] == {"undo": None, "redo": None}
    assert editor.step("undo")[0] == 409
    assert editor.path.read_bytes() == ours + b"more\n"
    # As it was again: nobody's words are lost by undoing.
    editor.path.write_bytes(ours)
    assert editor.post("undo", {"digest": made["digest"]})[0] == 200
    assert editor.path.read_bytes() == elsewhere


def test_a_file_that_cannot_be_read_is_shown_with_its_problems(editor: Editor) -> None:
    editor.path.write_bytes(b"---\ntitle: [\n---\n")
    view = editor.view()
    assert view["is_broken"]
    assert [each["code"] for each in view["problems"]] == ["F102"]
    assert editor.edit("set-offset", offset_ms=0)[0] == 422
    editor.path.unlink()
    assert editor.client.get(f"/api/episodes/{SLUG}").status_code == 404


def test_line_ends_a_bom_and_the_mode_are_kept(editor: Editor) -> None:
    data = b"\xef\xbb\xbf" + editor.path.read_bytes().replace(b"\n", b"\r\n")
    editor.path.write_bytes(data)
    editor.path.chmod(0o640)
    at = editor.index("The folder called final")
    assert editor.edit("move-header", index=at, start_ms=20000)[0] == 200
    old = b"- header: The folder called final\r\n"
    assert editor.path.read_bytes() == data.replace(old, old + b"  sec: 20\r\n")
    assert editor.path.stat().st_mode & 0o777 == 0o640


def test_changes_on_disk_are_told(sample: Path) -> None:
    preview = Preview(sample, sample / "build")

    async def watch() -> list[str]:
        async with preview.lifespan(None):  # type: ignore[arg-type]
            stream = preview.events.stream()
            told = [await anext(stream)]
            path = sample / "episodes" / f"{SLUG}.md"
            path.write_text(path.read_text("utf-8") + "\n", "utf-8")
            while "event: changed" not in told[-1]:
                told.append(await asyncio.wait_for(anext(stream), 10))
            (sample / "podcast.yaml").touch()
            while '"all": true' not in told[-1]:
                told.append(await asyncio.wait_for(anext(stream), 10))
            await stream.aclose()
        return told

    # In a thread: a browser that other tests hold open runs a loop in this one.
    with ThreadPoolExecutor(1) as threads:
        told = threads.submit(lambda: asyncio.run(watch())).result()
    assert told[0] == "retry: 1000\nevent: hello\ndata: {}\n\n"
    changes = [text for text in told if text.startswith("event: changed\n")]
    assert changes == [
        f'event: changed\ndata: {{"episodes": ["{SLUG}"], "all": false}}\n\n',
        'event: changed\ndata: {"episodes": [], "all": true}\n\n',
    ]
