"""Reading `publish` of `podcast.yaml`, which is a target, or a mapping with more to say.

The file is in a repository that others see: a password or a key in it is a problem (S109), and no
problem shows one.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import yaml

from producer.model.publish_settings import KEEP_DAYS, PublishSettings
from producer.read.fields import Fields, Pairs
from producer.text import one_line

_SECRET_KEY = re.compile(
    r"(^|[_-])(secret|token|password|passwd|passphrase|credentials?|sas|auth(orization)?"
    r"|access[_-]?key([_-]?id)?|account[_-]?key|api[_-]?key|private[_-]?key|key|key[_-]?id)$",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"^(?P<scheme>[a-z][a-z0-9+.-]*)://(?P<userinfo>[^/\s]*)@", re.IGNORECASE)
_QUERY = re.compile(r"[?&][\w.-]*(token|sig|signature|secret|password|key)=", re.IGNORECASE)
_HINT = "take it out and change it: it comes from the environment, as docs/publishing.md says"


def read_publish_settings(fields: Fields, top: Pairs) -> PublishSettings:
    """The settings; what cannot be used is a problem of the show, and left out."""
    node = top.get("publish")
    for name, place, value in _secrets(node):
        _flag_secret(fields, name, place, value)
    pairs = fields.mapping_or(node, "target", "publish")
    return PublishSettings(
        target=_clean(fields.line(pairs.get("target"), "publish.target")),
        endpoint=_url(fields, pairs.get("endpoint"), "publish.endpoint"),
        region=fields.line(pairs.get("region"), "publish.region"),
        keep_days=_days(fields, pairs.get("keep_days")),
        hubs=_urls(fields, pairs.get("hubs"), "publish.hubs"),
        podping=_urls(fields, pairs.get("podping"), "publish.podping"),
        verify=fields.boolean(pairs.get("verify"), "publish.verify", default=False),
    )


def holds_secret(address: str) -> bool:
    """Whether an address carries a password or a token. The user's name of a login is none."""
    match = _USERINFO.match(address)
    if match:
        login = match["scheme"].lower().removeprefix("git+") in ("ssh", "sftp", "rsync")
        if ":" in match["userinfo"] or not login:
            return True
    return bool(_QUERY.search(address))


def _clean(text: str) -> str:
    return "" if holds_secret(text) else text


def _url(fields: Fields, node: yaml.Node | None, name: str) -> str:
    return fields.url(node, name) if _clean(fields.line(node, name)) else ""


def _urls(fields: Fields, node: yaml.Node | None, name: str) -> tuple[str, ...]:
    nodes = fields.one_or_more(node, name)
    return tuple(dict.fromkeys(url for each in nodes if (url := _url(fields, each, name))))


def _days(fields: Fields, node: yaml.Node | None) -> int:
    days = fields.integer(node, "publish.keep_days")
    if days is not None and node is not None and days > 36_500:
        fields.flag("104", "publish.keep_days should be at most 36500", node)
        return KEEP_DAYS
    return KEEP_DAYS if days is None else days


def _secrets(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """What is secret below a node: its name, what to point at, and the value to hide."""
    waiting: list[tuple[str, yaml.Node]] = [("publish", node)] if node is not None else []
    seen = set()
    while waiting:
        name, here = waiting.pop()
        # Anchors may make a mapping hold itself.
        if id(here) in seen:
            continue
        seen.add(id(here))
        if isinstance(here, yaml.ScalarNode) and holds_secret(here.value):
            yield name, here, here
        elif isinstance(here, yaml.SequenceNode):
            waiting += [(name, item) for item in reversed(here.value)]
        elif isinstance(here, yaml.MappingNode):
            for key, value in reversed(here.value):
                if isinstance(key, yaml.ScalarNode) and _SECRET_KEY.search(key.value):
                    yield one_line(f"{name}.{key.value}")[:80], key, value
                elif isinstance(key, yaml.ScalarNode):
                    waiting.append((one_line(f"{name}.{key.value}")[:80], value))


def _flag_secret(fields: Fields, name: str, place: yaml.Node, value: yaml.Node) -> None:
    """S109 at its place, with the line shown up to the value only."""
    known = len(fields.problems)
    fields.flag("109", f"`{name}` is a secret: podcast.yaml is no place for it", place, _HINT)
    if len(fields.problems) == known:
        return
    problem = fields.problems[-1]
    line, column = fields.document.source.position(fields.document.span(value).start)
    shown = f"{problem.text[: column - 1]}***" if line == problem.line else ""
    length = min(problem.length, max(1, len(shown) - problem.column + 1))
    fields.problems[-1] = replace(problem, text=shown, length=length)
