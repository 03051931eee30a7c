"""Reading `podcast.yaml`."""

import yaml

from producer.model.show import SITE_GENERATORS, Category, GlossaryName, Show
from producer.problems import Problem
from producer.read.clip_settings import read_clip_settings
from producer.read.feed_settings import read_feed_settings
from producer.read.fields import Fields, Pairs, decode, parse_mapping
from producer.read.publish_settings import read_publish_settings
from producer.source.document import Document, plain_data
from producer.source.source import Span
from producer.text import one_line

# What a feed cannot do without: RSS 2.0 (channel) and Apple's requirements.
_NEEDED = ("title", "link", "description", "image", "base_url")


def read_show(path: str, data: bytes) -> tuple[Show | None, tuple[Problem, ...]]:
    """Parse `podcast.yaml`. None where it cannot be read at all."""
    problems: list[Problem] = []
    source = decode(path, data, "S", problems)
    if source is None:
        return None, tuple(problems)
    document = parse_mapping(source, Span(0, len(source.text)), "S", problems)
    if document is None:
        return None, tuple(problems)
    return _show(document, problems), tuple(problems)


def _show(document: Document, problems: list[Problem]) -> Show:
    fields = Fields(document, "S", problems)
    top = fields.pairs(document.root, "podcast.yaml")
    owner = fields.text_map(top.get("owner"), "owner")
    chapters = fields.pairs(top.get("chapters"), "chapters")
    audio = fields.pairs(top.get("audio"), "audio")
    check = fields.pairs(top.get("check"), "check")
    for key in _NEEDED:
        if not fields.text(top.get(key), key):
            hint = f"add `{key}: ...` to podcast.yaml"
            problems.append(
                document.source.problem(
                    "S106", f"the feed needs `{key}`", document.key_span((key,)), hint
                )
            )
    return Show(
        title=fields.line(top.get("title"), "title"),
        link=fields.url(top.get("link"), "link"),
        description=fields.text(top.get("description"), "description"),
        language=fields.line(top.get("language"), "language") or Show().language,
        author=fields.line(top.get("author"), "author") or owner.get("name", ""),
        owner_name=owner.get("name", ""),
        owner_email=owner.get("email", ""),
        image=fields.line(top.get("image"), "image"),
        categories=tuple(map(_category, fields.texts(top.get("categories"), "categories"))),
        explicit=fields.boolean(top.get("explicit"), "explicit", default=False),
        copyright=fields.line(top.get("copyright"), "copyright"),
        base_url=fields.url(top.get("base_url"), "base_url").rstrip("/"),
        hosts=fields.texts(top.get("hosts"), "hosts"),
        glossary=_glossary(fields, top.get("glossary")),
        opening_title=fields.line(chapters.get("opening_title"), "chapters.opening_title")
        or Show().opening_title,
        clip_bitrate_kbps=_bitrate(fields, audio),
        clips=read_clip_settings(fields, top),
        site_generators=_site_generators(fields, top.get("site_generators")),
        feed=read_feed_settings(fields, top),
        publish=read_publish_settings(fields, top),
        silenced=fields.texts(check.get("silence"), "check.silence"),
        document=document,
        data=plain_data(document.root),
    )


def _category(text: str) -> Category:
    """`Education > How To`, as Apple's list nests them."""
    name, _, subcategory = (part.strip() for part in text.partition(">"))
    return Category(name=name, subcategory=subcategory or None)


def _glossary(fields: Fields, node: yaml.Node | None) -> tuple[GlossaryName, ...]:
    """A list of names, or a mapping of names to the forms that they are misheard in."""
    if not isinstance(node, yaml.MappingNode):
        return tuple(map(GlossaryName, fields.texts(node, "glossary")))
    pairs = fields.pairs(node, "glossary")
    return tuple(
        GlossaryName(name, fields.texts(value, f"glossary.{name}"))
        for key, value in pairs.items()
        if (name := one_line(key))
    )


def _site_generators(fields: Fields, node: yaml.Node | None) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(fields.texts(node, "site_generators")))
    unknown = [name for name in names if name not in SITE_GENERATORS]
    if node is not None and unknown:
        hint = f"known are {', '.join(SITE_GENERATORS)}"
        fields.flag("104", f"`{unknown[0]}` is no site generator that is known", node, hint)
    return tuple(name for name in names if name in SITE_GENERATORS)


def _bitrate(fields: Fields, audio: Pairs) -> int:
    node = audio.get("bitrate_kbps")
    rate = fields.integer(node, "audio.bitrate_kbps")
    if rate is None:
        return Show().clip_bitrate_kbps
    if node is not None and not 8 <= rate <= 320:
        fields.flag("104", "audio.bitrate_kbps should be between 8 and 320", node)
        return Show().clip_bitrate_kbps
    return rate
