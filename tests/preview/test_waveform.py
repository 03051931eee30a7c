"""What the waveform is drawn from: peaks, and pauses."""

import base64
from array import array
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from preview.client import client_of
from preview.conftest import SLUG
from producer.preview.waveform import VENDOR, loudest, missing_waveform


@given(st.lists(st.tuples(st.integers(-128, 127), st.integers(-128, 127))), st.integers(1, 5))
def test_the_loudest_of_every_few_hops(hops: list[tuple[int, int]], width: int) -> None:
    data = array("b", [value for hop in hops for value in hop]).tobytes()
    groups = [hops[at : at + width] for at in range(0, len(hops), width)]
    expected = [min(127, max(abs(v) for hop in group for v in hop)) for group in groups]
    assert list(loudest(data, width)) == expected


def test_the_waveform_of_the_sample(sample: Path) -> None:
    client = client_of(sample)
    answer = client.get(f"/api/episodes/{SLUG}/peaks")
    found = answer.json()
    peaks = base64.b64decode(found["peaks"])
    view = client.get(f"/api/episodes/{SLUG}").json()
    # A hop is 220 samples of 22,050 a second, a little less than 10 ms.
    assert abs(len(peaks) * 440 / 22.05 - view["audio_ms"]) <= 20
    assert 40 < max(peaks) <= 127
    assert len(found["pauses"]) > 5
    assert all(end - start >= 300 for start, end in found["pauses"])
    assert "immutable" in answer.headers["cache-control"]
    kept = list((sample / "build" / ".producer" / "analysis").iterdir())
    assert len(kept) == 1
    # Taken from there the second time.
    kept[0].write_bytes(kept[0].read_bytes())
    (sample / "episodes" / "audio" / f"{SLUG}.mp3").touch()
    assert client.get(f"/api/episodes/{SLUG}/peaks").content == answer.content


def test_a_sound_file_that_cannot_be_drawn_is_said(sample: Path) -> None:
    (sample / "episodes" / "audio" / f"{SLUG}.mp3").write_bytes(b"not a sound")
    answer = client_of(sample).get(f"/api/episodes/{SLUG}/peaks")
    assert answer.status_code == 404
    assert "cannot be played" in answer.json()["error"]


def test_why_there_is_no_waveform(tmp_path: Path) -> None:
    assert "npm" in missing_waveform(tmp_path)
    (tmp_path / "vendor").mkdir()
    for name in VENDOR:
        (tmp_path / "vendor" / name).write_text("", "utf-8")
    assert missing_waveform(tmp_path) == ""
