"""What is left to do by hand after a publication: the lines to paste, and where."""

from collections.abc import Sequence
from pathlib import Path

from producer.publish.feed_summary import Item


def lines_to_paste(items: Sequence[Item], base_url: str, out: Path, shown_out: str) -> list[str]:
    """For each new episode its page, its sound and the description for YouTube, as far as known."""
    lines = []
    for item in items:
        lines += [item.title, f"  page:     {item.link}", f"  sound:    {item.enclosure_url}"]
        slug = item.link.removeprefix(f"{base_url.rstrip('/')}/").strip("/")
        if slug and "/" not in slug and (out / slug / "youtube.txt").is_file():
            lines.append(f"  YouTube:  {shown_out}/{slug}/youtube.txt")
    return lines
