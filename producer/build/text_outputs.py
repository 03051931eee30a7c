"""The text outputs of one episode (DESIGN 7)."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from producer.build.clip_spans import ClipSpan, ClipSpans, asked_spans
from producer.derive.clips import quotable_clips
from producer.derive.cues import audio_cues
from producer.derive.derived import Derived
from producer.derive.timeline import AudioTimeline
from producer.formats.chapters import CHAPTER_FORMATS, ChapterContext
from producer.formats.indented_json import indented_json
from producer.formats.transcript import TRANSCRIPT_FORMATS
from producer.problems import Problem
from producer.render.environment import Templates
from producer.render.json_ld import audio_json_ld, episode_json_ld
from producer.render.notes import notes_html, notes_markdown, site_page
from producer.render.share import drafts_text, share_drafts
from producer.render.views import AudioView, PageMedia
from producer.render.youtube_description import chapter_list, youtube_description
from producer.times import seconds
from producer.youtube_url import watch_url

NOTES_HTML = "show-notes.html"


def text_outputs(
    derived: Derived,
    context: Mapping[str, Any],
    templates: Templates,
    *,
    with_clips: bool,
    media: PageMedia,
    spans: ClipSpans | None = None,
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """All texts by their paths inside the episode's folder.

    `with_clips` says whether the cut clips are there too, and `spans` where they are cut, if not
    where they are asked for; `media` are the pictures of the page.
    """
    if spans is None:
        spans = asked_spans(derived)
    clip_files = clip_paths(derived, with_clips=with_clips)
    notes = notes_markdown(context, templates)
    description, problems = youtube_description(derived, context, templates)
    texts = {
        "index.html": episode_page(derived, context, templates, media, clip_files),
        "chapters.txt": chapter_list(derived),
        "youtube.txt": description,
        "chapters.json": chapters_json(derived),
        "show-notes.md": notes,
        NOTES_HTML: notes_html(context, templates, notes),
        "clips.json": clips_json(derived, spans, with_clips=with_clips),
        **site_pages(derived, context, templates, media, notes),
    }
    if derived.soundbites:
        texts["soundbites.json"] = soundbites_json(derived, spans, with_clips=with_clips)
    for path, drafts in share_drafts(derived, context, templates, clip_files).items():
        texts[path] = drafts_text(drafts)
    for ending, render in TRANSCRIPT_FORMATS.items():
        texts[f"transcript.{ending}"] = render(derived.audio_cues)
    if with_clips:
        texts |= _clip_captions(derived, spans)
    return texts, problems


def episode_page(
    derived: Derived,
    context: Mapping[str, Any],
    templates: Templates,
    media: PageMedia,
    clip_files: Sequence[str],
) -> str:
    """The page of the episode."""
    audio: AudioView | None = context["audio"]
    sound = None
    if audio is not None:
        url = _audio_url(derived, audio)
        sound = audio_json_ld(derived, url, audio.media_type, audio.length_bytes)
    card_url = media.card.url if media.card else ""
    json_ld = episode_json_ld(
        derived, audio=sound, page_url=context["page_url"], image_url=card_url
    )
    return templates.render(
        "episode.html",
        {
            **context,
            "json_ld": json_ld,
            "picture": media.picture,
            "pictures": media.pictures,
            "card": media.card,
            "clip_files": clip_files,
        },
    )


def site_pages(
    derived: Derived, context: Mapping[str, Any], templates: Templates, media: PageMedia, notes: str
) -> dict[str, str]:
    """The page for each site generator that the show names."""
    audio = context["audio"]
    has_address = audio and derived.show.base_url
    return {
        f"{name}.md": site_page(
            name,
            context,
            templates,
            notes,
            audio_url=_audio_url(derived, audio) if has_address else "",
            image_url=media.card.url if media.card else "",
        )
        for name in derived.show.site_generators
    }


def _audio_url(derived: Derived, audio: AudioView) -> str:
    """Where the sound is to be had: beside the page, as long as nobody knows where that is."""
    show = derived.show
    return show.url(derived.episode.slug, audio.file) if show.base_url else quote(audio.file)


def clip_paths(derived: Derived, *, with_clips: bool) -> list[str]:
    """The path of each cut clip below the episode's folder; empty for one that is not cut."""
    return [
        f"clips/{clip.file_name}.mp3"
        if with_clips and derived.timeline.span(clip.start_ms, clip.end_ms)
        else ""
        for clip in derived.clips
    ]


def chapters_json(derived: Derived) -> str:
    """`chapters.json`, on the audio timeline."""
    context = ChapterContext(derived.episode.title, derived.show.title, derived.episode.youtube_id)
    return CHAPTER_FORMATS["json"].render(derived.audio_chapters, context)


def clips_json(derived: Derived, spans: ClipSpans, *, with_clips: bool) -> str:
    """The clips with their times on both timelines, and their files where they are cut.

    Seconds; `video` and `audio` are what is asked for, `cut` is where the file was cut, and `moved`
    what lies between. The last three are null for a clip that the audio does not hold.
    """
    published = quotable_clips(derived.clips, derived.episode.youtube_id)
    clips = []
    for clip, entry in zip(derived.clips, published, strict=True):
        has_files = with_clips and clip.file_name in spans
        clips.append(
            {
                "name": clip.name,
                "url": entry.get("url"),
                "video": _span(clip.start_ms, clip.end_ms),
                **_audio_spans(spans.get(clip.file_name)),
                "file": f"clips/{clip.file_name}.mp3" if has_files else None,
                "captions": f"clips/{clip.file_name}.vtt" if has_files else None,
            }
        )
    document = {
        "title": derived.episode.title,
        "audioOffset": seconds(derived.timeline.offset_ms),
        "durationIsEstimate": derived.duration.is_estimate,
        "clips": clips,
    }
    return indented_json(document) + "\n"


def soundbites_json(derived: Derived, spans: ClipSpans, *, with_clips: bool) -> str:
    """The soundbites as `clips_json` has the clips; `quote` is null for one marked by times."""
    video_id = derived.episode.youtube_id
    entries = []
    for bite in derived.soundbites:
        has_files = with_clips and bite.file_name in spans
        entries.append(
            {
                "title": bite.name,
                "quote": bite.quote or None,
                "url": watch_url(video_id, bite.start_ms // 1000) if video_id else None,
                "video": _span(bite.start_ms, bite.end_ms),
                **_audio_spans(spans.get(bite.file_name)),
                "file": f"clips/{bite.file_name}.mp3" if has_files else None,
                "captions": f"clips/{bite.file_name}.vtt" if has_files else None,
            }
        )
    document = {
        "title": derived.episode.title,
        "audioOffset": seconds(derived.timeline.offset_ms),
        "durationIsEstimate": derived.duration.is_estimate,
        "soundbites": entries,
    }
    return indented_json(document) + "\n"


def _audio_spans(span: ClipSpan | None) -> dict[str, dict[str, int | float] | None]:
    if span is None:
        return {"audio": None, "cut": None, "moved": None}
    return {
        "audio": _span(*span.asked_ms),
        "cut": _span(*span.cut_ms),
        "moved": _span(*span.moved_ms),
    }


def _span(start_ms: int, end_ms: int) -> dict[str, int | float]:
    return {"start": seconds(start_ms), "end": seconds(end_ms)}


def _clip_captions(derived: Derived, spans: ClipSpans) -> dict[str, str]:
    """A VTT for each cut clip and soundbite, its times counted from the clip's start."""
    captions = {}
    for name, span in spans.items():
        # What is said in the span that was asked for: a boundary in the pause before does not show
        # the words before the pause.
        (asked_ms, asked_end_ms), (cut_ms, cut_end_ms) = span.asked_ms, span.cut_ms
        said = audio_cues(derived.audio_cues, AudioTimeline(asked_ms, asked_end_ms - asked_ms))
        cues = audio_cues(said, AudioTimeline(cut_ms - asked_ms, cut_end_ms - cut_ms))
        captions[f"clips/{name}.vtt"] = TRANSCRIPT_FORMATS["vtt"](cues)
    return captions
