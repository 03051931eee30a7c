"""Reading one episode file."""

import datetime

import yaml

from producer.model.episode import AudioSettings, Entry, Episode, Header, Line
from producer.problems import Problem
from producer.read.fields import Fields, Pairs, decode, open_document
from producer.read.soundbites import read_soundbites
from producer.source.document import PlainMapping
from producer.times import parse_clock, parse_seconds
from producer.youtube_url import is_video_id, video_id_of

# Apple, "Podcast RSS feed requirements": itunes:episodeType.
_KINDS = ("full", "trailer", "bonus")


def read_episode(slug: str, path: str, data: bytes) -> tuple[Episode | None, tuple[Problem, ...]]:
    """Parse an episode file. None where it cannot be one at all; the problems say why."""
    problems: list[Problem] = []
    source = decode(path, data, "F", problems)
    opened = open_document(source, "F", problems) if source else None
    if source is None or opened is None:
        return None, tuple(problems)
    document, body = opened
    fields = Fields(document, "F", problems)
    front = fields.pairs(document.root, "the front matter")
    title = fields.line(front.get("title"), "title")
    if not title:
        problems.append(
            source.problem(
                "F106",
                "the episode has no title",
                document.key_span(("title",)),
                "add `title: ...`; until then the file's name stands in",
            )
        )
    ids = fields.text_map(front.get("ids"), "ids")
    links = fields.text_map(front.get("links"), "links")
    episode = Episode(
        slug=slug,
        document=document,
        title=title or slug,
        short=fields.line(front.get("short"), "short"),
        season=fields.integer(front.get("season"), "season"),
        number=fields.integer(front.get("episode"), "episode"),
        guests=fields.texts(front.get("guests"), "guests"),
        image=fields.line(front.get("image"), "image"),
        youtube_id=_youtube_id(ids, links),
        links=links,
        description=fields.text(front.get("description"), "description"),
        intro=fields.text(front.get("intro"), "intro"),
        topics=fields.texts(front.get("topics"), "topics"),
        published=_published(fields, front),
        guid=fields.line(front.get("guid"), "guid"),
        kind=fields.choice(front.get("episodeType"), "episodeType", _KINDS) or _KINDS[0],
        is_explicit=_explicit(fields, front),
        former_slugs=_former_slugs(fields, front.get("redirect_from")),
        audio=_audio(fields, front.get("audio")),
        soundbites=read_soundbites(fields, front.get("soundbites")),
        transcript=_transcript(fields, front.get("transcript")),
        body=body,
        data=PlainMapping(document.root),
    )
    return episode, tuple(problems)


def _explicit(fields: Fields, front: Pairs) -> bool | None:
    """What the episode says of itself; None where the show speaks for it."""
    node = front.get("explicit")
    return None if node is None else fields.boolean(node, "explicit", default=False)


def _former_slugs(fields: Fields, node: yaml.Node | None) -> tuple[str, ...]:
    """The names that the file had before, as names or as the paths of their pages."""
    slugs = []
    for item in fields.one_or_more(node, "redirect_from"):
        slug = fields.line(item, "redirect_from").strip("/").removesuffix(".html")
        if "/" in slug or "\\" in slug or slug.startswith("."):
            fields.flag("104", "redirect_from should hold names that the file had", item)
        elif slug:
            slugs.append(slug)
    return tuple(slugs)


def _youtube_id(ids: dict[str, str], links: dict[str, str]) -> str | None:
    video_id = ids.get("youtube", "")
    return video_id if is_video_id(video_id) else video_id_of(links.get("youtube", ""))


def _published(fields: Fields, front: Pairs) -> datetime.datetime | None:
    """`dateadded` is when the episode came out; where both stand, `date` is a later revision."""
    added = fields.moment(front.get("dateadded"), "dateadded")
    date = fields.moment(front.get("date"), "date")
    return added or date


def _audio(fields: Fields, node: yaml.Node | None) -> AudioSettings:
    pairs = fields.pairs(node, "audio")
    offset = pairs.get("offset")
    offset_ms = 0
    if text := fields.text(offset, "audio.offset"):
        try:
            # The audio may also begin before the video does: then the offset is negative.
            offset_ms = parse_seconds(text.removeprefix("-")) * (-1 if text[0] == "-" else 1)
        except ValueError:
            assert offset is not None
            fields.flag("104", f"audio.offset should be a number of seconds, not `{text}`", offset)
    return AudioSettings(
        file=fields.line(pairs.get("file"), "audio.file"),
        url=fields.line(pairs.get("url"), "audio.url"),
        offset_ms=offset_ms,
    )


def _transcript(fields: Fields, node: yaml.Node | None) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    found_before = len(fields.problems)
    speaker = ""
    for index, item in enumerate(fields.items(node, "transcript")):
        if not isinstance(item, yaml.MappingNode):
            fields.flag(
                "T102",
                "an entry of the transcript should be a mapping with `header` or `line`",
                item,
                "write `- header: TITLE` or `- line: TEXT`",
            )
            continue
        pairs = fields.pairs(item, "an entry")
        header, line = pairs.get("header"), pairs.get("line")
        title = fields.line(header, "header")
        text = fields.line(line, "line")
        if not title and not text:
            what = "is empty" if header or line else "is neither a header nor a line"
            fields.flag(
                "T102", f"entry {what}", item, "give it a `header` or a `line`, or delete it"
            )
            continue
        if title and text:
            fields.flag("T102", "entry is both a header and a line", item, "make it two entries")
        start_ms = _start(fields, pairs)
        if title:
            entries.append(Header(title, start_ms, index))
        if text:
            speaker = fields.line(pairs.get("who"), "who") or speaker
            entries.append(Line(text, start_ms, speaker, index))
    if node is None or (not entries and len(fields.problems) == found_before):
        _flag_empty(fields, node)
    return tuple(entries)


def _flag_empty(fields: Fields, node: yaml.Node | None) -> None:
    message = "the episode has no transcript" if node is None else "the transcript is empty"
    hint = "chapters, clips and captions come from `transcript`"
    if node is None:
        fields.problems.append(fields.document.source.problem("T101", message, hint=hint))
    else:
        fields.flag("T101", message, node, hint)


def _start(fields: Fields, pairs: Pairs) -> int | None:
    """An entry's own start: its `sec`, else its `time`."""
    sec_node, time_node = pairs.get("sec"), pairs.get("time")
    start_ms: int | None = None
    if text := fields.text(time_node, "time"):
        try:
            start_ms = parse_clock(text)
        except ValueError:
            assert time_node is not None
            fields.flag("T104", f"`{text}` is not a time", time_node, "write M:SS or H:MM:SS")
    if text := fields.text(sec_node, "sec"):
        try:
            start_ms = parse_seconds(text)
        except ValueError:
            assert sec_node is not None
            fields.flag(
                "T103",
                f"sec should be a number of seconds from 0 up, not `{text}`",
                sec_node,
                "count from the start of the video, in seconds: 75 for 1:15",
            )
    return start_ms
