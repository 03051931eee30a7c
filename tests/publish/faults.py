"""A small build to publish, a reader of its feed, and a target that fails when it is told to."""

import errno
from collections.abc import Callable, Iterable
from pathlib import Path

from producer.feed_check.parse import parse
from producer.publish.address import Address
from producer.publish.errors import PassingError, PublishError
from producer.publish.files import LocalFile
from producer.publish.headers import Headers
from producer.publish.plan import RemoteFile
from producer.publish.targets.folder import FolderTarget
from producer.publish.targets.target import OnBytes, Target

BASE = "https://show.example.org/p"
_FEED = """<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>
<title>{title}</title>{items}</channel></rss>
"""
_ITEM = """<item><title>{title}</title><guid>{slug}</guid><link>{base}/{slug}/</link>
<enclosure url="{base}/{audio}" length="{length}" type="audio/mpeg"/>
<podcast:chapters url="{base}/{slug}/chapters.json" type="application/json+chapters"/></item>
"""


def write_build(out: Path, episodes: dict[str, str]) -> None:
    """A build with an episode for each slug; what stands for its sound is made of the text."""
    items = ""
    for slug, text in episodes.items():
        audio = f"{slug}/{slug}-01234567.mp3"
        data = f"sound of {slug}: {text}".encode() * (1 + len(text))
        files = {
            audio: data,
            f"{slug}/clips/01-{slug}.mp3": data,
            f"{slug}/chapters.json": f"[{text}]".encode(),
            f"{slug}/index.html": f"<p>{text}".encode(),
        }
        for path, content in files.items():
            (out / path).parent.mkdir(parents=True, exist_ok=True)
            (out / path).write_bytes(content)
        items += _ITEM.format(title=text, slug=slug, base=BASE, audio=audio, length=len(data))
    (out / "index.html").write_text("".join(episodes))
    (out / "feed.xml").write_text(_FEED.format(title="Show", items=items))


def complaints(place: Path) -> list[str]:
    """What a reader of the feed that stands in a folder finds missing or wrong."""
    feed = place / "feed.xml"
    if not feed.is_file():
        return []
    document = parse("feed.xml", feed.read_bytes())
    if document.faults or document.root is None:
        return ["the feed is broken"]
    channel = document.root.first("channel")
    assert channel is not None
    found = []
    for item in channel.every("item"):
        enclosure, chapters = item.first("enclosure"), item.first("podcast:chapters")
        assert enclosure is not None
        assert chapters is not None
        audio = place / enclosure.get("url").removeprefix(f"{BASE}/")
        if not audio.is_file():
            found.append(f"{audio.name} is missing")
        elif audio.stat().st_size != int(enclosure.get("length")):
            found.append(f"{audio.name} has another length")
        text = place / chapters.get("url").removeprefix(f"{BASE}/")
        if not text.is_file() or not text.read_text().endswith("]"):
            found.append(f"{text} is missing or half there")
    return found


class Faulty(Target):
    """A folder where the n-th step of some kind fails, and every step is looked at by a reader."""

    def __init__(self, place: Path, fault: Callable[[str, str, int], None] | None = None) -> None:
        super().__init__(Address("file", str(place)))
        self.place = place
        self.inner = FolderTarget(Address("file", str(place)))
        self.fault = fault
        self.steps: list[tuple[str, str]] = []
        self.seen: list[str] = []

    def step(self, what: str, path: str) -> None:
        self.seen += complaints(self.place)
        self.steps.append((what, path))
        if self.fault is not None:
            self.fault(what, path, sum(known == what for known, _ in self.steps))

    def list(self, paths: Iterable[str]) -> dict[str, RemoteFile]:
        return self.inner.list(paths)

    def read(self, path: str, limit: int) -> bytes | None:
        return self.inner.read(path, limit)

    def put(self, path: str, file: LocalFile, headers: Headers, on_bytes: OnBytes) -> None:
        self.step("put", path)
        self.inner.put(path, file, headers, on_bytes)
        self.step("after put", path)

    def put_bytes(self, path: str, data: bytes) -> None:
        self.step("put_bytes", path)
        self.inner.put_bytes(path, data)

    def create(self, path: str, data: bytes) -> bool:
        return self.inner.create(path, data)

    def check(self, path: str, file: LocalFile) -> RemoteFile:
        self.step("check", path)
        return self.inner.check(path, file)

    def rename(self, path: str, name: str) -> None:
        self.step("rename", name)
        self.inner.rename(path, name)

    def delete(self, path: str) -> None:
        self.step("delete", path)
        self.inner.delete(path)

    def tells_same(self, file: LocalFile, there: RemoteFile) -> bool:
        return self.inner.tells_same(file, there)


def cut(*_: object) -> None:
    raise PassingError("the connection broke off")


def disk_full(*_: object) -> None:
    raise PublishError(f"{errno.ENOSPC}: no space left")


def denied(*_: object) -> None:
    raise PublishError("permission denied")


FAULTS = {"cut": cut, "disk full": disk_full, "denied": denied}


def at_step(what: str, number: int, fault: Callable[..., None]) -> Callable[[str, str, int], None]:
    """A fault from the n-th step of a kind on."""

    def check(step: str, path: str, count: int) -> None:
        if step == what and count >= number:
            fault()

    return check
