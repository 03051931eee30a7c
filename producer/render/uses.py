"""Which templates a template is made from: what it extends, includes and imports."""

import re
from collections.abc import Mapping

import jinja2
from jinja2 import meta

# Without one of these words a template uses no other: most need not be parsed for that.
_USE = re.compile(r"\b(?:extends|include|import)\b")


def template_uses(texts: Mapping[str, str]) -> dict[str, list[str]]:
    """For each template all that it is made from, itself included, in order of names.

    One that chooses by an expression may use any; so may one that speaks of using others and does
    not parse, for all that is known of it.
    """
    environment = jinja2.Environment(autoescape=True)
    direct = {name: _direct(environment, text, texts) for name, text in texts.items()}
    return {name: sorted(_closure(direct, name)) for name in texts}


def _direct(environment: jinja2.Environment, text: str, texts: Mapping[str, str]) -> set[str]:
    if _USE.search(text) is None:
        return set()
    try:
        found = set(meta.find_referenced_templates(environment.parse(text)))
    except jinja2.TemplateError:
        return set(texts)
    return set(texts) if None in found else {name for name in found if name is not None}


def _closure(direct: Mapping[str, set[str]], name: str) -> set[str]:
    found: set[str] = set()
    left = [name]
    while left:
        each = left.pop()
        if each not in found:
            found.add(each)
            left += direct.get(each, ())
    return found
