"""The whole build: links lead somewhere, pages are small, nothing comes from elsewhere."""

from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import yaml
from conftest import Run
from lxml import html

BASE = "https://workbench.example.org/podcast/"
MOST_BYTES = 100_000
WEIRD = "a b#c%20d?é"


def broken_links(out: Path, base: str) -> list[str]:
    """Links of the pages, the feed's pages included, that lead to nothing in the build."""
    found = []
    pages = {page: html.parse(page).getroot() for page in out.rglob("*.html")}
    anchors = {page: set(root.xpath("//@id")) for page, root in pages.items()}
    for page, root in pages.items():
        here = urljoin(base, "/".join(map(_quoted, page.relative_to(out).parts)))
        for link in root.xpath("//@href | //@src | //meta[@property='og:image']/@content"):
            target = urljoin(here, link)
            if not target.startswith(base):
                continue
            parts = urlsplit(target)
            path = out / unquote(parts.path.removeprefix(urlsplit(base).path))
            path = path / "index.html" if path.is_dir() else path
            fragment = unquote(parts.fragment)
            is_time = fragment.startswith("t=")
            if not path.is_file() or (
                fragment and not is_time and fragment not in anchors.get(path, set())
            ):
                found.append(f"{page.relative_to(out)}: {link}")
    return found


def _quoted(step: str) -> str:
    from urllib.parse import quote

    return quote(step)


def from_elsewhere(page: Path) -> list[str]:
    """What a browser would fetch from another place."""
    root = html.parse(page).getroot()
    sources = root.xpath("//*[not(self::a)]/@src | //link[not(@rel='canonical')]/@href")
    return [source for source in sources if "//" in source]


def test_links_of_the_sample_lead_somewhere(built: Path) -> None:
    assert broken_links(built / "build", BASE) == []


def test_links_hold_whatever_the_file_is_called(sample: Path, producer: Run) -> None:
    for folder in ("episodes", "episodes/audio"):
        for path in (sample / folder).glob("s01e01*.m*"):
            path.rename(path.with_name(f"{WEIRD}{path.suffix}"))
    (sample / "images" / "o #1.jpg").write_bytes((sample / "images" / "cover.jpg").read_bytes())
    episode = sample / "episodes" / f"{WEIRD}.md"
    text = episode.read_text(encoding="utf-8")
    text = text.replace("season: 1", "image: 'images/o #1.jpg'\nseason: 1")
    episode.write_text(text, encoding="utf-8")
    guest = sample / "people" / "desmondpike.md"
    text = guest.read_text(encoding="utf-8")
    guest.write_text(text.replace("short:", "picture: 'images/o #1.jpg'\nshort:"), encoding="utf-8")
    assert producer("build", "--root", sample).status == 0
    assert broken_links(sample / "build", BASE) == []
    page = (sample / "build" / WEIRD / "index.html").read_text(encoding="utf-8")
    assert page.count('src="../images/o%20%231.jpg"') == 2


def test_links_of_the_corpus_lead_somewhere(corpus_build: Path) -> None:
    assert broken_links(corpus_build, BASE) == []


def overhead(page: Path) -> int:
    """The bytes of a page besides the words of its transcript."""
    data = page.read_bytes()
    lines = html.fromstring(data.decode()).xpath("//*[@class='lines']/p")
    words = sum(len(line.text_content().encode()) for line in lines)
    return len(data) - words


@pytest.mark.parametrize("with_audio", [True, False])
def test_a_page_of_an_hour_is_small(sample: Path, producer: Run, *, with_audio: bool) -> None:
    """An hour of turns of ten seconds in forty chapters, which is a lively talk."""
    path = next((sample / "episodes").glob("s01e01*.md"))
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    data = yaml.safe_load(front)
    data["transcript"] = []
    for number in range(360):
        if number % 9 == 0:
            title = f"Part {number // 9}: a title as long as titles are"
            data["transcript"].append({"header": title})
        who = "Maren" if number % 2 else "Desmond"
        line = {"line": "twenty words " * 10, "sec": number * 10 + 0.25, "who": who}
        data["transcript"].append(line)
    path.write_text(f"---\n{yaml.safe_dump(data)}---\n{body}", encoding="utf-8")
    if not with_audio:
        next((sample / "episodes" / "audio").glob("s01e01*")).unlink()
    producer("build", "--root", sample)
    assert overhead(sample / "build" / path.stem / "index.html") < MOST_BYTES


def test_pages_of_the_corpus_are_small(corpus_build: Path) -> None:
    pages = list(corpus_build.glob("*/index.html"))
    assert [page.parent.name for page in pages if overhead(page) >= MOST_BYTES] == []
    assert [found for page in pages if (found := from_elsewhere(page))] == []


def test_pictures_that_lie_elsewhere_are_not_fetched(sample: Path, producer: Run) -> None:
    path = next((sample / "episodes").glob("s01e01*.md"))
    text = path.read_text(encoding="utf-8")
    text = text.replace("season: 1", "image: https://elsewhere.example.org/i.jpg\nseason: 1")
    path.write_text(f"{text}\n![x](https://elsewhere.example.org/j.jpg)\n", encoding="utf-8")
    producer("build", "--root", sample, "--no-audio")
    pages = sorted((sample / "build").rglob("index.html"))
    assert [from_elsewhere(page) for page in pages] == [[], [], []]
    page = (sample / "build" / path.stem / "index.html").read_text(encoding="utf-8")
    assert '<meta property="og:image" content="https://elsewhere.example.org/i.jpg">' in page


def test_pages_for_site_generators_where_the_show_names_them(sample: Path, producer: Run) -> None:
    config = sample / "podcast.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(f"{text}site_generators: [hugo, jekyll, eleventy]\n", encoding="utf-8")
    path = next((sample / "episodes").glob("s01e01*.md"))
    shortcode = "{{< harm >}} {{% harm %}} {% harm %}"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{shortcode}\n", encoding="utf-8")
    result = producer("build", "--root", sample)
    assert "error[S104]: `eleventy` is no site generator that is known" in result.err
    folder = sample / "build" / path.stem
    for name in ("hugo", "jekyll"):
        _, front, body = (folder / f"{name}.md").read_text(encoding="utf-8").split("---\n", 2)
        data = yaml.safe_load(front)
        assert data["title"] == "A Podcast in a Git Repository"
        url = data["audio"][0] if name == "hugo" else data["audio"]
        assert url.startswith(f"{BASE}{path.stem}/{path.stem}-")
        assert not body.lstrip().startswith("# ")
        assert ("{{<" in body or "{{%" in body) is (name == "jekyll")
        assert data.get("render_with_liquid") is (False if name == "jekyll" else None)
    assert not (folder / "eleventy.md").exists()


def test_quotes_are_those_that_the_episode_names(sample: Path, producer: Run) -> None:
    path = next((sample / "episodes").glob("s01e01*.md"))
    notes = producer("notes", path.stem, "--root", sample).out
    assert "## Quotes" not in notes
    text = path.read_text(encoding="utf-8")
    quotes = "quotes:\n- It was *me*.\n- {quote: A listener, who: Desmond}\n- 5\n- {who: x}\n"
    path.write_text(text.replace("guid:", f"{quotes}guid:", 1), encoding="utf-8")
    notes = producer("notes", path.stem, "--root", sample).out
    assert "## Quotes\n\n> It was \\*me\\*.\n\n> A listener  \n> – Desmond\n" in notes
