"""Reading one file of `people/`."""

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


def _links(fields: Fields, front: Pairs) -> tuple[Link, ...]:
    links = []
    for key, label, form in _PROFILES:
        handle = fields.line(front.get(key), key)
        if not handle:
            continue
        is_url = handle.startswith(("http://", "https://"))
        url = handle if is_url else form.format(handle.lstrip("@"))
        if url.startswith(("http://", "https://")):
            links.append(Link(label=label, url=url))
    return tuple(links)
