"""Reading transcripts and captions that other programs and people made.

`read_transcript` finds the format by the content; a module for each. To add one, write
`sniff(content) -> bool` and `read(content) -> Reading`, and add a line to `FORMATS`.
"""

from producer.imports.formats import FORMATS, Format, read_transcript
from producer.imports.model import (
    ImportedEntry,
    ImportedHeader,
    ImportedLine,
    ImportedTranscript,
    ImportFileError,
    ImportProblem,
    Word,
)

__all__ = [
    "FORMATS",
    "Format",
    "ImportFileError",
    "ImportProblem",
    "ImportedEntry",
    "ImportedHeader",
    "ImportedLine",
    "ImportedTranscript",
    "Word",
    "read_transcript",
]
