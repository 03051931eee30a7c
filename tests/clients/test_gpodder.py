"""gpodder's `gpo` subscribes and downloads."""

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from clients.published import Item, Served


class Gpodder:
    """`gpo` with a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        own = {"GPODDER_HOME": str(home), "HOME": str(home), "LC_ALL": "C.UTF-8"}
        self.env = {**os.environ, **own, "NO_PROXY": "*", "no_proxy": "*"}

    def run(self, *args: str) -> str:
        done = subprocess.run(
            ["gpo", "--quiet", *args],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def episodes(self) -> list[dict[str, Any]]:
        """Its records, newest first."""
        with closing(sqlite3.connect(self.home / "Database")) as database:
            database.row_factory = sqlite3.Row
            rows = database.execute("SELECT * FROM episode ORDER BY published DESC").fetchall()
        return [dict(row) for row in rows]


@pytest.fixture
def gpodder(tmp_path: Path) -> Gpodder:
    if shutil.which("gpo") is None:
        pytest.skip("gpo is not installed")
    return Gpodder(tmp_path)


def expected(show: Served, item: Item) -> dict[str, Any]:
    """Chapters, which it takes from `psc:`, are in whole seconds."""
    url, length, media_type = show.enclosure(item)
    return {
        "title": item.title,
        "guid": item.guid,
        "link": show.url(item.slug, ""),
        "url": url,
        "file_size": length,
        "mime_type": media_type,
        "published": datetime.fromisoformat(item.published).replace(tzinfo=UTC).timestamp(),
        "total_time": item.duration_ms // 1000,
        "description_html": show.notes(item),
        "chapters": [{"start": start // 1000, "title": title} for start, title in item.chapters],
    }


def test_every_item_is_read_and_loaded(served: Served, gpodder: Gpodder) -> None:
    gpodder.run("subscribe", served.feed_url)
    items = [expected(served, item) for item in served.items]
    records = gpodder.episodes()
    for record in records:
        record["chapters"] = json.loads(record["chapters"])
    assert [{key: record[key] for key in items[0]} for record in records] == items

    gpodder.run("download", served.feed_url)
    (folder,) = (gpodder.home / "Downloads").iterdir()
    assert folder.name == "Workbench Radio"
    loaded = {
        record["guid"]: (folder / record["download_filename"]).read_bytes()
        for record in gpodder.episodes()
    }
    assert loaded == {item.guid: served.audio(item).read_bytes() for item in served.items}
