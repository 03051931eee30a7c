"""What every reader of transcripts gives: headers and lines, and what could not be read."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from producer.errors import ProducerError


class ImportFileError(ProducerError):
    """A file is no transcript or captions that can be read; nothing of it was taken."""


class Word(NamedTuple):
    """One word of a line and the span in which it is said."""

    start_ms: int
    end_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class ImportedHeader:
    """A section title. `start_ms` is a time of its own, if the file gives it one."""

    title: str
    start_ms: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """A cue or a paragraph. `who` is its speaker, named here or before; empty if nobody is.

    `start_ms` is None for a paragraph that goes on with the time before it.
    """

    start_ms: int | None
    end_ms: int | None
    who: str
    text: str
    words: tuple[Word, ...] = ()


ImportedEntry: TypeAlias = ImportedHeader | ImportedLine


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Something that was left out or mended, and where: `line 12`, `segment 3`."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of a file."""

    entries: tuple[ImportedEntry, ...]
    language: str = ""
    problems: tuple[ImportProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedTranscript:
    """A whole file. `source_kind` is the name of its format in `producer.imports.FORMATS`.

    `has_paragraphs` says whether its lines are paragraphs as somebody set them, rather than cues.
    """

    entries: tuple[ImportedEntry, ...]
    language: str
    source_kind: str
    has_paragraphs: bool = False
    problems: tuple[ImportProblem, ...] = ()

    @property
    def lines(self) -> tuple[ImportedLine, ...]:
        """The lines alone, in order."""
        return tuple(entry for entry in self.entries if isinstance(entry, ImportedLine))
