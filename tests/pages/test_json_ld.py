"""schema.org data: what Google's rules ask of videos and clips, and nothing that is not known."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from builders import one_line_texts
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import derived_from

from producer.model.show import Show
from producer.render.json_ld import audio_json_ld, episode_json_ld, show_json_ld

VIDEO = "abcdefghijk"
ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d")
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def faults(data: dict[str, Any]) -> list[str]:
    """What breaks Google's rules for VideoObject, Clip and the rest, in words."""
    found = []
    for name in ("name", "@type", "@context"):
        if not data.get(name):
            found.append(f"no {name}")
    for url in _urls(data):
        if not url.startswith(("http://", "https://")):
            found.append(f"no address: {url}")
    video = data.get("video")
    if video:
        found += [
            f"video: no {k}" for k in ("name", "thumbnailUrl", "uploadDate") if not video.get(k)
        ]
        if not re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d", video["uploadDate"]
        ):
            found.append("video: uploadDate without a zone")
        clips = video.get("hasPart", [])
        for clip in clips:
            found += [f"clip: no {k}" for k in ("name", "url") if not clip.get(k)]
            if not 0 <= clip["startOffset"] < clip["endOffset"]:
                found.append("clip: no length")
            own, theirs = urlsplit(video["url"]), urlsplit(clip["url"])
            query = parse_qs(theirs.query)
            if own[:3] != theirs[:3] or query.pop("t") != [str(clip["startOffset"])]:
                found.append("clip: not the video's address at its start")
            if query != parse_qs(own.query):
                found.append("clip: another video")
        starts = [clip["startOffset"] for clip in clips]
        if starts != sorted(set(starts)):
            found.append("clips: two with one start")
    return found


def _urls(data: Any) -> list[str]:
    keys = {"url", "image", "contentUrl", "embedUrl", "thumbnailUrl", "sameAs", "webFeed"}
    found: list[str] = []
    if isinstance(data, dict):
        for key, value in data.items():
            values = value if isinstance(value, list) else [value]
            found += [v for v in values if isinstance(v, str)] if key in keys else _urls(value)
    elif isinstance(data, list):
        for value in data:
            found += _urls(value)
    return found


def front(starts: list[float], names: list[str], **more: Any) -> dict[str, Any]:
    transcript: list[dict[str, Any]] = []
    for number, start in enumerate(starts):
        name = names[number % len(names)]
        transcript += [{"header": name}, {"line": "word", "sec": start, "who": "A"}]
    return {
        "title": "T",
        "date": "2026-01-02",
        "ids": {"youtube": VIDEO},
        "transcript": transcript,
        **more,
    }


@given(
    st.lists(st.floats(0, 9000).map(lambda s: round(s, 2)), min_size=1, max_size=12),
    st.lists(one_line_texts, min_size=1, max_size=4),
)
@settings(max_examples=150)
def test_clips_keep_googles_rules_whatever_the_times(starts: list[float], names: list[str]) -> None:
    derived = derived_from(front(starts, names))
    data = episode_json_ld(derived, audio=None, page_url="https://x.org/a/", image_url="")
    assert faults(data) == []
    assert [clip["name"] for clip in data["video"]["hasPart"]] == [c.name for c in derived.clips]


def test_all_of_an_episode() -> None:
    show = Show(title="S", link="https://s.org", base_url="https://x.org", hosts=("ada",))
    derived = derived_from(
        front([0, 30], ["A", "B"], season=2, episode=3, description="D", topics=["t"]),
        show=show,
        audio_ms=75_000,
    )
    audio = audio_json_ld(derived, "https://x.org/a.mp3", "audio/mpeg", 9)
    data = episode_json_ld(
        derived, audio=audio, page_url="https://x.org/slug/", image_url="https://x.org/i.jpg"
    )
    watch = f"https://www.youtube.com/watch?v={VIDEO}"

    def clip(name: str, start: int, end: int) -> dict[str, Any]:
        url = f"{watch}&t={start}"
        offsets = {"startOffset": start, "endOffset": end}
        return {"@type": "Clip", "name": name, **offsets, "url": url}

    assert data == {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": "T",
        "description": "D",
        "url": "https://x.org/slug/",
        "image": "https://x.org/i.jpg",
        "inLanguage": "en",
        "keywords": ["t"],
        "datePublished": "2026-01-02T00:00:00+00:00",
        "episodeNumber": 3,
        "partOfSeason": {"@type": "PodcastSeason", "seasonNumber": 2},
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": "S",
            "url": "https://s.org",
            "webFeed": "https://x.org/feed.xml",
        },
        "actor": [{"@type": "Person", "name": "ada"}],
        "duration": "PT1M15S",
        "associatedMedia": {
            "@type": "AudioObject",
            "name": "T",
            "contentUrl": "https://x.org/a.mp3",
            "encodingFormat": "audio/mpeg",
            "contentSize": "9",
            "duration": "PT1M15S",
        },
        "video": {
            "@type": "VideoObject",
            "name": "T",
            "description": "D",
            "thumbnailUrl": [f"https://i.ytimg.com/vi/{VIDEO}/hqdefault.jpg"],
            "uploadDate": "2026-01-02T00:00:00+00:00",
            "url": watch,
            "embedUrl": f"https://www.youtube.com/embed/{VIDEO}",
            "duration": "PT1M15S",
            "hasPart": [
                {
                    "@type": "Clip",
                    "name": "A",
                    "startOffset": 0,
                    "endOffset": 30,
                    "url": f"{watch}&t=0",
                },
                {
                    "@type": "Clip",
                    "name": "B",
                    "startOffset": 30,
                    "endOffset": 75,
                    "url": f"{watch}&t=30",
                },
            ],
        },
    }


def test_what_is_not_known_is_not_said() -> None:
    derived = derived_from({"title": "T", "ids": {"youtube": VIDEO}})
    data = episode_json_ld(derived, audio=None, page_url="", image_url="")
    assert data == {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": "T",
        "inLanguage": "en",
    }, "a video needs a date, and an estimated length is none"


def test_the_show() -> None:
    show = Show(title="S", link="https://s.org", author="Ada", description="<b>D</b>")
    assert show_json_ld(show, "") == {
        "@context": "https://schema.org",
        "@type": "PodcastSeries",
        "name": "S",
        "url": "https://s.org",
        "description": "D",
        "inLanguage": "en",
        "author": {"@type": "Person", "name": "Ada"},
    }


def json_ld_of(page: Path) -> dict[str, Any]:
    (script,) = SCRIPT.findall(page.read_text(encoding="utf-8"))
    data: dict[str, Any] = json.loads(script)
    return data


def test_the_sample_show_keeps_the_rules(built: Path) -> None:
    pages = sorted((built / "build").rglob("index.html"))
    assert [faults(json_ld_of(page)) for page in pages] == [[]] * 3


def test_the_corpus_keeps_the_rules(corpus_build: Path) -> None:
    pages = sorted(corpus_build.glob("*/index.html"))
    found = {page.parent.name: faults(json_ld_of(page)) for page in pages}
    assert {slug: said for slug, said in found.items() if said} == {}
    assert sum("video" in json_ld_of(page) for page in pages) > len(pages) // 2


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!--", "]]>"])
def test_no_text_ends_the_script(sample: Path, producer: Run, text: str) -> None:
    path = next((sample / "episodes").glob("s01e01*.md"))
    lines = path.read_text(encoding="utf-8").split("\n")
    lines[1] = f"title: '{text}'"
    path.write_text("\n".join(lines), encoding="utf-8")
    producer("build", "--root", sample, "--no-audio")
    assert json_ld_of(sample / "build" / path.stem / "index.html")["name"] == text
