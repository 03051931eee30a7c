"""A .docx for review: styles for each kind of paragraph, and the same bytes each time."""

import datetime
import io
import zipfile
from collections.abc import Iterable

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.rel import Relationships
from docx.shared import Pt, RGBColor

from producer.imports.docx_styles import SPEAKER, STYLE_OF, TEXT, TIME
from producer.imports.paragraphs import Paragraph
from producer.text import clean

# Zip files cannot say an earlier time.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_CREATED = datetime.datetime(1980, 1, 1)
_GREY = RGBColor(0x66, 0x66, 0x66)


def docx_bytes(title: str, paragraphs: Iterable[Paragraph]) -> bytes:
    """The document, without a date, an author or a preview in it."""
    document = docx.Document()
    _set_up(document, title)
    for paragraph in paragraphs:
        document.add_paragraph(clean(paragraph.text), style=STYLE_OF[paragraph.role])
    written = io.BytesIO()
    document.save(written)
    return _repacked(written.getvalue())


def _set_up(document: Document, title: str) -> None:
    properties = document.core_properties
    # The format has room for 255 characters.
    properties.title, properties.author, properties.comments = clean(title)[:255], "", ""
    properties.created = properties.modified = _CREATED
    # A preview of an empty page; and half of the size, for a version of Word long gone.
    _drop(document.part.package.rels, "/thumbnail")
    _drop(document.part.rels, "/stylesWithEffects")
    time, speaker, text = (
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in (TIME, SPEAKER, TEXT)
    )
    for style, following in ((time, speaker), (speaker, text), (text, text)):
        style.base_style = document.styles["Normal"]
        style.quick_style = True
        style.next_paragraph_style = following
    time.font.size, time.font.color.rgb = Pt(9), _GREY
    time.paragraph_format.space_before, time.paragraph_format.space_after = Pt(10), Pt(0)
    speaker.font.bold, speaker.paragraph_format.space_after = True, Pt(0)
    for style in (time, speaker):
        style.paragraph_format.keep_with_next = True


def _drop(relations: Relationships, kind: str) -> None:
    for key in [key for key, each in relations.items() if each.reltype.endswith(kind)]:
        del relations[key]


def _repacked(data: bytes) -> bytes:
    """The same parts with a fixed time, not compressed: compressors differ between machines."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            member.create_system = 0
            member.external_attr = 0
            new.writestr(member, old.read(name))
    return packed.getvalue()
