"""YouTube's URL forms, and what only looks like one."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.youtube_url import is_video_id, video_id_of, watch_url

ID = "7SLd5V7z3-_"
video_ids = st.text(alphabet=string.ascii_letters + string.digits + "_-", min_size=11, max_size=11)


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://www.youtube.com/watch?v={ID}",
        f"https://youtube.com/watch?v={ID}",
        f"https://m.youtube.com/watch?v={ID}",
        f"https://music.youtube.com/watch?v={ID}",
        f"HTTPS://WWW.YouTube.com/watch?v={ID}",
        f"https://www.youtube.com/watch?v={ID}&t=85s",
        f"https://www.youtube.com/watch?list=PL0&index=2&v={ID}",
        f"https://www.youtube.com/watch?app=desktop&v={ID}#comments",
        f"https://www.youtube.com/watch/?v={ID}",
        f"https://www.youtube.com:443/watch?v={ID}",
        f"https://youtu.be/{ID}",
        f"https://www.youtu.be/{ID}",
        f"https://youtu.be/{ID}/",
        f"https://youtu.be/{ID}?t=85&si=abc",
        f"https://www.youtube.com/embed/{ID}",
        f"https://www.youtube.com/embed/{ID}?start=85",
        f"https://www.youtube-nocookie.com/embed/{ID}",
        f"https://www.youtube.com/live/{ID}?feature=share",
        f"https://youtube.com/shorts/{ID}",
        f"https://www.youtube.com/v/{ID}?version=3",
        f"https://www.youtube.com/e/{ID}",
        f"//www.youtube.com/watch?v={ID}",
        f"  https://youtu.be/{ID}\n",
    ],
)
def test_every_form_gives_the_id(url: str) -> None:
    assert video_id_of(url) == ID


@pytest.mark.parametrize(
    "url",
    [
        "",
        ID,
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=",
        "https://www.youtube.com/watch?v=short",
        f"https://www.youtube.com/watch?v={ID}x",
        f"https://www.youtube.com/watch?v={ID[:-1]}!",
        f"https://www.youtube.com/watch?v={ID[:-1]}é",
        f"https://www.youtube.com/watch?V={ID}",
        f"https://www.youtube.com/embed/?x={ID}",
        f"https://www.youtube.com/c/{ID}",
        "https://www.youtube.com/@channel",
        "https://www.youtube.com/playlist?list=PL0123456789",
        "https://youtu.be/",
        f"https://youtu.be/x/{ID}",
        f"https://example.org/watch?v={ID}",
        f"https://youtube.com.example.org/watch?v={ID}",
        f"https://notyoutube.com/watch?v={ID}",
        f"https://example.org/https://youtu.be/{ID}",
        f"https://youtu.be@example.org/{ID}",
        f"www.youtube.com/watch?v={ID}",
        f"https://[youtu.be/{ID}",
        f"https://vimeo.com/{ID}",
    ],
)
def test_what_is_no_form_gives_none(url: str) -> None:
    assert video_id_of(url) is None


@given(st.text(max_size=80))
def test_no_text_is_too_strange(url: str) -> None:
    for text in (url, f"https://youtu.be/{url}", f"https://youtube.com/watch?v={url}"):
        found = video_id_of(text)
        assert found is None or (is_video_id(found) and found in text)


@given(video_ids, st.none() | st.integers(0, 100_000))
def test_the_watch_url_is_read_back(video_id: str, start_s: int | None) -> None:
    assert is_video_id(video_id)
    assert video_id_of(watch_url(video_id, start_s)) == video_id


def test_watch_url() -> None:
    assert watch_url(ID) == f"https://www.youtube.com/watch?v={ID}"
    assert watch_url(ID, 0) == f"https://www.youtube.com/watch?v={ID}&t=0"
    assert watch_url(ID, 85) == f"https://www.youtube.com/watch?v={ID}&t=85"


@pytest.mark.parametrize(
    ("text", "is_id"),
    [
        (ID, True),
        (ID + "\n", False),
        (ID[:-1], False),
        (ID + "x", False),
        ("", False),
        ("abc def ghi", False),
        ("١٢٣٤٥٦٧٨٩٠١", False),
    ],
)
def test_is_video_id(text: str, is_id: bool) -> None:
    assert is_video_id(text) is is_id
