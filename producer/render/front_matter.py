"""Front matter for the pages of other site generators."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import yaml


class _Dumper(yaml.SafeDumper):
    """Lists indented below their keys, as people write front matter; no anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        return True


def front_matter_yaml(values: Mapping[str, Any]) -> str:
    """A mapping as YAML, in its order and without a line end; keys that hold nothing are left out.

    Nothing is None, an empty text, list or mapping; 0 and false are something.
    """
    held = {
        str(key): plain for key, value in values.items() if (plain := _plain(value)) not in _NIL
    }
    if not held:
        return ""
    text = yaml.dump(held, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return str(text).rstrip("\n")


_NIL: tuple[object, ...] = (None, "", [], {})


def _plain(value: object) -> object:
    """Strings of any kind, such as escaped ones, as plain ones; tuples and generators as lists."""
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        held = {str(k): _plain(v) for k, v in value.items()}
        return {key: plain for key, plain in held.items() if plain not in _NIL}
    if isinstance(value, Sequence):
        return [_plain(entry) for entry in value]
    if value is None or isinstance(value, bool | int | float | datetime.date):
        return value
    return str(value)
