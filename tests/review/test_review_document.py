"""A transcript goes into a .docx and comes back whole; what others write into it is understood."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from builders import one_line_texts
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.imports import (
    ImportedEntry,
    ImportedHeader,
    ImportedLine,
    ImportedTranscript,
    ImportFileError,
    read_transcript,
)
from producer.imports.model import ImportProblem
from producer.imports.paragraphs import (
    NO_SPEAKER,
    NO_TIME,
    NotATimeError,
    Paragraph,
    Role,
    format_time,
    from_paragraphs,
    to_paragraphs,
)
from producer.read.episode import read_episode
from producer.review.document import as_imported, transcript_to_docx
from producer.review.write import docx_bytes
from producer.times import MAX_MS, parse_clock

hostile_texts = one_line_texts | st.sampled_from(
    ["12:40", "\\12:40", "\\\\0:00.5", "[1:00]", NO_TIME, f"\\{NO_TIME}", NO_SPEAKER, "\\(no name)"]
)
starts = st.none() | st.integers(0, MAX_MS)


@st.composite
def transcripts(draw: st.DrawFn, max_size: int = 8) -> tuple[ImportedEntry, ...]:
    """Entries as an episode has them: each line with the speaker that is heard in it."""
    speakers = draw(st.lists(hostile_texts, min_size=1, max_size=3))
    who = draw(st.sampled_from(["", *speakers]))
    entries: list[ImportedEntry] = []
    for _ in range(draw(st.integers(1, max_size))):
        if draw(st.integers(0, 3)) == 0:
            entries.append(ImportedHeader(draw(hostile_texts), draw(starts)))
        else:
            who = draw(st.sampled_from([who, *speakers]))
            entries.append(ImportedLine(draw(starts), None, who, draw(hostile_texts)))
    return tuple(entries)


@given(transcripts())
def test_paragraphs_round_trip(entries: tuple[ImportedEntry, ...]) -> None:
    problems: list[ImportProblem] = []
    assert from_paragraphs(list(to_paragraphs(entries)), problems) == entries
    assert problems == []


plain_lines = st.builds(
    ImportedLine,
    st.integers(0, MAX_MS),
    st.none(),
    st.sampled_from(["Ada Smith", "Maren", "Łukasz", "SPEAKER 1"]),
    st.sampled_from(["Yes.", "It began with soap, and went on with kettles.", "No"]),
)


@given(st.lists(plain_lines, min_size=1, max_size=8))
def test_paragraphs_that_lost_their_styles(lines: list[ImportedLine]) -> None:
    # As Google Docs gives them back: it keeps headings only.
    paragraphs = [Paragraph(Role.TEXT, each.text) for each in to_paragraphs(lines)]
    assert list(from_paragraphs(paragraphs, [])) == lines


@settings(max_examples=25)
@given(transcripts())
def test_documents_round_trip(entries: tuple[ImportedEntry, ...]) -> None:
    data = docx_bytes("title", [Paragraph(Role.TITLE, "title"), *to_paragraphs(entries)])
    found = read_transcript("x.docx", data)
    assert (found.entries, found.problems) == (entries, ())
    assert (found.source_kind, found.has_paragraphs) == ("docx", True)


@given(st.integers(0, MAX_MS))
def test_times_round_trip(ms: int) -> None:
    assert parse_clock(format_time(ms)) == ms


def test_the_corpus_round_trips(corpus: Path) -> None:
    for path in sorted((corpus / "episodes").glob("*.md"))[::6]:
        episode, _ = read_episode(path.stem, str(path), path.read_bytes())
        assert episode is not None
        found = read_transcript("x.docx", transcript_to_docx(episode))
        assert found.entries == tuple(map(as_imported, episode.transcript))
        assert found.problems == ()


ENTRIES: tuple[ImportedEntry, ...] = (
    ImportedHeader("Welcome"),
    ImportedLine(4500, None, "Maren", "Hello."),
    ImportedLine(None, None, "Maren", "And welcome."),
    ImportedHeader("The kettle", 70_000),
    ImportedLine(74_250, None, "Ada", "How big?"),
    ImportedLine(None, None, "Maren", "Very."),
)


def of(entries: tuple[ImportedEntry, ...] = ENTRIES) -> bytes:
    return docx_bytes("Soap", [Paragraph(Role.TITLE, "Soap"), *to_paragraphs(entries)])


def test_what_a_reader_of_documents_sees() -> None:
    document = docx.Document(io.BytesIO(of()))
    assert [(each.style.name, each.text) for each in document.paragraphs if each.style] == [
        ("Title", "Soap"),
        ("Heading 2", "Welcome"),
        ("Transcript Time", "0:04.5"),
        ("Transcript Speaker", "Maren"),
        ("Transcript Text", "Hello."),
        ("Transcript Text", "And welcome."),
        ("Heading 2", "The kettle\t1:10"),
        ("Transcript Time", "1:14.25"),
        ("Transcript Speaker", "Ada"),
        ("Transcript Text", "How big?"),
        ("Transcript Time", "-:--"),
        ("Transcript Speaker", "Maren"),
        ("Transcript Text", "Very."),
    ]
    assert (document.core_properties.title, document.core_properties.author) == ("Soap", "")


def test_the_same_bytes_each_time() -> None:
    assert of() == of()
    with zipfile.ZipFile(io.BytesIO(of())) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def edited(change: str, to: str, data: bytes | None = None) -> ImportedTranscript:
    """The document with a piece of its XML replaced, as a word processor would."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data or of())) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                assert change.encode() in text
                text = text.replace(change.encode(), to.encode(), 1)
            new.writestr(name, text)
    return read_transcript("x.docx", written.getvalue())


def texts(found: ImportedTranscript) -> list[str]:
    return [each.title if isinstance(each, ImportedHeader) else each.text for each in found.entries]


@pytest.fixture
def run_xml() -> str:
    """The run of "How big?" as it stands in the file."""
    with zipfile.ZipFile(io.BytesIO(of())) as archive:
        xml = archive.read("word/document.xml").decode()
    begin = xml.rindex("<w:r>", 0, xml.index("How big?"))
    return xml[begin : xml.index("</w:r>", begin) + len("</w:r>")]


INSERTED = '<w:ins w:id="1" w:author="x"><w:r><w:t>{}</w:t></w:r></w:ins>'
DELETED = '<w:del w:id="2" w:author="x"><w:r><w:delText>{}</w:delText></w:r></w:del>'


def test_tracked_changes_count_as_accepted(run_xml: str) -> None:
    found = edited(run_xml, DELETED.format("How big?") + INSERTED.format("How large?"))
    assert texts(found)[4] == "How large?"
    assert [str(each) for each in found.problems] == [
        "document: tracked changes were taken as accepted"
    ]


def test_a_tracked_deletion_of_a_paragraph_end_joins_two(run_xml: str) -> None:
    with zipfile.ZipFile(io.BytesIO(of())) as archive:
        xml = archive.read("word/document.xml").decode()
    begin = xml.rindex("<w:pPr>", 0, xml.index("Hello."))
    properties = xml[begin : xml.index("</w:pPr>", begin)]
    at = xml[begin : xml.index("Hello.")]
    deleted = '<w:rPr><w:del w:id="3" w:author="x"/></w:rPr>'
    found = edited(at, at.replace(properties, properties + deleted, 1))
    assert texts(found)[1] == "Hello.And welcome."


def test_comments_pictures_and_footnotes_are_left_out_and_said(run_xml: str) -> None:
    box = "<w:r><w:pict><w:p><w:r><w:t>0:00</w:t></w:r></w:p></w:pict></w:r>"
    marks = '<w:r><w:commentReference w:id="1"/><w:footnoteReference w:id="1"/></w:r>'
    found = edited(run_xml, run_xml + box + marks)
    assert found.entries == ENTRIES
    assert [str(each) for each in found.problems] == [
        "document: 1 comments were not read",
        "document: 1 footnotes were not read",
        "document: pictures and text boxes were not read",
    ]


def test_runs_links_and_controls_are_text(run_xml: str) -> None:
    parts = (
        '<w:r><w:t xml:space="preserve">How </w:t></w:r><w:hyperlink><w:r><w:rPr><w:b/></w:rPr>'
        "<w:t>very</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>non</w:t><w:noBreakHyphen/>"
        "<w:t>big</w:t></w:r><w:sdt><w:sdtContent><w:r><w:t>?</w:t></w:r></w:sdtContent></w:sdt>"
    )
    assert texts(edited(run_xml, parts))[4] == "How very non\N{NON-BREAKING HYPHEN}big?"


def test_a_line_break_ends_a_paragraph(run_xml: str) -> None:
    found = edited(run_xml, "<w:r><w:t>How</w:t><w:br/><w:t>big?</w:t></w:r>")
    assert found.entries[4:6] == (
        ImportedLine(74_250, None, "Ada", "How"),
        ImportedLine(None, None, "Ada", "big?"),
    )


def made(*paragraphs: tuple[str, str]) -> bytes:
    """A document as somebody types it: style and text."""
    document = docx.Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def test_a_document_that_somebody_typed() -> None:
    found = read_transcript(
        "x.docx",
        made(
            ("Title", "The interview"),
            ("Heading 1", "Beginnings"),
            ("Normal", "[0:05]"),
            ("Normal", "Ada Smith"),
            ("Normal", "It began with soap."),
            ("Normal", ""),
            ("Normal", "Lots of it."),
            ("Normal", "1:02:03"),
            ("Normal", "Yes, that is what I would have said of it as well, and more."),
            ("Normal", "(1:02:05)"),
            ("Normal", "Bob"),
            ("Normal", "Bye"),
        ),
    )
    assert found.entries == (
        ImportedHeader("Beginnings"),
        ImportedLine(5000, None, "Ada Smith", "It began with soap."),
        ImportedLine(None, None, "Ada Smith", "Lots of it."),
        ImportedLine(
            *(3_723_000, None, "Ada Smith"),
            "Yes, that is what I would have said of it as well, and more.",
        ),
        ImportedLine(3_725_000, None, "Bob", "Bye"),
    )
    assert found.problems == ()


def test_a_table_is_read_cell_by_cell() -> None:
    document = docx.Document()
    cells = document.add_table(1, 3).rows[0].cells
    for cell, text in zip(cells, ("0:05", "Ada", "Hello"), strict=True):
        cell.text = text
    written = io.BytesIO()
    document.save(written)
    found = read_transcript("x", written.getvalue())
    assert found.entries == (ImportedLine(5000, None, "Ada", "Hello"),)


def test_headings_are_known_by_the_level_of_their_style() -> None:
    document = docx.Document()
    own = document.styles.add_style("Abschnitt", 1)
    own.base_style = document.styles["Heading 3"]
    document.add_paragraph("Anfang", style="Abschnitt")
    document.add_paragraph("Text")
    written = io.BytesIO()
    document.save(written)
    found = read_transcript("x", written.getvalue())
    assert found.entries == (ImportedHeader("Anfang"), ImportedLine(None, None, "", "Text"))


def read(*paragraphs: tuple[Role, str]) -> tuple[tuple[ImportedEntry, ...], list[str]]:
    numbered = [Paragraph(role, text, n) for n, (role, text) in enumerate(paragraphs, start=1)]
    problems: list[ImportProblem] = []
    return from_paragraphs(numbered, problems), [str(problem) for problem in problems]


def test_a_turn_typed_into_a_document_of_ours() -> None:
    entries, problems = read(
        (Role.TIME, "0:05"),
        (Role.SPEAKER, "Ada"),
        (Role.TEXT, "One."),
        (Role.TEXT, "0:09"),
        (Role.TEXT, "Ada"),
        (Role.TEXT, "Two."),
        (Role.TEXT, "0:12"),
        (Role.TEXT, "Yeah"),
        (Role.TEXT, "Three."),
    )
    assert problems == []
    assert entries == (
        ImportedLine(5000, None, "Ada", "One."),
        ImportedLine(9000, None, "Ada", "Two."),
        ImportedLine(12_000, None, "Ada", "Yeah"),
        ImportedLine(None, None, "Ada", "Three."),
    )


def test_times_without_text_are_said() -> None:
    entries, problems = read(
        (Role.TEXT, "0:05"), (Role.TEXT, "0:06"), (Role.TEXT, "hi"), (Role.TEXT, "9:00")
    )
    assert entries == (ImportedLine(6000, None, "", "hi"),)
    assert problems == [
        "paragraph 1: the time 0:05 has no text",
        "paragraph 4: the time 9:00 has no text",
    ]


def test_a_mistyped_time_is_refused_and_not_lost() -> None:
    with pytest.raises(NotATimeError):
        read((Role.TIME, "1:4O"))
    with pytest.raises(ImportFileError) as caught:
        edited("1:14.25", "1:4O")
    assert caught.value.message == "x.docx: paragraph 8 is not a time: '1:4O'"
