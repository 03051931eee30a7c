"""An episode's transcript as a .docx for review. What comes back goes through `edits.py`."""

from producer.imports.model import ImportedEntry, ImportedHeader, ImportedLine
from producer.imports.paragraphs import Paragraph, Role, to_paragraphs
from producer.model.episode import Entry, Episode, Header
from producer.review.write import docx_bytes


def transcript_to_docx(episode: Episode) -> bytes:
    """The transcript on the video timeline: a heading a header; time, speaker and paragraphs.

    Reading it with `producer.imports.read_transcript` gives every header and line back: texts,
    speakers, and times to the millisecond.
    """
    title = Paragraph(Role.TITLE, episode.title)
    return docx_bytes(episode.title, [title, *to_paragraphs(map(as_imported, episode.transcript))])


def as_imported(entry: Entry) -> ImportedEntry:
    """An entry of an episode as a reader of files would give it."""
    if isinstance(entry, Header):
        return ImportedHeader(entry.title, entry.start_ms)
    return ImportedLine(entry.start_ms, None, entry.who, entry.text)
