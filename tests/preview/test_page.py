"""The page in a browser, on the real server: what an editor does, and what the file says then."""

import difflib
import re
from pathlib import Path
from typing import Any

import pytest

from preview.conftest import Server

VENDOR = Path(__file__).parents[2] / "producer" / "preview" / "static" / "vendor"


def drawn(page: Any) -> Any:
    """The page with its waveform, or a skip where it was never fetched."""
    if not (VENDOR / "wavesurfer.esm.js").is_file():
        pytest.skip("wavesurfer.js is not fetched: tools/fetch_waveform.sh")
    page.locator("#wave [part~=marker]").nth(1).wait_for()
    return page


def until(page: Any, expression: str) -> None:
    """Wait for something to be true; the page's own policy forbids playwright's way."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never true: {expression}")


def changed_lines(before: bytes, after: bytes) -> list[str]:
    diff = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return [line for line in diff if line[0] in "+-"]


def drag(page: Any, title: str, by_px: int, *, alt: bool = False) -> None:
    handle = page.get_by_role("slider", name=f"Start of {title}", exact=True)
    handle.wait_for()
    box = handle.bounding_box()
    x, y = box["x"] + 1, box["y"] + box["height"] - 12
    if alt:
        page.keyboard.down("Alt")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by_px / 2, y, steps=4)
    page.mouse.move(x + by_px, y, steps=4)
    page.mouse.up()
    if alt:
        page.keyboard.up("Alt")


def line(page: Any, text: str) -> Any:
    return page.locator(".row.line", has_text=text)


def test_a_dragged_boundary_changes_one_sec_and_undo_brings_the_bytes_back(
    server: Server, visit: Any
) -> None:
    page = drawn(visit(server).page)
    before = server.episode.read_bytes()
    drag(page, "One episode, one file", 40)
    page.locator(".notice.done").wait_for()
    after = server.episode.read_bytes()
    (added,) = changed_lines(before, after)
    sec = re.fullmatch(r"\+   sec: (\d+)", added)
    assert sec, added
    starts = re.findall(r"^  sec: (\d+)$", before.decode(), re.MULTILINE)
    assert sec[1] in starts, "it snapped to the start of a line"
    lines = after.decode().splitlines()
    assert lines[lines.index(added[2:], lines.index("- header: One episode, one file")) - 1] == (
        "- header: One episode, one file"
    )
    drag(page, "One episode, one file", 25, alt=True)
    page.get_by_role("button", name=re.compile("Undo: .* moved to")).wait_for()
    until(page, "document.querySelectorAll('.notice.done').length === 2")
    freed = server.episode.read_bytes()
    removed, put = changed_lines(after, freed)
    assert (removed, put.partition(":")[0]) == (f"- {added[2:]}", "+   sec")
    page.keyboard.press("Control+z")
    page.locator(".notice", has_text="Undone:").wait_for()
    assert server.episode.read_bytes() == after
    page.keyboard.press("Control+z")
    until(page, "document.getElementById('undo').disabled")
    assert server.episode.read_bytes() == before
    page.keyboard.press("Control+Shift+Z")
    until(page, "!document.getElementById('undo').disabled")
    assert server.episode.read_bytes() == after


def test_a_click_on_a_line_plays_from_it(shared_server: Server, visit: Any) -> None:
    page = visit(shared_server).page
    line(page, "How did you find out?").locator(".text").click()
    until(page, "!audio.paused && audio.currentTime > 28.05")
    assert page.evaluate("audio.currentTime") < 30
    assert line(page, "How did you find out?").get_attribute("aria-current") == "true"
    until(page, "document.querySelector('.row.now').textContent.includes('A listener told me')")
    page.keyboard.press("Space")
    until(page, "audio.paused")


def test_an_edit_in_the_file_appears(server: Server, visit: Any) -> None:
    seen = visit(server)
    # What the page asks for beside the episode may come when the file is broken already.
    seen.expected = ("404",)
    page = seen.page
    line(page, "A listener told me.").wait_for()
    text = server.episode.read_text(encoding="utf-8")
    server.episode.write_text(text.replace("A listener told", "A kind stranger told"), "utf-8")
    line(page, "A kind stranger told me.").wait_for(timeout=1500)
    broken = text.replace("transcript:", "transcript: [", 1)
    server.episode.write_text(broken, "utf-8")
    page.locator("#problems .problem.error").wait_for(timeout=3000)
    server.episode.write_text(text, "utf-8")
    line(page, "A listener told me.").wait_for(timeout=3000)


def test_a_conflict_is_refused_and_the_words_are_kept(server: Server, visit: Any) -> None:
    seen = visit(server)
    seen.expected = ("409",)
    page = seen.page
    page.route("**/api/events", lambda route: route.abort())
    seen.expected = ("409", "ERR_FAILED")
    page.reload()
    line(page, "A listener told me.").locator(".text").dblclick()
    page.locator("textarea").fill("A listener called me.")
    text = server.episode.read_text(encoding="utf-8")
    elsewhere = text.replace("What did you do before git?", "And before git?")
    server.episode.write_text(elsewhere, "utf-8")
    page.keyboard.press("Enter")
    page.get_by_text("changed on disk meanwhile").wait_for()
    assert server.episode.read_text(encoding="utf-8") == elsewhere
    line(page, "And before git?").wait_for()
    assert page.locator("textarea").input_value() == "A listener called me."
    page.locator("textarea").press("Enter")
    line(page, "A listener called me.").wait_for()
    saved = server.episode.read_text(encoding="utf-8")
    assert saved == elsewhere.replace("A listener told me.", "A listener called me.")


def test_headers_are_renamed_added_and_deleted(server: Server, visit: Any) -> None:
    page = visit(server).page
    before = server.episode.read_bytes()
    chapter = page.locator("#chapters .chapter", has_text="The folder called final")
    chapter.hover()
    chapter.get_by_role("button", name="Rename").click()
    page.locator("#ask-input").fill("Final, final two")
    page.locator("#ask-ok").click()
    page.locator(".row.header", has_text="Final, final two").wait_for()
    renamed = server.episode.read_bytes()
    assert renamed == before.replace(
        b"- header: The folder called final", b"- header: Final, final two"
    )
    told = line(page, "A listener told me.")
    told.hover()
    told.get_by_role("button", name="Chapter").click()
    page.locator("#ask-input").fill("Found out")
    page.keyboard.press("Enter")
    page.locator(".row.header", has_text="Found out").wait_for()
    added = server.episode.read_bytes()
    assert added == renamed.replace(
        b"- line: A listener told me.", b"- header: Found out\n- line: A listener told me."
    )
    header = page.locator(".row.header", has_text="Found out")
    header.hover()
    header.get_by_role("button", name="Delete").click()
    header.wait_for(state="detached")
    assert server.episode.read_bytes() == renamed


def test_a_speaker_is_corrected(server: Server, visit: Any) -> None:
    page = visit(server).page
    before = server.episode.read_text(encoding="utf-8")
    told = line(page, "A listener told me.")
    told.hover()
    told.get_by_role("button", name="Speaker").click()
    page.locator("#ask-input").fill("Maren")
    page.keyboard.press("Enter")
    page.locator(".notice.done").wait_for()
    head, mark, tail = before.partition("- line: A listener told me.")
    expected = head + mark + tail.replace("who: Desmond", "who: Maren", 1)
    assert server.episode.read_text(encoding="utf-8") == expected


def test_a_clip_is_marked_from_selected_words(server: Server, visit: Any) -> None:
    page = visit(server).page
    before = server.episode.read_text(encoding="utf-8")
    line(page, "I had a folder called final.").wait_for()
    page.evaluate(
        """() => {
            const words = [...document.querySelectorAll('.line .text')]
                .find((each) => each.textContent.startsWith('I had a folder')).firstChild;
            getSelection().setBaseAndExtent(words, 3, words, 25);
        }"""
    )
    page.locator("#mark").click()
    assert page.locator("#ask-text").text_content() == "had a folder called final."
    page.locator("#ask-input").fill("Final")
    page.keyboard.press("Enter")
    page.locator("#clips .clip-title", has_text="Final").first.wait_for()
    added = [each[2:] for each in changed_lines(before.encode(), server.episode.read_bytes())]
    assert added == ["soundbites:", "- title: Final", "  quote: had a folder called final."]


def test_the_offset_is_set_by_ear(server: Server, visit: Any) -> None:
    page = visit(server).page
    told = line(page, "A listener told me.")
    told.hover()
    told.get_by_role("button", name="Offset").click()
    page.locator("#offset-play").click()
    until(page, "!audio.paused && audio.currentTime > 26.5")
    page.keyboard.press("Space")
    at = page.evaluate("audio.currentTime")
    page.locator("#offset-save").click()
    page.locator(".notice.done").wait_for()
    found = re.search(r"^audio:\n  offset: ([\d.]+)$", server.episode.read_text("utf-8"), re.M)
    assert found
    assert float(found[1]) == pytest.approx(30 - at, abs=0.5)


def test_the_keyboard_does_it_all(server: Server, visit: Any) -> None:
    page = drawn(visit(server).page)
    page.keyboard.press("J")
    until(page, "audio.currentTime === 7")
    page.keyboard.press("J")
    page.keyboard.press("K")
    until(page, "audio.currentTime === 7")
    page.keyboard.press("ArrowLeft")
    until(page, "audio.currentTime === 4")
    page.keyboard.press("Shift+J")
    until(page, "audio.currentTime === 18")
    before = server.episode.read_bytes()
    for _ in range(3):
        page.keyboard.press(".")
    page.locator(".notice.done").wait_for()
    assert changed_lines(before, server.episode.read_bytes()) == ["+   sec: 18.3"]
    slider = page.get_by_role("slider", name="Start of One episode, one file", exact=True)
    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    until(page, "document.querySelectorAll('.notice.done').length === 2")
    lines = changed_lines(before, server.episode.read_bytes())
    assert lines == ["+   sec: 18.3", "+   sec: 31.9"]
    # The focus stays, and with it the keys.
    page.keyboard.press("ArrowLeft")
    until(page, "document.querySelectorAll('.notice.done').length === 3")
    lines = changed_lines(before, server.episode.read_bytes())
    assert lines == ["+   sec: 18.3", "+   sec: 31.8"]
    later = page.locator("#chapters .chapter").nth(3).get_by_role("button", name="100 ms later")
    later.focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelectorAll('#changes li').length === 4")
    # Asked in one go: between two questions the list may be drawn anew.
    focused = "document.querySelectorAll('#chapters .chapter')[3].contains(document.activeElement)"
    assert page.evaluate(f"{focused} && document.activeElement.ariaLabel") == "100 ms later"
    page.keyboard.press("?")
    assert page.locator("#help-dialog").is_visible()
    assert page.locator("#keys tr").count() >= 12
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    assert page.locator("textarea").count() == 1


def test_texts_are_copied(shared_server: Server, visit: Any) -> None:
    page = visit(shared_server).page
    page.get_by_role("tab", name="Texts").click()
    page.get_by_role("button", name="Copy chapters.txt").click()
    page.get_by_text("chapters.txt is in the clipboard.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("0:00 Welcome to the workbench\n0:18 The folder called final\n")
    assert "null" not in page.locator("#texts").text_content()
    for name in ("show-notes.md", "youtube.txt"):
        assert page.get_by_role("button", name=f"Copy {name}").count() == 1


def test_a_problem_leads_to_its_line(server: Server, visit: Any) -> None:
    text = server.episode.read_text(encoding="utf-8")
    server.episode.write_text(text.replace("  sec: 30\n", "  sec: never\n"), "utf-8")
    page = visit(server).page
    page.get_by_role("tab", name=re.compile("Problems")).click()
    problem = page.locator("#problems .problem", has_text="T103")
    problem.locator("button.place").click()
    in_focus = page.evaluate(
        "document.activeElement.matches('.at') "
        "&& document.activeElement.closest('.row.line').textContent"
    )
    assert "A listener told me." in in_focus


def test_on_a_phone_all_of_it_is_in_reach(shared_server: Server, visit: Any) -> None:
    page = visit(shared_server, viewport={"width": 390, "height": 844}, has_touch=True).page
    line(page, "A listener told me.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("tab", name="Chapters").click()
    assert page.locator("#transcript").is_hidden()
    assert page.locator("#chapters .chapter").count() == 5
    page.locator("#menu").click()
    page.get_by_role("link", name=re.compile("Wie klingt")).click()
    page.locator("h1", has_text="Wie klingt").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&amp;</textarea>{{7*7}}"


def test_hostile_texts_stay_texts(server: Server, visit: Any) -> None:
    quoted = HOSTILE.replace("'", "''")
    text = server.episode.read_text(encoding="utf-8")
    text = re.sub(r"^title: .*$", f"title: '{quoted}'", text, flags=re.MULTILINE)
    text = text.replace("- header: The folder called final", f"- header: '{quoted}'")
    text = text.replace("- line: A listener told me.", f"- line: '{quoted}'")
    text = text.replace("who: Desmond", f"who: '{quoted}'", 1)
    text = text.replace("topics:", "links:\n  rss: javascript:alert(3)\ntopics:", 1)
    text = text.replace("guests:\n- desmondpike", f"guests:\n- '{quoted}'")
    server.episode.write_text(text, "utf-8")
    show = (server.root / "podcast.yaml").read_text(encoding="utf-8")
    (server.root / "podcast.yaml").write_text(
        re.sub(r"^title: .*$", f"title: '{quoted}'", show, flags=re.MULTILINE), "utf-8"
    )
    page = visit(server).page
    page.locator("h1", has_text="<img src=x").wait_for()
    assert page.locator("#title").text_content() == HOSTILE
    assert line(page, "<img src=x").first.locator(".text").text_content()
    for tab in ("Problems", "Clips", "Texts", "Changes", "Chapters"):
        page.get_by_role("tab", name=re.compile(tab)).click()
        page.wait_for_timeout(150)
    row = page.locator(".row.line .text", has_text="<img src=x").first
    row.dblclick()
    page.locator("textarea").fill(HOSTILE + HOSTILE)
    page.keyboard.press("Enter")
    page.locator(".notice.done").wait_for()
    assert page.locator("main img, main script, main iframe, nav img").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0


def test_markup_from_data_is_stopped_by_the_browser_too(shared_server: Server, visit: Any) -> None:
    seen = visit(shared_server)
    seen.expected = ("TrustedHTML", "Trusted Type", "Content Security Policy")
    seen.page.locator(".row.line").first.wait_for()
    assert (
        seen.page.evaluate(
            """() => {
            try { document.body.innerHTML = '<img src=x>'; return 'taken'; }
            catch (error) { return error.name; }
        }"""
        )
        == "TypeError"
    )


def test_without_wavesurfer_the_page_works_and_says_why(
    shared_server: Server, visit: Any, tmp_path: Path
) -> None:
    seen = visit(shared_server)
    page = seen.page

    def without(route: Any) -> None:
        response = route.fetch()
        route.fulfill(json={**response.json(), "no_waveform": "There is no waveform: not here."})

    page.route("**/api/show", without)
    page.reload()
    page.get_by_text("There is no waveform: not here.").wait_for()
    line(page, "A listener told me.").wait_for()
    page.locator("#chapters .chapter").nth(1).get_by_role("button", name="100 ms later").wait_for()
