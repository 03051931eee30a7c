"""JSON with indents, as `json.dumps(value, ensure_ascii=False, indent=2)` writes it.

That takes three times as long: its fast half cannot indent.
"""

from json.encoder import encode_basestring
from typing import Any

Json = str | int | float | bool | None | list[Any] | tuple[Any, ...] | dict[str, Any]
_WORDS = {None: "null", True: "true", False: "false"}
_NUMBERS = (int, float)


def indented_json(value: Json, before: str = "") -> str:
    """The text, without a line end. `before` is the indent of the line that it stands in."""
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, _NUMBERS):
        return repr(value)
    deeper = f"{before}  "
    if isinstance(value, dict):
        ends = "{}"
        entries = [f"{encode_basestring(k)}: {indented_json(v, deeper)}" for k, v in value.items()]
    else:
        ends = "[]"
        entries = [indented_json(each, deeper) for each in value]
    if not entries:
        return ends
    return f"{ends[0]}\n{deeper}" + f",\n{deeper}".join(entries) + f"\n{before}{ends[1]}"
