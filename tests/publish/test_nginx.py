"""A folder behind a real nginx, set up as docs/publishing.md says, and clients of it."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
from clients.test_newsboat import Newsboat
from conftest import PROJECT, Run, copy_sample

from producer.publish.headers import headers_of
from publish.conftest import retitle
from publish.places import files_of, free_port, program, running

_MAIN = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


@dataclass(frozen=True)
class Site:
    """A show that is published behind nginx."""

    root: Path
    www: Path
    url: str


def documented() -> str:
    text = (PROJECT / "docs" / "publishing.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```nginx\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return str(block)


@contextmanager
def nginx(folder: Path, www: Path) -> Iterator[str]:
    """nginx with the documented file, for another folder and port."""
    port = free_port()
    site = documented().replace("listen 80;", f"listen 127.0.0.1:{port};")
    site = site.replace("root /srv/www/podcast;", f"root {www};")
    config = folder / "nginx.conf"
    config.write_text(_MAIN.format(folder=folder, site=site))
    # The master started as root would serve as somebody who may not look into our folders.
    extra = ["-g", "user root;"] if Path(folder).owner() == "root" else []
    command = [program("nginx"), "-p", str(folder), "-c", str(config), *extra]
    with running(command, port, folder / "log"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, producer: Run) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("nginx")
    root = copy_sample(folder / "show")
    www = folder / "www"
    www.mkdir()
    with nginx(folder, www) as url:
        settings = root / "podcast.yaml"
        text = settings.read_text(encoding="utf-8")
        old = "base_url: https://workbench.example.org/podcast\n"
        assert old in text
        new = f"base_url: {url}\npublish:\n  target: ../www\n  verify: true\n"
        settings.write_text(text.replace(old, new), encoding="utf-8")
        result = producer("publish", "--root", root, NO_PROXY="*")
        assert result.status == 0, result.err
        assert f"verified: {url}\n" in result.err
        yield Site(root, www, url)


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def test_head_range_types_and_caches(site: Site, session: requests.Session) -> None:
    files = files_of(site.www)
    assert len(files) > 40
    for path, data in files.items():
        head = session.head(f"{site.url}/{path}")
        assert head.status_code == 200
        headers = headers_of(path)
        told = (head.headers["Content-Type"], head.headers["Cache-Control"])
        assert (path, *told) == (path, *headers)
        assert head.headers["Content-Length"] == str(len(data))
        part = session.get(f"{site.url}/{path}", headers={"Range": "bytes=1-2"})
        assert (part.status_code, part.content) == (206, data[1:3])
        assert part.headers["Content-Range"] == f"bytes 1-2/{len(data)}"
        is_open = path.endswith((".vtt", ".srt", ".json"))
        assert head.headers.get("Access-Control-Allow-Origin") == ("*" if is_open else None)


def test_the_page_of_a_folder(site: Site, session: requests.Session) -> None:
    page = session.get(f"{site.url}/s01e02-wie-klingt-groesse/")
    assert page.content == (site.www / "s01e02-wie-klingt-groesse" / "index.html").read_bytes()
    assert page.headers["Cache-Control"] == "public, max-age=300"


def test_what_is_hidden_is_not_served(site: Site, session: requests.Session) -> None:
    assert (site.www / ".producer" / "published.json").is_file()
    assert session.get(f"{site.url}/.producer/published.json").status_code == 404


def test_podboat_downloads_all(site: Site, tmp_path: Path) -> None:
    for name in ("newsboat", "podboat"):
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed")
    newsboat = Newsboat(tmp_path)
    assert newsboat.reload(f"{site.url}/feed.xml") == "2 unread articles\n"
    audio = {
        path.name: path.read_bytes()
        for path in site.www.glob("*/*-????????.m*")
        if re.fullmatch(r".*-[0-9a-f]{8}\.m(p3|4a)", path.name)
    }
    assert len(audio) == 2

    def loaded() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in newsboat.downloads.iterdir()}

    newsboat.podboat(until=lambda: set(loaded()) == set(audio))
    assert loaded() == audio


def test_what_the_world_sees_is_verified(site: Site, producer: Run) -> None:
    """A recording under its old name, and a feed that cannot be put there."""
    slug = retitle(site.root, "Another Title")
    (audio,) = site.www.glob(f"{slug}/{slug}-????????.mp3")
    result = producer("publish", "--root", site.root, "--json", NO_PROXY="*")
    assert result.status == 0, result.err
    report = json.loads(result.out)
    assert report["problems"] == []
    assert report["not_verified"] == ""
    assert f"{slug}/{audio.name}" in report["sent"]
    feed = site.www / "feed.xml"
    elsewhere = feed.read_bytes()
    feed.unlink()
    feed.mkdir()
    assert producer("publish", "--root", site.root, NO_PROXY="*").status == 2
    feed.rmdir()
    feed.write_bytes(elsewhere)
    assert producer("publish", "--root", site.root, NO_PROXY="*").status == 0


def test_another_feed_at_the_address(site: Site, producer: Run, tmp_path: Path) -> None:
    result = producer("publish", tmp_path / "other", "--root", site.root, NO_PROXY="*")
    assert result.status == 0, result.err
    settings = site.root / "podcast.yaml"
    text = settings.read_text(encoding="utf-8")
    renamed = text.replace("title: Workbench Radio", "title: Workbench")
    settings.write_text(renamed, encoding="utf-8")
    result = producer("publish", tmp_path / "other", "--root", site.root, NO_PROXY="*")
    assert result.status == 1
    hint = "is not the feed that was sent: does a cache keep the old one?"
    assert f"not verified: {site.url}/feed.xml: {hint}" in result.err
