"""The drafts of an episode: posts a platform, a newsletter block, a message to each guest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from producer.derive.derived import Derived
from producer.render.environment import Templates
from producer.render.hashtag import hashtags
from producer.render.share.fit import PostParts, fit
from producer.render.share.platforms import PLATFORMS, Platform
from producer.text import one_line

_POST = "share-post.txt"
# The names that tell the post's template where it goes.
_OF_PLATFORM = frozenset({"platform", "limit"})
# Texts of posts, by the clip's number and what they say.
Rendered = dict[tuple[int, PostParts], str]
_BETWEEN = "\n---\n\n"
# A post with more tags than this reads as an advertisement.
_MOST_TAGS = 5
_MOST_GUESTS = 20


class Draft(NamedTuple):
    """A text to paste: `about` names its clip or guest; `limit` is 0 where there is none."""

    about: str
    text: str
    length: int = 0
    limit: int = 0


class SharedClip(NamedTuple):
    """A clip as templates name it: `link` leads to its second, `file_url` to its file, if any."""

    name: str
    link: str
    file_url: str


def share_drafts(
    derived: Derived,
    context: Mapping[str, Any],
    templates: Templates,
    clip_files: Sequence[str] = (),
) -> dict[str, tuple[Draft, ...]]:
    """All drafts by the path of their file below the episode's folder; kinds without any are out.

    `clip_files` are the paths of the cut clips, in the order of the clips; empty texts or none at
    all where they are not cut.
    """
    clips = _shared_clips(derived, context, clip_files)
    drafts = dict(_all_posts(clips, context, templates))
    newsletter = templates.render("share-newsletter.md", context)
    drafts["share/newsletter.md"] = (Draft(derived.episode.title, newsletter),)
    drafts["share/guests.txt"] = tuple(
        Draft(
            guest.name,
            templates.render("share-guest.txt", {**context, "guest": guest, "shared_clips": clips}),
        )
        for guest in derived.guests
    )
    return {path: texts for path, texts in drafts.items() if texts}


def drafts_text(drafts: Sequence[Draft]) -> str:
    """The texts as one file, a line of three dashes between them."""
    return _BETWEEN.join(draft.text for draft in drafts)


def _shared_clips(
    derived: Derived, context: Mapping[str, Any], clip_files: Sequence[str]
) -> list[SharedClip]:
    """Each clip with its link to the second: of the video, else of the page."""
    show, slug = derived.show, derived.episode.slug
    clips = []
    for number, chapter in enumerate(context["chapters"]):
        clip = context["clips"][number]
        file = clip_files[number] if number < len(clip_files) else ""
        has_address = bool(file and show.base_url)
        clips.append(
            SharedClip(
                name=one_line(chapter.title),
                link=clip.get("url") or chapter.page_url,
                file_url=show.url(slug, *file.split("/")) if has_address else "",
            )
        )
    return clips


def _all_posts(
    clips: Sequence[SharedClip], context: Mapping[str, Any], templates: Templates
) -> Iterator[tuple[str, tuple[Draft, ...]]]:
    """The posts of each platform, by the path of their file."""
    asked = templates.names_in(_POST)
    # What a template makes of the same words without looking at the platform, it makes for all.
    is_shared = asked is not None and _OF_PLATFORM.isdisjoint(asked)
    names = context
    if asked is not None:  # a post is short: handing it all names takes longer than its text
        names = {name: context[name] for name in asked if name in context}
    said = PostParts(
        name="",
        episode_title=one_line(context["episode"].title),
        guests=tuple(one_line(guest.name) for guest in context["guests"][:_MOST_GUESTS]),
        description=context["description"],
        tags=hashtags(tuple(context["topics"]))[:_MOST_TAGS],
    )

    def render(platform: Platform, parts: PostParts, clip: SharedClip) -> str:
        own = {
            "platform": platform.name,
            "limit": platform.limit,
            "clip": clip._replace(name=parts.name),
            "link": clip.link,
        }
        return templates.render(_POST, {**names, **parts._asdict(), **own})

    shared: Rendered = {}
    for platform in PLATFORMS:
        rendered = shared if is_shared else {}
        yield f"share/{platform.name}.txt", _posts(platform, clips, said, render, rendered)


def _posts(
    platform: Platform,
    clips: Sequence[SharedClip],
    said: PostParts,
    render: Callable[[Platform, PostParts, SharedClip], str],
    rendered: Rendered,
) -> tuple[Draft, ...]:
    """A post for each clip, as much of `said` as the platform takes."""
    # No more of anything than could ever fit: what is measured stays small.
    most = 4 * platform.limit
    common = said._replace(
        episode_title=said.episode_title[:most],
        guests=tuple(guest[:most] for guest in said.guests),
        # A long post has room to say what the episode is about.
        description=said.description[:most] if platform.limit >= 1000 else "",
    )

    def text_of(number: int, parts: PostParts) -> str:
        text = rendered.get((number, parts))
        if text is None:
            text = rendered[number, parts] = render(platform, parts, clips[number])
        return text

    def length_of(text: str) -> int:
        return platform.measure(text.rstrip("\n"))

    def post(number: int, name: str) -> Draft:
        parts = common._replace(name=name[:most])
        text = text_of(number, parts)
        length = length_of(text)
        if length > platform.limit:
            parts = fit(parts, lambda parts: length_of(text_of(number, parts)) <= platform.limit)
            text = text_of(number, parts)
            length = length_of(text)
        return Draft(name, text, length, platform.limit)

    return tuple(post(number, clip.name) for number, clip in enumerate(clips))
