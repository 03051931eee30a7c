"""Our own check of the feeds that the clients read."""

import json

from conftest import Run

from clients.published import Published


def test_the_sample_feed_has_no_problem(sample_show: Published, producer: Run) -> None:
    result = producer("feed", "--check", "--strict", "--json", sample_show.feed)
    assert (result.status, json.loads(result.out), result.err) == (0, [], "")


def test_the_sample_show_is_up_to_date_and_has_no_problem(
    sample_show: Published, producer: Run
) -> None:
    result = producer("feed", "--check", "--strict", "--json", "--root", sample_show.build.parent)
    assert (result.status, json.loads(result.out)) == (0, [])
