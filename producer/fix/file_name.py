"""The name of an episode's file, which becomes part of its addresses."""

import re
import unicodedata

# Letters that are an accent on one of ASCII's, and these, have one plain form; others have several.
_PLAIN = str.maketrans({"–": "-", "—": "-", "’": "", "'": "", "‘": "", "…": ""})
_WORD = re.compile(r"[A-Za-z0-9_-]+")


def mended_slug(slug: str) -> str | None:
    """The slug without what addresses escape: `.md` at its end, blanks, accents, punctuation.

    The same slug where nothing is to be mended; None where more than one name would do, as for
    letters that have no plain form or several (`ß`, Greek, Japanese).
    """
    bare = slug
    while bare.lower().endswith(".md"):
        bare = bare[: -len(".md")]
    decomposed = unicodedata.normalize("NFKD", bare.translate(_PLAIN))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    if any(c.isalnum() and not c.isascii() for c in letters):
        return None
    name = "-".join(_WORD.findall(letters))
    name = re.sub(r"-{2,}", "-", name).strip("-_") if name != bare else name
    return name or None
