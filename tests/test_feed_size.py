"""A feed of many items is rendered some at a time; nobody can tell from its bytes."""

import pytest
from test_feed import SHOW, item, render

from producer.feed import rss
from producer.model.show import Show


@pytest.mark.parametrize(
    "show", [SHOW, Show(title="T", link="https://x.example.org", description="d")]
)
@pytest.mark.parametrize("count", [0, 1, 2, 3, 7])
def test_any_number_at_a_time_gives_the_same_bytes(
    count: int, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [item(slug=f"e{n}", guid=f"g{n}", title=f"]]> & {n}\r\n") for n in range(count)]
    rendered = []
    for at_a_time in (1000, 1, 2, 3):
        monkeypatch.setattr(rss, "_AT_A_TIME", at_a_time)
        rendered.append(render(items, show))
    assert rendered == [rendered[0]] * 4
    assert rendered[0].count(b"<item>") == count
