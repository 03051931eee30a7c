"""The workspace: which folder it is, and which files in it are what (DESIGN 3)."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from producer.audio.formats import SUFFIXES
from producer.errors import TooLargeError, WorkspaceError
from producer.io.files import read_bytes
from producer.io.packaged import packaged_templates

# What reads YAML is imported where it is used: a build with nothing to do reads none.
if TYPE_CHECKING:
    from producer.model.episode import Episode
    from producer.model.person import Person
    from producer.model.show import Show
    from producer.problems import Problem

CONFIG_NAME = "podcast.yaml"
# A day of speech with every word timed is smaller.
MAX_EPISODE_BYTES = 8 * 1024 * 1024


def find_root(start: Path) -> Path:
    """The nearest folder from `start` upwards with a `podcast.yaml`, else `start` itself."""
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    for candidate in (folder, *folder.parents):
        if (candidate / CONFIG_NAME).is_file():
            return candidate
    # An episode named by its path in a workspace without a podcast.yaml.
    if folder.name == "episodes":
        return folder.parent
    return folder


@dataclass(frozen=True)
class Workspace:
    """A folder of episodes. Files are read when they are asked for, and not twice.

    `base` is the folder from which messages name files.
    """

    root: Path
    base: Path = field(default_factory=Path.cwd)

    @classmethod
    def open(cls, root: Path | None, episode_path: Path | None = None) -> "Workspace":
        """The workspace at `root`, or the one that the current folder or an episode lies in."""
        if root is None:
            return cls(find_root(episode_path or Path.cwd()))
        if not root.is_dir():
            raise WorkspaceError(
                f"{root}: there is no such folder", hint="name the show's folder with --root"
            )
        return cls(root.resolve())

    def shown(self, path: Path) -> str:
        """A path as messages name it: relative to where the user is, if it lies below."""
        for base in (self.base, self.root):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.as_posix()

    @cached_property
    def episodes_folder(self) -> Path:
        """`episodes/`, or the root itself where a bare folder of episode files is used."""
        folder = self.root / "episodes"
        return folder if folder.is_dir() else self.root

    @property
    def caption_folders(self) -> tuple[Path, ...]:
        """Where captions are looked for, by the slugs of their episodes."""
        return self.episodes_folder / "captions", self.root / "captions"

    @cached_property
    def _show(self) -> "tuple[Show | None, tuple[Problem, ...]]":
        from producer.model.show import Show
        from producer.read.show import read_show

        path = self.root / CONFIG_NAME
        if not path.is_file():
            return Show(), ()
        return read_show(self.shown(path), read_bytes(path))

    @property
    def show(self) -> "Show":
        """The show; one of defaults where there is no `podcast.yaml`, or none that can be read."""
        from producer.model.show import Show

        return self._show[0] or Show()

    @property
    def has_broken_show(self) -> bool:
        """Whether there is a `podcast.yaml` that cannot be read: no time to rebuild everything."""
        return self._show[0] is None

    @property
    def show_problems(self) -> "tuple[Problem, ...]":
        """What is wrong in `podcast.yaml`."""
        return self._show[1]

    @cached_property
    def episode_paths(self) -> dict[str, Path]:
        """The episode files by slug, in the order of their slugs."""
        folder = self.episodes_folder
        bare = folder == self.root
        paths = {
            path.name.removesuffix(".md"): path
            for path in folder.glob("*.md")
            if not path.name.startswith(("_", ".")) and path.is_file()
        }
        if bare:
            paths = {slug: path for slug, path in paths.items() if _has_fence(path)}
        return dict(sorted(paths.items()))

    def episode_path(self, name: str) -> tuple[str, Path]:
        """The slug and the file of an episode named by slug or by path. Raises WorkspaceError."""
        if name in self.episode_paths:
            return name, self.episode_paths[name]
        path = Path(name)
        if path.is_file():
            return path.name.removesuffix(".md"), path.resolve()
        slug = path.name.removesuffix(".md")
        if slug in self.episode_paths and len(path.parts) == 1:
            return slug, self.episode_paths[slug]
        raise WorkspaceError(f"there is no episode {name!r}", hint=self._suggestion(slug))

    def _suggestion(self, slug: str) -> str:
        import difflib

        begins = [known for known in self.episode_paths if slug and known.startswith(slug)]
        near = begins or difflib.get_close_matches(slug, self.episode_paths, n=1)
        if near:
            return f"did you mean {near[0]}?"
        return f"episodes are looked for in {self.shown(self.episodes_folder)}"

    def read_episode(self, slug: str, path: Path) -> "tuple[Episode | None, tuple[Problem, ...]]":
        """Read and parse one episode. Raises InputError where the file cannot be read."""
        from producer.problems import Problem, severity_of
        from producer.read.episode import read_episode

        shown = self.shown(path)
        try:
            return read_episode(slug, shown, read_bytes(path, limit=MAX_EPISODE_BYTES))
        except TooLargeError:
            size = f"larger than {MAX_EPISODE_BYTES >> 20} MiB"
            hint = "no transcript is as long; is it a text file?"
            return None, (Problem("F107", severity_of("F107"), size, shown, hint=hint),)

    @cached_property
    def _people(self) -> "tuple[dict[str, Person], tuple[Problem, ...]]":
        from producer.read.person import read_person

        people: dict[str, Person] = {}
        problems: list[Problem] = []
        for path in self.people_paths:
            slug = path.name.removesuffix(".md")
            person, found = read_person(slug, self.shown(path), read_bytes(path))
            problems.extend(found)
            if person is not None:
                people[slug] = person
        return people, tuple(problems)

    @cached_property
    def people_paths(self) -> tuple[Path, ...]:
        """The files of `people/`, in order."""
        paths = (self.root / "people").glob("*.md")
        return tuple(sorted(path for path in paths if not path.name.startswith(("_", "."))))

    @property
    def people(self) -> "dict[str, Person]":
        """The people by slug."""
        return self._people[0]

    @property
    def people_problems(self) -> "tuple[Problem, ...]":
        """What is wrong in the files of `people/`."""
        return self._people[1]

    @cached_property
    def templates(self) -> dict[str, tuple[str, str]]:
        """Templates by name: the path to show, and the text; the workspace's over the packaged."""
        found: dict[str, tuple[str, str]] = {}
        for folder in (packaged_templates(), self.root / "templates"):
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                name = path.relative_to(folder).as_posix()
                if not path.name.startswith("."):
                    text = read_bytes(path).decode("utf-8", errors="replace")
                    found[name] = self.shown(path), text
        return found

    def audio_path(self, episode: "Episode") -> Path | None:
        """The episode's sound file: the one it names, else one with its slug; None without either.

        A named file need not exist: that is for the caller to say.
        """
        if episode.audio.file:
            beside = self.episodes_folder / "audio" / episode.audio.file
            return beside if beside.exists() else self.root / episode.audio.file
        return next(iter(self.audio_paths(episode)), None)

    def audio_paths(self, episode: "Episode") -> tuple[Path, ...]:
        """The sound files that have the episode's slug; none for one that names its file."""
        if episode.audio.file:
            return ()
        folder = self.episodes_folder / "audio"
        named = (folder / f"{episode.slug}{suffix}" for suffix in SUFFIXES)
        return tuple(path for path in named if path.is_file())

    def image_path(self, image: str) -> Path | None:
        """The file of an image that is named by a path below the root; None for an address."""
        if not image or "://" in image:
            return None
        if image not in self._image_paths:
            path = (self.root / image.lstrip("/")).resolve()
            self._image_paths[image] = path if path.is_relative_to(self.root) else None
        return self._image_paths[image]

    @cached_property
    def _image_paths(self) -> dict[str, Path | None]:
        """What was found before: every episode asks for the show's."""
        return {}


def _has_fence(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(256).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"---")
