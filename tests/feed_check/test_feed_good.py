"""Good feeds of different kinds: the check has nothing to say of them."""

import datetime
import re
from pathlib import Path

import pytest
from feed_check.faults_cases import GOOD, check

from producer.feed_check.check import check_feed
from producer.model.image import ImageFacts


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_nothing_to_mend(path: Path) -> None:
    assert check(path, path.read_bytes()) == ()


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_right_artwork_says_nothing(path: Path) -> None:
    image = re.search(r'<itunes:image href="[^"]*\.(\w+)', path.read_text(encoding="utf-8"))
    assert image
    form = "PNG" if image.group(1) == "png" else "JPEG"
    for pixels in (1400, 3000):
        facts = ImageFacts(form, pixels, pixels, "RGB")
        now = datetime.datetime(2026, 4, 1, tzinfo=datetime.UTC)
        assert check_feed(path.name, path.read_bytes(), now=now, artwork=facts) == ()


def test_the_sample_feed_has_no_error_and_no_warning(built: Path) -> None:
    data = (built / "build" / "feed.xml").read_bytes()
    now = datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC)
    url = "https://workbench.example.org/podcast/feed.xml"
    problems = check_feed("feed.xml", data, now=now, feed_url=url)
    assert [p for p in problems if p.severity.value != "advice"] == []
