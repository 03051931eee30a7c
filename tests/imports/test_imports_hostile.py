"""What is no transcript, or is meant to harm, is refused with a line and what to do about it."""

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.captions.read import read_captions
from producer.errors import InputError
from producer.imports import (
    FORMATS,
    ImportedHeader,
    ImportedTranscript,
    ImportFileError,
    read_transcript,
)
from producer.imports.content import MAX_BYTES, MAX_LINES
from producer.imports.docx_archive import MAX_PART_BYTES
from producer.io.files import MAX_TEXT_BYTES

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read_or_refused(name: str, data: bytes) -> ImportedTranscript | None:
    """The transcript, or None for a refusal in one line; anything else that is raised escapes."""
    refusals: list[str] = []
    try:
        return read_transcript(name, data)
    except ImportFileError as error:
        refusals.append(error.message)
    assert "\n" not in refusals[0]
    return None


def refused(data: bytes, name: str = "x.txt") -> str:
    with pytest.raises(ImportFileError) as caught:
        read_transcript(name, data)
    assert "\n" not in caught.value.message
    assert caught.value.hint
    assert caught.value.message.startswith(f"{name}: ")
    return caught.value.message.removeprefix(f"{name}: ")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \r\n\t", "the file is empty"),
        (b"words and words", "not a transcript in a known format"),
        ("0:00 Gr\xfc\xdfe".encode("latin-1"), "line 1 is not UTF-8 text"),
        (b"0:00 a\n0:01 b\xff", "line 2 is not UTF-8 text"),
        (b"\xff\xfe0", "line 1 is not UTF-16-LE text"),
        ("0:00 hi".encode("utf-16-le"), "not text, or text in an encoding that it does not name"),
        ("0:00 hi".encode("utf-32"), "not text, or text in an encoding that it does not name"),
        (b"0:00 hi\nno time", "line 2 does not begin with a time: 'no time'"),
        (b"0:00 hi\n0:99 x", "line 2 does not begin with a time: '0:99 x'"),
        (
            b"0:00 hi\n" + b"9" * 6000 + b":00:00 x",
            f"line 2 does not begin with a time: {'9' * 60!r}",
        ),
        (b"WEBVTT", "there is no text in it"),
        (b"WEBVTT\n\nhi", "there is no text in it (line 3: no cue; left out: 'hi')"),
        (b"Ada  0:00\n", "there is no text in it (line 2: the last turn has no text)"),
        (b"{}", "JSON, but none of a transcript"),
        (b'[{"a": 1}]', "JSON, but none of a transcript"),
        (b'{"segments": 5, "transcription": []}', "there is no text in it"),
        (
            b'{"segments": [{"start": NaN, "text": "a"}]}',
            "JSON that cannot be read: NaN is no number",
        ),
        (
            b'{"segments": [{"start": -Infinity}]}',
            "JSON that cannot be read: -Infinity is no number",
        ),
        (b'{"segments": [', "line 1: not JSON: Expecting value"),
        (b'{"a": ' * 100_000, "JSON that cannot be read: it nests too deep"),
        (b"[" * 100_000, "JSON that cannot be read: it nests too deep"),
        (b"\xd0\xcf\x11\xe0 old", "an old Word file, or one with a password"),
    ],
    ids=range(23),
)
def test_refused(data: bytes, message: str) -> None:
    assert refused(data) == message


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("x.vtt", "the first line is not WEBVTT"),
        ("x.srt", "there is no cue in it"),
        ("x.docx", "not a whole .docx file; was it cut off?"),
        ("x.json", "not a transcript in a known format"),
    ],
)
def test_the_ending_decides_where_the_content_says_nothing(name: str, message: str) -> None:
    assert refused(b"words and words", name) == message


def test_huge_numbers_in_json() -> None:
    digits = b"9" * 5000
    assert refused(b'{"segments": [{"start": ' + digits + b', "text": "a"}]}').startswith(
        "JSON that cannot be read: "
    )


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(InputError, match=f"larger than {MAX_TEXT_BYTES >> 20} MiB"):
        read_captions(path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"0:00 " + b"x" * MAX_BYTES, "larger than 32 MiB"),
        (b"WEBVTT\n\n" + b"-->\n" * MAX_LINES, "more than 500,000 lines"),
        (b'[{"duration": 1, "text": ""}' + b",{}" * MAX_LINES + b"]", "more than 500,000 captions"),
    ],
    ids=["bytes", "lines", "items"],
)
def test_more_than_any_transcript(data: bytes, message: str) -> None:
    assert refused(data) == message


@pytest.mark.parametrize(
    "begin", ["WEBVTT\n\n00:01.000 --> 00:02.000\n", "1\n00:01 --> 00:02\n", "0:00 ", "A  0:00\n"]
)
@pytest.mark.parametrize("unit", ["x", "<", "&", " ", ":", "<v ", "{\\", "1 ", "-->", "\t0:0"])
def test_one_long_line_is_read_or_refused(begin: str, unit: str) -> None:
    # Patterns that try again from every place would take hours for this.
    data = (begin + unit * 300_000 + " end").encode()
    found = read_or_refused("x", data)
    assert found is None or found.entries


def package(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return written.getvalue()


def document(body: str, before: str = "") -> bytes:
    return f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'.encode()


TEXT = "<w:p><w:r><w:t>hello</w:t></w:r></w:p>"


def docx(body: bytes) -> bytes:
    return package({"word/document.xml": body})


def test_a_minimal_document_is_read() -> None:
    assert read_transcript("x.docx", docx(document(TEXT))).lines[0].text == "hello"


def relations(kind: str, target: str) -> bytes:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<!-- --><Relationship Id="r" Type="{types}/{kind}" Target="{target}"/></Relationships>'
    ).encode()


@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml"])
def test_the_document_is_where_the_package_says(target: str) -> None:
    style = '<w:style w:styleId="U"><w:name w:val="heading 1"/></w:style>'
    heading = f'<w:styles xmlns:w="{W}">{style}</w:styles>'
    body = '<w:p><w:pPr><w:pStyle w:val="U"/></w:pPr><w:r><w:t>One</w:t></w:r></w:p>' + TEXT
    data = package(
        {
            "_rels/.rels": relations("officeDocument", target),
            "word/_rels/document2.xml.rels": relations("styles", "styles2.xml"),
            "word/document2.xml": document(body),
            "word/styles2.xml": heading.encode(),
        }
    )
    assert read_transcript("x", data).entries[0] == ImportedHeader("One")


def test_a_document_that_is_nowhere() -> None:
    data = package({"_rels/.rels": relations("officeDocument", "../../etc/passwd")})
    assert refused(data, "x.docx") == "not a Word document: it has no etc/passwd"


DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
XXE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
ENTITY = "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (docx(document(TEXT))[:200], "not a whole .docx file; was it cut off?"),
        (b"PK\x03\x04", "not a whole .docx file; was it cut off?"),
        (package({"a.txt": b"x"}), "not a Word document: it has no word/document.xml"),
        (docx(b"<x"), "word/document.xml is not XML: unclosed token: line 1, column 0"),
        (docx(b""), "word/document.xml is not XML: no element found: line 1, column 0"),
        (docx(b"<x/>"), "not a Word document: it has no body"),
        (
            docx(document(ENTITY, DTD)),
            "word/document.xml declares a document type, which no word processor writes",
        ),
        (
            docx(document(ENTITY, XXE)),
            "word/document.xml declares a document type, which no word processor writes",
        ),
        (
            docx(document(ENTITY, DTD).decode().encode("utf-16")),
            "word/document.xml declares a document type, which no word processor writes",
        ),
        (
            package(
                {"word/document.xml": document(TEXT), "word/styles.xml": DTD.encode() + b"<x/>"}
            ),
            "word/styles.xml declares a document type, which no word processor writes",
        ),
        (docx(document("")), "there is no text in it"),
        (package({str(n): b"" for n in range(5001)}), "more than 5000 files in a .docx"),
    ],
    ids=range(12),
)
def test_hostile_documents(data: bytes, message: str) -> None:
    assert refused(data, "x.docx") == message


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = docx(document("<!--" + " " * (MAX_PART_BYTES + 1) + "-->"))
    assert len(bomb) < 100_000
    assert refused(bomb, "x.docx") == "word/document.xml unpacks to more than 16 MiB"


def test_a_zip_bomb_that_lies_about_its_size() -> None:
    size = MAX_PART_BYTES + 1000
    bomb = docx(b" " * size)
    lying = bomb.replace(struct.pack("<I", size), struct.pack("<I", 100))
    assert lying != bomb
    refused(lying, "x.docx")


def test_a_document_that_nests_without_end() -> None:
    deep = "<w:sdt><w:sdtContent>" * 3000 + TEXT + "</w:sdtContent></w:sdt>" * 3000
    assert refused(docx(document(deep)), "x.docx").startswith("word/document.xml is not XML: ")


def test_a_document_with_a_password() -> None:
    data = bytearray(docx(document(TEXT)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert refused(bytes(data), "x.docx") == "protected by a password"


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_document_never_raises_anything_else(data: st.DataObject) -> None:
    whole = bytearray(docx(document(TEXT * 3)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(4, len(whole)))
    read_or_refused("x.docx", bytes(whole[:cut]))


KEYS = [
    "segments", "captions", "transcription", "start", "end", "text", "words", "word", "offsets",
    "from", "to", "body", "startTime", "endTime", "speaker", "duration", "language", "result",
]  # fmt: skip
json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=500)
@given(json_values)
def test_any_json_is_read_or_refused(value: object) -> None:
    read_or_refused("x", json.dumps(value).encode())


PIECES = [
    "WEBVTT", "\n", "\n\n", "\r\n", "\r", "00:01.000", " --> ", "-->", "00:02.000", "1", "0:00",
    "x", "<v Ada>", "</v>", "<00:01.500>", "&amp;", "NOTE", "STYLE", "Ada:", "Ada  0:00", "  ",
    "\t", "0 seconds", "9:99", "\u2028", "\x0b", "\x00", "\ufeff",
]  # fmt: skip


@settings(max_examples=500)
@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.sampled_from([*FORMATS, "x"])
)
def test_any_text_is_read_or_refused(text: str, kind: str) -> None:
    found = read_or_refused(f"x.{kind}", text.encode())
    assert found is None or all(line.text for line in found.lines)
