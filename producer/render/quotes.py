"""Key quotes: only those that the episode names, under `quotes` in its front matter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from producer.text import one_line


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, on one line; `who` may be empty."""

    text: str
    who: str = ""


def episode_quotes(data: Mapping[str, Any]) -> tuple[Quote, ...]:
    """The quotes of a front matter: a list of texts, or of mappings `{quote, who}`.

    What has neither form is left out.
    """
    listed = data.get("quotes")
    quotes = map(_quote, listed if isinstance(listed, list) else ())
    return tuple(quote for quote in quotes if quote is not None and quote.text)


def _quote(entry: object) -> Quote | None:
    if isinstance(entry, str):
        return Quote(one_line(entry))
    if isinstance(entry, Mapping) and isinstance(entry.get("quote"), str):
        who = entry.get("who")
        return Quote(one_line(entry["quote"]), one_line(who) if isinstance(who, str) else "")
    return None
