"""The styles of a document for review: their names, and what a paragraph in them is."""

from producer.imports.paragraphs import Role

TITLE, HEADING = "Title", "Heading 2"
TIME, SPEAKER, TEXT = "Transcript Time", "Transcript Speaker", "Transcript Text"

STYLE_OF = {
    Role.TITLE: TITLE,
    Role.HEADING: HEADING,
    Role.TIME: TIME,
    Role.SPEAKER: SPEAKER,
    Role.TEXT: TEXT,
}
# By their names in lower case; headings and titles have many more.
ROLES = {TIME.lower(): Role.TIME, SPEAKER.lower(): Role.SPEAKER, TEXT.lower(): Role.TEXT}
