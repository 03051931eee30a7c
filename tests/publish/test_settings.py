"""`publish` in podcast.yaml: a target, or a mapping; secrets are errors and are not repeated."""

import pytest

from producer.model.publish_settings import PublishSettings
from producer.problems import Problem
from producer.publish.address import parse_address
from producer.read.publish_settings import holds_secret
from producer.read.show import read_show

NEEDED = "title: T\nlink: https://h\ndescription: D\nimage: a.jpg\nbase_url: https://h/p\n"


def read(text: str) -> tuple[PublishSettings, list[Problem]]:
    show, problems = read_show("podcast.yaml", f"{NEEDED}{text}".encode())
    assert show is not None
    return show.publish, list(problems)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", PublishSettings()),
        ("publish:\n", PublishSettings()),
        ("publish: ../www\n", PublishSettings(target="../www")),
        ("publish: sftp://me@h/x\n", PublishSettings(target="sftp://me@h/x")),
        ("publish: {hubs: https://a, keep_days: 0}\n",
         PublishSettings(hubs=("https://a",), keep_days=0)),
        ("publish: {target: s3://b/x, endpoint: https://e, region: auto, verify: true,"
         " hubs: [https://a, https://b, https://a], podping: https://p}\n",
         PublishSettings(target="s3://b/x", endpoint="https://e", region="auto", verify=True,
                         hubs=("https://a", "https://b"), podping=("https://p",))),
    ],
)  # fmt: skip
def test_settings(text: str, expected: PublishSettings) -> None:
    assert read(text) == (expected, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("publish: [a]", "publish should be a mapping, not a list"),
        ("publish: {keep_days: soon}", "publish.keep_days should be a whole number, not `soon`"),
        ("publish: {keep_days: 99999}", "publish.keep_days should be at most 36500"),
        ("publish: {hubs: [hub]}", "publish.hubs should be a URL, not `hub`"),
        ("publish: {target: {a: b}}", "publish.target should be text, not a mapping"),
    ],
)
def test_what_cannot_be_used(text: str, message: str) -> None:
    settings, problems = read(text)
    assert [(p.code, p.message) for p in problems] == [("S104", message)]
    assert settings == PublishSettings()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("publish: sftp://me:hunter22@h/x", "publish: ***"),
        ("publish: git+https://hunter22@h/x.git", "publish: ***"),
        ("publish: {endpoint: 'https://h/?token=hunter22'}", "publish: {endpoint: ***"),
        ("publish:\n  secret: hunter22", "  secret: ***"),
        ("publish:\n  aws_access_key_id: hunter22", "  aws_access_key_id: ***"),
        ("publish:\n  options: {password: hunter22}", "  options: {password: ***"),
        ("publish:\n  hubs: [https://u:hunter22@h]", "  hubs: [***"),
        ("publish:\n  token: |\n    hunter22", "  token: ***"),
        ("publish:\n  token:\n    hunter22", ""),
    ],
)
def test_secrets(text: str, shown: str) -> None:
    settings, problems = read(text)
    assert [problem.code for problem in problems] == ["S109"]
    (problem,) = problems
    assert "hunter22" not in str(problem.as_json())
    assert "hunter22" not in str(settings)
    assert problem.text == shown or (not shown and "***" not in problem.text)


def test_what_is_named_twice_is_a_secret_once() -> None:
    levels = "".join(f"  l{n}: &l{n} [*l{n - 1}, *l{n - 1}, *l{n - 1}]\n" for n in range(1, 30))
    _, problems = read(f"publish:\n  l0: &l0 {{secret: hunter22}}\n{levels}")
    assert [problem.code for problem in problems] == ["S109"]


@pytest.mark.parametrize(
    "address", ["/srv/www", "../www", "s3://bucket/x", "sftp://me@h/x", "git:origin#gh-pages"]
)
def test_addresses_without_secrets(address: str) -> None:
    assert not holds_secret(address)


@pytest.mark.parametrize(
    ("text", "scheme", "place", "shown"),
    [
        ("www", "file", "/base/www", "/base/www"),
        ("/srv/www", "file", "/srv/www", "/srv/www"),
        ("file:///srv/a%20b", "file", "/srv/a b", "/srv/a b"),
        ("S3://bucket/x", "s3", "S3://bucket/x", "S3://bucket/x"),
        ("git:origin#pages", "git", "origin#pages", "git:origin#pages"),
        ("git+https://t@h/x.git", "git", "https://t@h/x.git", "git+https://h/x.git"),
        ("rsync:me@h:/x", "rsync", "me@h:/x", "rsync:me@h:/x"),
        ("rsync://me:p@h/x", "rsync", "rsync://me:p@h/x", "rsync://me@h/x"),
        ("a:b", "file", "/base/a:b", "/base/a:b"),
        ("C:\\www", "file", "/base/C:\\www", "/base/C:\\www"),
    ],
)
def test_addresses(text: str, scheme: str, place: str, shown: str) -> None:
    from pathlib import Path

    address = parse_address(text, Path("/base"))
    assert (address.scheme, address.place, address.shown) == (scheme, place, shown)
