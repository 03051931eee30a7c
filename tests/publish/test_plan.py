"""What is sent, in which order, with which headers; what a state document is worth."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.publish.files import LocalFile, build_files
from producer.publish.headers import A_DAY, AN_HOUR, FOREVER, SHORT, headers_of
from producer.publish.plan import Plan, RemoteFile, make_plan
from producer.publish.redact import redacted
from producer.publish.state import Record, State, is_safe

NOW_S = 1_800_000_000
DAY_S = 86_400


def local(path: str, size: int = 3, sha256: str = "aa") -> LocalFile:
    return LocalFile(path, Path("/out") / path, size, sha256)


def plan_of(
    files: list[LocalFile],
    state: dict[str, Record] | None = None,
    remote: dict[str, RemoteFile] | None = None,
    *,
    same: bool = False,
    now_s: int = NOW_S,
    with_headers: bool = False,
) -> Plan:
    return make_plan(
        files,
        State(state or {}),
        remote or {},
        lambda file, there: same,
        now_s=now_s,
        keep_days=30,
        with_headers=with_headers,
    )


def test_media_documents_pages_archives_feed() -> None:
    paths = [
        "feed.xml",
        "feed-0001.xml",
        "index.html",
        "a/index.html",
        "a/chapters.json",
        "a/transcript.vtt",
        "images/cover.jpg",
        "a/a-01234567.mp3",
    ]
    plan = plan_of([local(path) for path in paths])
    assert [upload.file.path for upload in plan.uploads] == [
        "a/a-01234567.mp3",
        "images/cover.jpg",
        "a/chapters.json",
        "a/transcript.vtt",
        "a/index.html",
        "index.html",
        "feed-0001.xml",
        "feed.xml",
    ]
    assert plan.upload_bytes == 24


@pytest.mark.parametrize(
    ("record", "there", "same", "is_sent"),
    [
        (Record(3, "aa", "t"), RemoteFile(3, "t"), False, False),
        (Record(3, "aa", "t"), RemoteFile(3), False, False),
        (Record(3, "aa"), RemoteFile(3, "t"), False, False),
        (Record(3, "aa", "t", missing_since=7), RemoteFile(3, "t"), False, False),
        (Record(3, "aa", "t"), RemoteFile(3, "u"), False, True),
        (Record(3, "aa", "t"), RemoteFile(3, "u"), True, False),
        (Record(3, "bb", "t"), RemoteFile(3, "t"), False, True),
        (Record(3, "aa", "t"), RemoteFile(4, "t"), True, True),
        (Record(3, "aa", "t"), None, True, True),
        (None, RemoteFile(3, "t"), False, True),
        (None, RemoteFile(3, "t"), True, False),
    ],
)
def test_what_stands(
    record: Record | None, there: RemoteFile | None, same: bool, is_sent: bool
) -> None:
    plan = plan_of(
        [local("a.txt")],
        {"a.txt": record} if record else {},
        {"a.txt": there} if there else {},
        same=same,
    )
    assert bool(plan.uploads) == is_sent
    if is_sent:
        assert plan.uploads[0].replaces == (there is not None)
    else:
        assert there is not None
        assert plan.standing == {"a.txt": Record(3, "aa", there.tag)}


def test_other_headers_are_sent_anew() -> None:
    remote = {"a.txt": RemoteFile(3, "t")}
    headers = "; ".join(headers_of("a.txt"))
    known = Record(3, "aa", "t", headers)
    assert not plan_of([local("a.txt")], {"a.txt": known}, remote, with_headers=True).uploads
    older = Record(3, "aa", "t", "text/plain; no-cache")
    assert plan_of([local("a.txt")], {"a.txt": older}, remote, with_headers=True).uploads


@pytest.mark.parametrize(
    ("since", "days_left", "noted"),
    [
        (0, 30, NOW_S),
        (NOW_S - DAY_S, 29, NOW_S - DAY_S),
        (NOW_S - 30 * DAY_S + 1, 1, NOW_S - 30 * DAY_S + 1),
        (NOW_S - 30 * DAY_S, 0, NOW_S - 30 * DAY_S),
        (NOW_S - 90 * DAY_S, 0, NOW_S - 90 * DAY_S),
        (NOW_S + 90 * DAY_S, 30, NOW_S),  # written by a clock that was ahead
    ],
)
def test_orphans(since: int, days_left: int, noted: int) -> None:
    state = {"old.mp3": Record(3, "aa", missing_since=since), "gone.mp3": Record(3, "aa")}
    remote = {"old.mp3": RemoteFile(3), "others.txt": RemoteFile(3)}
    (orphan,) = plan_of([], state, remote).orphans
    assert (orphan.path, orphan.days_left) == ("old.mp3", days_left)
    assert orphan.record.missing_since == noted
    assert orphan.is_due == (days_left == 0)


@pytest.mark.parametrize(
    ("path", "content_type", "cache_control"),
    [
        ("feed.xml", "application/rss+xml; charset=utf-8", SHORT),
        ("feed-0001.xml", "application/rss+xml; charset=utf-8", SHORT),
        ("index.html", "text/html; charset=utf-8", SHORT),
        ("a/index.html", "text/html; charset=utf-8", SHORT),
        ("a/a-0123abcd.mp3", "audio/mpeg", FOREVER),
        ("a-b/a-b-0123abcd.m4a", "audio/x-m4a", FOREVER),
        ("a/a.mp3", "audio/mpeg", A_DAY),
        ("a/b-0123abcd.mp3", "audio/mpeg", A_DAY),
        ("a/a-0123ABCD.mp3", "audio/mpeg", A_DAY),
        ("a/a-0123abcd.txt", "text/plain; charset=utf-8", AN_HOUR),
        ("a/clips/01-hello.mp3", "audio/mpeg", A_DAY),
        ("a/clips/01-hello.vtt", "text/vtt", AN_HOUR),
        ("a/transcript.srt", "application/x-subrip", AN_HOUR),
        ("a/transcript.json", "application/json", AN_HOUR),
        ("a/chapters.json", "application/json+chapters", AN_HOUR),
        ("a/show-notes.md", "text/markdown; charset=utf-8", AN_HOUR),
        ("images/COVER.JPG", "image/jpeg", A_DAY),
        ("CNAME", "application/octet-stream", AN_HOUR),
    ],
)
def test_headers(path: str, content_type: str, cache_control: str) -> None:
    assert headers_of(path) == (content_type, cache_control)


_paths = st.lists(
    st.text("abc-.é ", min_size=1, max_size=6).filter(lambda part: not part.startswith(".")),
    min_size=1,
    max_size=3,
).map("/".join)
_records = st.builds(
    Record,
    st.integers(0, 1 << 50),
    st.text(max_size=10),
    st.text(max_size=10),
    st.text(max_size=10),
    st.integers(0, 1 << 40),
)


@given(st.dictionaries(_paths, _records, max_size=5))
def test_a_state_is_read_as_it_was_written(files: dict[str, Record]) -> None:
    assert State.parse(State(files).dump()) == State(files)


@given(st.binary(max_size=200))
def test_a_state_that_is_none(data: bytes) -> None:
    assert State.parse(data) == State()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=10,
    )
)
def test_entries_that_make_no_sense(entry: object) -> None:
    import json

    document = json.dumps({"version": 1, "files": {"a.txt": entry}}).encode()
    assert State.parse(document) in (State(), *_one_record(entry))


def _one_record(entry: object) -> list[State]:
    try:
        return [State({"a.txt": Record(**entry)})]  # type: ignore[arg-type]
    except TypeError:
        return []


@pytest.mark.parametrize(
    "path", ["", "/a", "a//b", "../a", "a/../b", ".producer/x", "a/.b", "a\\b", "a\nb", "a/"]
)
def test_paths_that_are_not_safe(path: str) -> None:
    assert not is_safe(path)


def test_drafts_and_hidden_files_stay_at_home(tmp_path: Path) -> None:
    for name in ("ada/index.html", "ada/share/x.txt", "share/index.html", "ada/.x", ".producer/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [file.path for file in build_files(tmp_path)] == ["ada/index.html", "share/index.html"]


def test_a_recording_is_sent_under_one_name(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    for name in ("ada.mp3", "ada.ogg", "ada-0123abcd.mp3", "bob.mp3"):
        (tmp_path / "ada" / name).write_bytes(b"other" if name == "ada.ogg" else b"sound")
    sent = [file.path for file in build_files(tmp_path)]
    assert sent == ["ada/ada-0123abcd.mp3", "ada/ada.ogg", "ada/bob.mp3"]


def test_digests_are_kept_while_files_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"one")
    (tmp_path / ".hidden").write_bytes(b"not this")
    read: list[int] = []
    (first,) = build_files(tmp_path, read.append)
    assert (first.path, first.size, read) == ("a.txt", 3, [3])
    assert build_files(tmp_path, read.append) == [first]
    assert read == [3]
    (tmp_path / "a.txt").write_bytes(b"other")
    assert [file.size for file in build_files(tmp_path, read.append)] == [5]
    assert read == [3, 5]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sftp://me:pw@host/x", "sftp://me@host/x"),
        ("sftp://me@host/x", "sftp://me@host/x"),
        ("https://me:pw@host/x", "https://host/x"),
        ("https://tok@host/x", "https://host/x"),
        ("git+ssh://me:pw@host/x", "git+ssh://me@host/x"),
        ("at 'https://a:p@h/' and http://b:q@h/", "at 'https://h/' and http://h/"),
        ("https://a:p@ss@host/x", "https://host/x"),
        ("https://h/x?sig=abc&b=1", "https://h/x?sig=***&b=1"),
        ("https://h/?X-Amz-Signature=abc", "https://h/?X-Amz-Signature=***"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
        ("the key is 0123456789", "the key is ***"),
        ("nothing to hide: a@b.org", "nothing to hide: a@b.org"),
    ],
)
def test_redacted(text: str, expected: str) -> None:
    variables = {"AWS_SECRET_ACCESS_KEY": "0123456789", "LANG": "nothing", "MY_TOKEN": "hide"}
    assert redacted(text, variables) == expected


_words = st.text("abcdefgh0123%+", min_size=1, max_size=12)


@given(st.sampled_from(["https", "sftp", "s3", "git+https", "rsync"]), _words, _words)
def test_no_password_is_left(scheme: str, user: str, password: str) -> None:
    secret = f"Zx{password}Zx"
    assert secret not in redacted(f"cannot load {scheme}://{user}:{secret}@host/path: refused", {})
