"""Names of files and anchors made from titles: ASCII, lower case, safe on every system."""

from slugify import slugify


def ascii_name(title: str, *, fallback: str, max_length: int = 60) -> str:
    """`Wie klingt Größe?` becomes `wie-klingt-grosse`; what leaves nothing becomes `fallback`."""
    return slugify(title, max_length=max_length, word_boundary=True) or fallback


def clip_name(number: int, total: int, title: str) -> str:
    """`NN-<name>`: numbered from 1, wide enough that names sort in order."""
    width = max(2, len(str(total)))
    return f"{number:0{width}}-{ascii_name(title, fallback='clip')}"
