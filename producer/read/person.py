"""Reading one file of `people/`."""

import re

from producer.model.person import Link, Person
from producer.problems import Problem
from producer.read.fields import Fields, Pairs, decode, open_document
from producer.source.document import plain_data

# Handles as the person files hold them, and the address that each stands for.
_PROFILES = (
    ("web", "Website", "{}"),
    ("linkedin", "LinkedIn", "https://www.linkedin.com/in/{}/"),
    ("github", "GitHub", "https://github.com/{}"),
    ("twitter", "X", "https://x.com/{}"),
)
_WORDS = {
    "web": "address",
    "linkedin": "LinkedIn name",
    "github": "GitHub name",
    "twitter": "X name",
}
# Letters of any script (LinkedIn has them), and percent signs where an address was copied.
_HANDLE = re.compile(r"@?[\w.%~-]+/?")


def read_person(slug: str, path: str, data: bytes) -> tuple[Person | None, tuple[Problem, ...]]:
    """Parse a person file; without a name, the slug stands in and it is a problem."""
    problems: list[Problem] = []
    source = decode(path, data, "P", problems)
    opened = open_document(source, "P", problems) if source else None
    if source is None or opened is None:
        return None, tuple(problems)
    document, body = opened
    fields = Fields(document, "P", problems)
    front = fields.pairs(document.root, "the front matter")
    name = fields.line(front.get("title"), "title") or fields.line(front.get("name"), "name")
    if not name:
        problems.append(
            source.problem(
                "P106",
                "the person has no name",
                document.key_span(("title",)),
                "add `title: First Last`",
            )
        )
    person = Person(
        slug=slug,
        name=name or slug,
        picture=fields.line(front.get("picture"), "picture"),
        bio=body.strip(),
        links=_links(fields, front),
        data=plain_data(document.root),
        document=document,
    )
    return person, tuple(problems)


def _is_usable(key: str, handle: str) -> bool:
    return key != "web" and _HANDLE.fullmatch(handle) is not None and handle.lower() != "todo"


def _links(fields: Fields, front: Pairs) -> tuple[Link, ...]:
    links = []
    for key, label, form in _PROFILES:
        handle = fields.line(front.get(key), key)
        if not handle:
            continue
        is_url = handle.startswith(("http://", "https://"))
        if is_url or _is_usable(key, handle):
            url = handle if is_url else form.format(handle.lstrip("@").rstrip("/"))
            links.append(Link(label=label, url=url))
        else:
            wanted = "the whole address, https:// included"
            hint = f"write {wanted if key == 'web' else f'the name alone, or {wanted}'}"
            fields.flag("P202", f"`{handle}` is no {_WORDS[key]}", front[key], hint)
    return tuple(links)
