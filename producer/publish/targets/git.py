"""A branch of a git repository, as GitHub Pages serves it: `git:origin#gh-pages`.

The commit is put together with git's plumbing from an index of its own: work tree, index and
branches of the show's repository are not touched. All shows at once, with the push.
"""

import contextlib
import hashlib
import tempfile
from collections.abc import Iterable
from pathlib import Path

from producer.publish.address import Address
from producer.publish.errors import PassingError, PublishError
from producer.publish.files import LocalFile
from producer.publish.headers import Headers
from producer.publish.plan import RemoteFile
from producer.publish.redact import redacted
from producer.publish.targets.program import run_program
from producer.publish.targets.target import Context, OnBytes, Target, too_large
from producer.text import one_line

_BRANCH = "gh-pages"
_REMOTE = "origin"
_NO_JEKYLL = ".nojekyll"
_TIMEOUT_S = 3600
_PASSING = (
    "could not resolve host",
    "connection reset",
    "connection timed out",
    "connection refused",
    "failed to connect",
    "hung up unexpectedly",
    "early eof",
    "operation timed out",
    "returned error: 5",
)
_REJECTED = (
    "non-fast-forward",
    "fetch first",
    "stale info",
    "cannot lock ref",
    "failed to update ref",
)


def open_target(address: Address, context: Context) -> Target:
    """The branch `#NAME` (gh-pages if none is named), or a folder of it (`#NAME:FOLDER`)."""
    remote, _, branch = address.place.partition("#")
    branch, _, folder = branch.partition(":")
    remote, branch, folder = remote or _REMOTE, branch or _BRANCH, folder.strip("/")
    if remote.startswith("-") or not _is_branch(branch) or ".." in folder.split("/"):
        raise PublishError(f"{address.shown}: is no branch of a repository")
    return GitTarget(address, context, remote, branch, folder)


class GitTarget(Target):
    """What is put is kept as objects, and becomes a commit in `finish`."""

    is_atomic = True
    can_stage = False

    def __init__(
        self, address: Address, context: Context, remote: str, branch: str, folder: str
    ) -> None:
        super().__init__(address)
        self._remote = remote
        self._ref = f"refs/heads/{branch}"
        # Where the tip is kept between runs: not among the branches.
        self._kept = f"refs/producer/{branch}"
        self._prefix = f"{folder}/" if folder else ""
        self._force = context.force_push
        self._repository = _repository(context, remote)
        self._changes: dict[str, str] = {}
        self._tip: str | None = None
        self._tree: dict[str, RemoteFile] | None = None

    def list(self, paths: Iterable[str]) -> dict[str, RemoteFile]:
        tree = self._load()
        return {path: tree[name] for path in paths if (name := self._prefix + path) in tree}

    def read(self, path: str, limit: int) -> bytes | None:
        there = self._load().get(self._prefix + path)
        if there is None:
            return None
        if there.size > limit:
            raise too_large(path)
        return self._git("cat-file", "blob", there.tag)

    def put(self, path: str, file: LocalFile, headers: Headers, on_bytes: OnBytes) -> None:
        source = str(file.source.absolute())
        written = self._git("hash-object", "-w", "--no-filters", "--", source)
        self._changes[self._prefix + path] = written.decode().strip()
        on_bytes(file.size)

    def put_bytes(self, path: str, data: bytes) -> None:
        written = self._git("hash-object", "-w", "--stdin", stdin=data)
        self._changes[self._prefix + path] = written.decode().strip()

    def create(self, path: str, data: bytes) -> bool:
        """No marker: a push that comes second is refused."""
        return True

    def check(self, path: str, file: LocalFile) -> RemoteFile:
        name = self._changes[self._prefix + path]
        if name != blob_name(file, len(name)):
            raise PassingError(f"{path}: changed while it was read", hint="is it being rebuilt?")
        return RemoteFile(file.size, name)

    def rename(self, path: str, name: str) -> None:
        self._changes[self._prefix + name] = self._changes.pop(self._prefix + path)

    def delete(self, path: str) -> None:
        self._changes[self._prefix + path] = ""

    def tells_same(self, file: LocalFile, there: RemoteFile) -> bool:
        return blob_name(file, len(there.tag)) == there.tag

    def finish(self, message: str) -> None:
        """Commit and push; files of others in the branch, such as CNAME, stay."""
        tree = self._load()
        with tempfile.TemporaryDirectory(prefix="producer-") as folder:
            index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
            if self._tip:
                self._git("read-tree", self._tip, env=index)
            changes = dict(self._changes)
            if _NO_JEKYLL not in tree and not self._prefix:
                # Without it GitHub leaves out what begins with a dot or an underscore.
                changes[_NO_JEKYLL] = self._git("hash-object", "-w", "--stdin").decode().strip()
            self._git("update-index", "-z", "--index-info", stdin=_index_info(changes), env=index)
            written = self._git("write-tree", env=index).decode().strip()
        if (
            self._tip
            and self._git("rev-parse", f"{self._tip}^{{tree}}").decode().strip() == written
        ):
            return
        parents = ["-p", self._tip] if self._tip and not self._force else []
        commit = self._git("commit-tree", written, *parents, "-m", message, env=self._author())
        self._push(commit.decode().strip())

    def _push(self, commit: str) -> None:
        lease = [f"--force-with-lease={self._ref}:{self._tip or ''}"] if self._force else []
        self._git("push", "--quiet", *lease, self._remote, f"{commit}:{self._ref}")
        if self._at_remote() != commit:
            raise PublishError(f"{self.shown}: the branch is not what was pushed")
        self._git("update-ref", self._kept, commit)
        self._tip, self._tree, self._changes = commit, None, {}

    def _load(self) -> dict[str, RemoteFile]:
        """The files of the branch as it is at the remote, by their paths in it."""
        if self._tree is None:
            self._tip = self._at_remote()
            self._tree = {}
            if self._tip:
                refspec = f"+{self._ref}:{self._kept}"
                self._git("fetch", "--quiet", "--no-tags", self._remote, refspec)
                self._tip = self._git("rev-parse", self._kept).decode().strip()
                listing = self._git("ls-tree", "-r", "-z", "--long", self._tip)
                self._tree = dict(_parse_tree(listing))
        return self._tree

    def _at_remote(self) -> str | None:
        said = self._git("ls-remote", "--", self._remote, self._ref).decode(errors="replace")
        return next((line.split()[0] for line in said.splitlines() if line.strip()), None)

    def _author(self) -> dict[str, str]:
        """Whoever git says; where it knows nobody, as on a machine that builds, us."""
        try:
            self._git("var", "GIT_COMMITTER_IDENT")
        except PublishError:
            return {
                f"GIT_{role}_{what}": value
                for role in ("AUTHOR", "COMMITTER")
                for what, value in (("NAME", "producer"), ("EMAIL", "producer@localhost"))
            }
        return {}

    def _git(self, *args: str, stdin: bytes = b"", env: dict[str, str] | None = None) -> bytes:
        return _run(self._repository, self.shown, args, stdin, env or {})


def blob_name(file: LocalFile, length: int) -> str:
    """The name that git gives a file's bytes: SHA-1, or SHA-256 where names are of that length."""
    digest = hashlib.sha256() if length == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % file.size)
    with file.source.open("rb") as source:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _repository(context: Context, remote: str) -> Path:
    """The repository that the show is in: it knows the remotes and how to log in there.

    Elsewhere one of our own beside the build, where nothing is checked out.
    """
    with contextlib.suppress(PublishError):
        _run(context.root, "git", ("rev-parse", "--git-dir"), b"", {})
        return context.root
    if not any(mark in remote for mark in "/:\\"):
        raise PublishError(f"git:{remote}: the show is in no repository that has remotes")
    own = context.out / ".producer" / "git"
    if not (own / "HEAD").is_file():
        _run(context.root, "git", ("init", "--quiet", "--bare", str(own)), b"", {})
    return own


def _run(
    folder: Path, shown: str, args: tuple[str, ...], stdin: bytes, env: dict[str, str]
) -> bytes:
    # Nobody is there to be asked.
    quiet = {"GIT_TERMINAL_PROMPT": "0", **env}
    command = ["git", "-C", str(folder), *args]
    done = run_program(command, f"{shown}: git {args[0]}", _TIMEOUT_S, stdin=stdin, env=quiet)
    if done.returncode == 0:
        return done.stdout
    said = one_line(redacted(done.stderr.decode(errors="replace")))
    message = f"{shown}: git {args[0]}: {said[:300] or f'status {done.returncode}'}"
    lowered = said.lower()
    if args[0] == "push" and any(word in lowered for word in _REJECTED):
        raise PublishError(message, hint="somebody else pushed meanwhile: run it again")
    passing = any(word in lowered for word in _PASSING)
    raise (PassingError if passing else PublishError)(message)


def _parse_tree(listing: bytes) -> Iterable[tuple[str, RemoteFile]]:
    for line in listing.split(b"\0"):
        facts, _, path = line.partition(b"\t")
        parts = facts.split()
        if len(parts) == 4 and parts[1] == b"blob":
            yield (
                path.decode(errors="surrogateescape"),
                RemoteFile(int(parts[3]), parts[2].decode()),
            )


def _index_info(changes: dict[str, str]) -> bytes:
    """Lines for `update-index --index-info`; a mode of 0 takes a file out."""
    lines = []
    for path, name in changes.items():
        facts = f"100644 {name}" if name else f"0 {'0' * 40}"
        lines.append(f"{facts}\t{path}\0")
    return "".join(lines).encode(errors="surrogateescape")


def _is_branch(name: str) -> bool:
    """Whether git takes it: see git-check-ref-format."""
    parts = name.split("/")
    bad = any(c in name for c in " ~^:?*[\\") or ".." in name or "@{" in name
    ends = name.startswith("-") or name.endswith((".", ".lock"))
    return name.isprintable() and not bad and not ends and all(p and p[0] != "." for p in parts)
