"""Names of files and anchors made from titles: ASCII, lower case, safe on every system."""

import re

from slugify import slugify

_WORD = re.compile(r"[a-z0-9]+")
# Entities, apostrophes and commas in numbers have rules of their own.
_SPECIAL = re.compile("[&',]")


def ascii_name(title: str, *, fallback: str, max_length: int = 60) -> str:
    """`Wie klingt Größe?` becomes `wie-klingt-grosse`; what leaves nothing becomes `fallback`."""
    if len(title) <= max_length and title.isascii() and _SPECIAL.search(title) is None:
        return "-".join(_WORD.findall(title.lower())) or fallback  # in a tenth of the time
    return slugify(title, max_length=max_length, word_boundary=True) or fallback


def clip_name(number: int, total: int, title: str) -> str:
    """`NN-<name>`: numbered from 1, wide enough that names sort in order."""
    width = max(2, len(str(total)))
    return f"{number:0{width}}-{ascii_name(title, fallback='clip')}"
