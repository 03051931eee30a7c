"""Drafts to share: within each platform's limit, and made of the episode's own words."""

import re
from typing import Any

import pytest
import regex
from builders import one_line_texts
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import derived_from

from producer.io.workspace import Workspace
from producer.model.show import Show
from producer.render.environment import Templates
from producer.render.share import Draft, drafts_text, share_drafts
from producer.render.share.fit import PostParts, fit
from producer.render.share.platforms import (
    PLATFORMS,
    grapheme_length,
    graphemes,
    mastodon_length,
    utf16_length,
    x_length,
)
from producer.render.views import episode_context

TEMPLATES = Templates(Workspace.open(None).templates)
VIDEO = "abcdefghijk"
ASTRONAUT = "\U0001f469\u200d\U0001f680"


def drafts(front: dict[str, Any], show: Show | None = None) -> dict[str, tuple[Draft, ...]]:
    derived = derived_from(front, show=show)
    return share_drafts(derived, episode_context(derived, None, ""), TEMPLATES)


def episode(names: list[str], **front: Any) -> dict[str, Any]:
    transcript: list[dict[str, Any]] = []
    for number, name in enumerate(names):
        transcript += [{"header": name}, {"line": "word", "sec": number * 60, "who": "A"}]
    return {"title": "Title", "ids": {"youtube": VIDEO}, "transcript": transcript, **front}


@pytest.mark.parametrize(
    ("text", "x", "mastodon", "bluesky", "linkedin"),
    [
        ("word", 4, 4, 4, 4),
        ("https://example.org/a/very/long/path/indeed", 23, 23, 43, 43),
        ("a https://x.y b", 27, 27, 15, 15),
        ("x.ai", 23, 4, 4, 4),
        ("日本", 4, 2, 2, 2),
        ("“é”…", 5, 4, 4, 4),
        ("e\u0301", 2, 1, 1, 2),
        ("🎹", 2, 1, 1, 2),
        (ASTRONAUT, 5, 1, 1, 5),
        ("🇩🇪", 4, 1, 1, 4),
    ],
)
def test_lengths_as_platforms_count(
    text: str, x: int, mastodon: int, bluesky: int, linkedin: int
) -> None:
    counted = x_length(text), mastodon_length(text), grapheme_length(text), utf16_length(text)
    assert counted == (x, mastodon, bluesky, linkedin)


@given(
    st.lists(one_line_texts | st.text(max_size=900), min_size=1, max_size=3),
    st.text(max_size=1200),
    st.lists(one_line_texts, max_size=30),
)
@settings(max_examples=100)
def test_every_post_is_within_its_limit(names: list[str], title: str, topics: list[str]) -> None:
    front = episode(names, title=title or "T", topics=topics, description=title * 4, guests=topics)
    made = drafts(front)
    for platform in PLATFORMS:
        for draft in made.get(f"share/{platform.name}.txt", ()):
            text = draft.text.rstrip("\n")
            assert draft.length == platform.measure(text) <= draft.limit == platform.limit
            assert re.search(rf"^https://www.youtube.com/watch\?v={VIDEO}&t=\d+$", text, re.M)


def test_a_post_says_what_fits_and_drops_tags_first() -> None:
    parts = PostParts("name", "title", ("guest",), "words " * 3, ("#A", "#B"))

    def within(limit: int) -> PostParts:
        def size(p: PostParts) -> int:
            return sum(map(len, (p.name, p.episode_title, *p.guests, p.description, *p.tags)))

        return fit(parts, lambda p: size(p) <= limit)

    assert within(100) == parts
    assert within(34).tags == ("#A",)
    assert within(31) == PostParts("name", "title", ("guest",), "words words…")
    assert within(14) == PostParts("name", "title", ("guest",))
    assert within(9) == PostParts("name", "title")
    assert within(8) == PostParts("name", "tit…")
    assert within(3) == PostParts("na…", "")


def test_nothing_is_cut_inside_a_character() -> None:
    made = drafts(episode([ASTRONAUT * 400]))
    for draft in made["share/bluesky.txt"]:
        name = draft.text.split("\n")[0]
        assert name.replace(ASTRONAUT, "") == "…"


def test_all_words_are_the_episodes() -> None:
    front = episode(
        ["Clip one", "Clip two"],
        title="A title",
        guests=["ada"],
        topics=["plain files"],
        description="A description.",
        links={"apple": "https://apple.example.org"},
    )
    for texts in drafts(front).values():
        for draft in texts:
            words = re.sub(r"https?://\S+|\d+:\d\d|Apple Podcasts", "", draft.text)
            said = set(re.findall(r"\w+", words))
            known = {"A", "title", "Clip", "one", "two", "ada", "description", "PlainFiles"}
            assert said <= known


def test_the_link_is_the_pages_where_there_is_no_video() -> None:
    front = {**episode(["One", "Two"]), "ids": {}, "audio": {"offset": 1.5}}
    made = drafts(front, Show(base_url="https://x.org/show"))
    texts = [draft.text for draft in made["share/x.txt"]]
    assert [text.split("\n")[4] for text in texts] == [
        "https://x.org/show/slug/#t=0",
        "https://x.org/show/slug/#t=58.5",
    ]


def test_a_message_to_each_guest_with_page_and_clips() -> None:
    made = drafts(episode(["One"], guests=["ada", "bob"]), Show(base_url="https://x.org"))
    link = f"https://www.youtube.com/watch?v={VIDEO}"
    body = f"Title\nhttps://x.org/slug/\n{link}\n\nOne\n{link}&t=0\n"
    assert drafts_text(made["share/guests.txt"]) == f"ada\n\n{body}\n---\n\nbob\n\n{body}"
    assert "share/guests.txt" not in drafts(episode(["One"]))
    assert "share/x.txt" not in drafts({"title": "T"})


def test_hostile_markdown_in_the_newsletter_is_text() -> None:
    (block,) = drafts(episode(["<script>", "[x](javascript:y)"], title="*a* ](b"))[
        "share/newsletter.md"
    ]
    assert block.text.startswith(f"## [\\*a\\* \\](b](https://www.youtube.com/watch?v={VIDEO})")
    assert "\\<script\\>" in block.text
    assert "\\[x\\](javascript:y)" in block.text


def test_hostile_sizes_end_soon() -> None:
    made = drafts(episode(["a." * 100_000, "🎹" * 100_000], title="b." * 100_000))
    assert all(len(draft.text) < 20_000 for draft in made["share/x.txt"])


@given(st.text("aé-ж…\u200d\u0301 \r\n\U0001f469\U0001f680\u1100\u1161가€", max_size=12))
def test_graphemes_are_those_of_unicode(text: str) -> None:
    assert "".join(graphemes(text)) == text
    assert graphemes(text) == regex.findall(r"\X", text)
    assert grapheme_length(text) == len(graphemes(text))
