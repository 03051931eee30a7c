"""The pages in a browser: heard, searched, linked to, read by all, harmed by nobody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from clients.server import Server, serve
from conftest import Run, copy_sample

from pages.conftest import node_file

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

TWO = "s01e02-wie-klingt-groesse"
SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}
ATTACKS = (
    "</script><script>window.harmed=1</script>",
    "<img src=x onerror=window.harmed=1>",
    "\" onmouseover=window.harmed=1 x=\"' autofocus onfocus=window.harmed=1 '",
    "{{ 7 * 7 }} ${window.harmed=1} &lt;b&gt; ]]> --> <!--",
    "</title></style><svg onload=window.harmed=1>",
)


@pytest.fixture(scope="module")
def served(built: Path) -> Iterator[Server]:
    with serve(built / "build") as server:
        yield server


@contextmanager
def opened(browser: "Browser", url: str, **options: Any) -> Iterator["Page"]:
    """A page; nothing may fail, leave this machine or stand on the console."""
    said: list[str] = []
    asked: list[str] = []

    def note(message: "ConsoleMessage") -> None:
        # What is no page has no icon of its own, and the browser asks for one.
        if not message.location.get("url", "").endswith("/favicon.ico"):
            said.append(message.text)

    context = browser.new_context(**options)
    page = context.new_page()
    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(url)
    try:
        yield page
    finally:
        context.close()
    assert said == []
    origin = "/".join(url.split("/")[:3])
    assert [url for url in asked if not url.startswith((origin, "data:"))] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("path", ["index.html", f"{TWO}/index.html"])
def test_axe_finds_nothing(
    browser: "Browser", served: Server, path: str, screen: str, scheme: Any
) -> None:
    axe = node_file("axe-core/axe.min.js")
    width, height = SCREENS[screen]
    size: Any = {"width": width, "height": height}
    with opened(browser, f"{served.url}/{path}", viewport=size, color_scheme=scheme) as page:
        page.add_script_tag(path=axe)
        found = page.evaluate("axe.run()")
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]] == []
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, "nothing is wider than the screen"


def playing(page: "Page") -> float:
    page.wait_for_function("!document.querySelector('audio').paused")
    time: float = page.evaluate("document.querySelector('audio').currentTime")
    return time


def test_a_line_is_heard_and_marked(browser: "Browser", served: Server) -> None:
    with opened(browser, f"{served.url}/{TWO}/index.html") as page:
        page.locator(".lines p", has_text="Sulky, mostly").click()
        assert 32.4 <= playing(page) < 34
        page.wait_for_selector(".lines p.now:has-text('Sulky, mostly')[aria-current=true]")
        assert page.locator(".lines p.now").count() == 1
        assert page.locator(".chapters .now .title").inner_text() == "Wie klingt Größe? 🎹"
        assert page.locator(".heard").inner_text() == "Wie klingt Größe? 🎹"
        # The line follows the sound, and stays in view.
        page.evaluate("document.querySelector('audio').currentTime = 35.2")
        page.wait_for_selector(".lines p.now:has-text('Why is rule one')")


def test_times_play_and_put_themselves_into_the_address(browser: "Browser", served: Server) -> None:
    with opened(browser, f"{served.url}/{TWO}/index.html") as page:
        page.locator(".chapters .at").nth(2).focus()
        page.keyboard.press("Enter")
        assert 35.28 <= playing(page) < 37
        assert page.url.endswith("#t=35.28")


@pytest.mark.parametrize("fragment", ["#t=48.62", "#t=49,53.5"])
def test_a_link_to_a_second_leads_there(browser: "Browser", served: Server, fragment: str) -> None:
    with opened(browser, f"{served.url}/{TWO}/index.html{fragment}") as page:
        page.wait_for_function("document.querySelector('audio').currentTime > 48")
        assert page.evaluate("document.querySelector('audio').paused")
        line = page.locator(".lines p", has_text="There is a column here")
        box = line.bounding_box()
        assert box is not None
        assert 0 < box["y"] < 720
        if "," in fragment:
            page.evaluate("document.querySelector('audio').currentTime = 53.3")
            page.evaluate("document.querySelector('audio').play()")
            page.wait_for_function("document.querySelector('audio').paused")
            assert 53.5 <= page.evaluate("document.querySelector('audio').currentTime") < 54.5


def test_a_clip_is_shared_by_its_span(browser: "Browser", served: Server) -> None:
    url = f"{served.url}/{TWO}/index.html"
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(browser, url, permissions=allowed) as page:
        share = page.locator("[data-share]").nth(1)
        share.click()
        page.wait_for_function("document.querySelectorAll('[data-share]')[1].innerText == 'Copied'")
        assert page.evaluate("navigator.clipboard.readText()") == f"{url}#t=13.78,35.28"
        assert page.evaluate("document.querySelector('audio').paused")


def test_the_transcript_is_searched(browser: "Browser", served: Server) -> None:
    with opened(browser, f"{served.url}/{TWO}/index.html") as page:
        search = page.get_by_role("searchbox", name="Search in the transcript")
        state = page.locator(".find output")
        search.fill("jorg")
        assert state.inner_text() == "1 of 3"
        assert page.locator(".lines p.hit").count() == 3
        search.press("Enter")
        assert state.inner_text() == "2 of 3"
        assert "question" in page.locator(".lines p.hit.at").inner_text()
        search.press("Shift+Enter")
        page.get_by_role("button", name="Previous place").click()
        assert state.inner_text() == "3 of 3"
        search.fill("no such word")
        assert state.inner_text() == "nothing"
        search.press("Escape")
        assert state.inner_text() == ""
        assert page.locator(".lines p.hit").count() == 0


def test_it_reads_the_same_without_scripts(browser: "Browser", served: Server) -> None:
    url = f"{served.url}/{TWO}/index.html"
    with opened(browser, url, java_script_enabled=False) as page:
        assert page.locator(".find").is_hidden()
        assert page.locator(".lines p").count() == 19
        page.goto(f"{url}#t=48.62")
        assert page.locator(".lines p:target").count() == 1


def test_the_printed_page_is_the_text(browser: "Browser", served: Server) -> None:
    with opened(browser, f"{served.url}/{TWO}/index.html") as page:
        page.emulate_media(media="print")
        for hidden in (".player", ".find", ".more", ".pills"):
            assert page.locator(hidden).first.is_hidden()
        assert page.locator(".lines p").first.is_visible()


def hostile_show(target: Path) -> Path:
    """The sample show, attacks wherever there is text."""
    root = copy_sample(target)
    path = root / "episodes" / f"{TWO}.md"
    lines = path.read_text(encoding="utf-8").split("\n")
    quoted = ["'" + attack.replace("'", "''") + "'" for attack in ATTACKS]
    text = "\n".join(
        f"title: {quoted[0]}"
        if line.startswith("title:")
        else f"topics: [{', '.join(quoted)}]\nold_topics:"
        if line == "topics:"
        else line.replace(
            "apple: https", f"apple: 'https://x.org/\"onclick=x' \n  {quoted[1]}: https"
        )
        if line.startswith("  apple:")
        else line.replace("who: Maren", f"who: {quoted[2]}")
        for line in lines
    )
    for attack in quoted:
        text = text.replace("- header: ", f"- header: {attack}\n  sec: 0\n- header: ", 1)
        text = text.replace("- line: ", f"- line: {attack}\n  sec: 1\n- line: ", 1)
    quotes = "quotes: [" + ", ".join(f"{{quote: {q}, who: {q}}}" for q in quoted) + "]\n"
    text = text.replace("guid:", f"{quotes}guid:", 1)
    body = "\n".join(f"{a}\n\n[x](javascript:window.harmed=1)\n" for a in ATTACKS)
    links = '<a href="javascript:window.harmed=1">y</a> <a href="data:text/html,x">z</a>\n'
    path.write_text(f"{text}\n{body}{links}", encoding="utf-8")
    person = root / "people" / "joergmuessig.md"
    text = person.read_text(encoding="utf-8").replace("title: Jörg", f"title: {quoted[0]} #")
    person.write_text(f"{text}\n{body}{links}", encoding="utf-8")
    config = root / "podcast.yaml"
    text = config.read_text(encoding="utf-8").replace(
        "title: Workbench Radio", f"title: {quoted[4]}"
    )
    config.write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, producer: Run) -> Path:
    root = hostile_show(tmp_path_factory.mktemp("hostile") / "show")
    result = producer("build", "--root", root)
    assert result.status in {0, 1}, result.err
    assert (root / "build" / TWO / "index.html").is_file(), result.err
    return root / "build"


@pytest.mark.parametrize(
    "path", ["index.html", f"{TWO}/index.html", f"{TWO}/show-notes.html", f"{TWO}/transcript.html"]
)
def test_no_text_does_harm(browser: "Browser", hostile: Path, path: str) -> None:
    with serve(hostile) as server, opened(browser, f"{server.url}/{path}") as page:
        page.evaluate("dispatchEvent(new Event('resize'))")
        for element in page.locator("a, h1, h3, p").all()[:80]:
            element.dispatch_event("mouseover")
            element.dispatch_event("focus")
        assert page.evaluate("window.harmed") is None
        assert page.locator("a[href^='javascript' i], a[href^='data' i]").count() == 0
        assert page.evaluate(
            "[...document.querySelectorAll('*')].every(element =>"
            "[...element.attributes].every(a => !a.name.startsWith('on')))"
        )
        if path == f"{TWO}/index.html":
            assert page.locator("h1").inner_text() == ATTACKS[0]
            titles = page.locator(".chapters .title").all_inner_texts()
            assert {" ".join(attack.split()) for attack in ATTACKS} <= set(titles)


def test_html_is_valid(
    built: Path, hostile: Path, html_faults: Callable[[list[Path]], list[str]]
) -> None:
    assert html_faults(sorted((built / "build").rglob("index.html"))) == []
    faults = html_faults(sorted(hostile.rglob("index.html")))
    # A quotation mark in an author's address stays in it, escaped.
    assert [fault for fault in faults if 'Bad value “https://x.org/"onclick=x”' not in fault] == []
