"""Word documents: a time line, a speaker line, paragraphs; headings are headers."""

from producer.imports.content import Content
from producer.imports.docx_paragraphs import read_paragraphs
from producer.imports.model import ImportProblem, Reading
from producer.imports.paragraphs import NotATimeError, from_paragraphs

_ZIP = b"PK\x03\x04"
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def sniff(content: Content) -> bool:
    """Whether it is a zip file, as every .docx is, or a file of old Word, to say what to do."""
    return content.data.startswith((_ZIP, _OLD_WORD))


def read(content: Content) -> Reading:
    """Raises ImportFileError for what is no .docx or a hostile one, and a time that is none."""
    if content.data.startswith(_OLD_WORD):
        raise content.error(
            "an old Word file, or one with a password", "save it as .docx without a password"
        )
    problems: list[ImportProblem] = []
    paragraphs = read_paragraphs(content, problems)
    try:
        entries = from_paragraphs(paragraphs, problems)
    except NotATimeError as error:
        raise content.error(str(error), "write M:SS or H:MM:SS, or -:-- for no time") from error
    return Reading(entries, problems=tuple(problems))
