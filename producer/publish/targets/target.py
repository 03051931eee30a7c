"""What every target can do: the interface that a new one implements, in a file of its own."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from producer.publish.address import Address
from producer.publish.errors import PublishError
from producer.publish.files import LocalFile
from producer.publish.headers import Headers
from producer.publish.plan import RemoteFile, Upload

OnBytes = Callable[[int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What targets may want to know besides their address."""

    root: Path
    out: Path
    endpoint: str = ""
    region: str = ""
    force_push: bool = False


class Target(ABC):
    """Where a show is published. Paths are those of the build, with forward slashes.

    Every method raises PublishError, or PassingError where another try may help, with a message
    that names the target or the path and no secret. Nothing else of a library gets out.
    """

    keeps_headers = False
    """Whether files are stored with their type and their cache-control."""
    is_atomic = False
    """Whether nothing shows before `finish`, and then all at once: no order to keep, no marker."""
    is_batch = False
    """Whether many files go in one call of `put_batch`."""
    can_stage = True
    """Whether a file can be sent under another name first, and renamed in one step."""
    at_once = 1
    """How many files may be sent side by side."""

    def __init__(self, address: Address) -> None:
        self.shown = address.shown

    @abstractmethod
    def list(self, paths: Iterable[str]) -> dict[str, RemoteFile]:
        """Those of `paths` that are there. An empty or missing place has none."""

    def stat(self, path: str) -> RemoteFile | None:
        """The same of one."""
        return self.list([path]).get(path)

    @abstractmethod
    def read(self, path: str, limit: int) -> bytes | None:
        """The bytes of a file, at most `limit` (PublishError for more); None where it is not."""

    @abstractmethod
    def put(self, path: str, file: LocalFile, headers: Headers, on_bytes: OnBytes) -> None:
        """Write or replace a file: whoever reads it meanwhile sees the old bytes or the new."""

    @abstractmethod
    def put_bytes(self, path: str, data: bytes) -> None:
        """The same with a small document of our own."""

    @abstractmethod
    def create(self, path: str, data: bytes) -> bool:
        """Write a document that is not there yet; False where it is."""

    @abstractmethod
    def check(self, path: str, file: LocalFile) -> RemoteFile:
        """What is at `path` after a `put`. PassingError where it is not the file, as far as one
        can tell: by size always, by content where that is not dear.
        """

    @abstractmethod
    def rename(self, path: str, name: str) -> None:
        """Give a file another path, and replace what is there, in one step."""

    @abstractmethod
    def delete(self, path: str) -> None:
        """Delete a file that may be gone."""

    def tells_same(self, file: LocalFile, there: RemoteFile) -> bool:
        """Whether the target can tell, at little cost, that it has that very file."""
        return False

    def put_batch(self, uploads: Sequence[Upload], on_sent: Callable[[str], None]) -> None:
        """Write many files, and see that they arrived whole, where `is_batch`."""
        raise NotImplementedError

    def finish(self, message: str) -> None:  # noqa: B027
        """Make it all show, where `is_atomic`."""

    def close(self) -> None:  # noqa: B027
        """Let go of connections."""


def too_large(path: str) -> PublishError:
    """What `read` raises for a file that is larger than any of ours at that path."""
    return PublishError(f"{path}: larger than anything of its kind")


Opener = Callable[[Address, Context], Target]
