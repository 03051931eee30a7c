"""What the name of a target means: a folder, or a scheme and what follows it."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

from producer.publish.errors import PublishError
from producer.publish.redact import redacted

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+):(?P<slashes>//)?", re.IGNORECASE)
# These go without slashes too: `git:origin`, `rsync:host:/path`.
_BARE = frozenset({"git", "rsync"})
FOLDER = "file"


@dataclass(frozen=True, slots=True)
class Address:
    """A target by its scheme, and the rest in that scheme's own way. It may hold a password."""

    scheme: str
    place: str = field(repr=False)

    @property
    def shown(self) -> str:
        """How messages name it."""
        if self.scheme == FOLDER:
            return self.place
        joined = self.place if "://" in self.place else f"{self.scheme}:{self.place}"
        return redacted(f"git+{joined}" if self.scheme == "git" and "://" in self.place else joined)


def parse_address(text: str, base: Path) -> Address:
    """Read the name of a target; a relative folder is meant from `base`.

    Raises PublishError for an empty one. Which schemes there are is up to `targets`.
    """
    if not text.strip() or "\0" in text:
        raise PublishError("the target has no name", hint="name a folder, or an address")
    match = _SCHEME.match(text)
    if match is None or not (match["slashes"] or match["scheme"].lower() in _BARE):
        return Address(FOLDER, str((base / Path(text).expanduser()).absolute()))
    scheme = match["scheme"].lower()
    if scheme == FOLDER:
        return Address(FOLDER, unquote(urlsplit(text).path) or "/")
    if scheme.startswith("git+"):
        return Address("git", text[len("git+") :])
    if scheme in _BARE and not match["slashes"]:
        return Address(scheme, text[match.end() :])
    return Address(scheme, text)
