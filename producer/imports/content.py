"""The content of a file, decoded as far as its reader needs it."""

import codecs
import json
import math
import re
from functools import cached_property
from typing import Any

from producer.imports.model import ImportFileError
from producer.times import MAX_MS, parse_seconds

_LINE_END = re.compile(r"\r\n|\n|\r")
# "[Music]" and "{\an8}" begin texts as well.
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\[\]])')
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


# Ten hours of captions are under 200,000 lines, and of WhisperX with each word's time under 30 MB.
MAX_BYTES = 32 * 1024 * 1024
MAX_LINES = 500_000


class Content:
    """A file's name, as messages show it, and its bytes. Raises ImportFileError over MAX_BYTES."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name = name
        self.data = data
        if len(data) > MAX_BYTES:
            raise self.error(f"larger than {MAX_BYTES >> 20} MiB", "is it a transcript?")

    def error(self, message: str, hint: str) -> ImportFileError:
        """A refusal of this file."""
        return ImportFileError(f"{self.name}: {message}", hint=hint)

    @cached_property
    def text(self) -> str:
        """The file as text: UTF-8, or UTF-16 that says so by its first bytes.

        Raises ImportFileError for every other encoding: a guess would be wrong in the names.
        """
        begins = ((bom, name) for bom, name in _BOMS if self.data.startswith(bom))
        bom, encoding = next(begins, (b"", "utf-8"))
        try:
            text = self.data[len(bom) :].decode(encoding)
        except UnicodeDecodeError as error:
            line = self.data.count(b"\n", 0, len(bom) + error.start) + 1
            raise self.error(
                f"line {line} is not {encoding.upper()} text", "save it as UTF-8 and try again"
            ) from error
        if "\0" in text:
            raise self.error(
                "not text, or text in an encoding that it does not name",
                "save it as UTF-8 and try again",
            )
        return text

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends. Raises ImportFileError for more than MAX_LINES."""
        lines = _LINE_END.split(self.text, MAX_LINES)
        if len(lines) > MAX_LINES:
            raise self.error(f"more than {MAX_LINES:,} lines", "is it a transcript?")
        return lines

    @cached_property
    def json(self) -> Any:
        """The file as JSON, or None where it does not begin as an object or a list of them does.

        Raises ImportFileError for JSON that does not parse, nests too deep, or has NaN in it.
        """
        if _JSON.match(self.text) is None:
            return None
        try:
            return json.loads(self.text, parse_constant=_refuse_constant)
        except json.JSONDecodeError as error:
            raise self.error(
                f"line {error.lineno}: not JSON: {error.msg}", "was it cut off, or edited by hand?"
            ) from error
        except (ValueError, RecursionError) as error:
            reason = "it nests too deep" if isinstance(error, RecursionError) else str(error)
            raise self.error(
                f"JSON that cannot be read: {reason[:80]}", "export it once more"
            ) from error


def json_ms(value: Any) -> int:
    """A JSON number of seconds, or one in quotes, as milliseconds.

    Raises ValueError for anything else, negative numbers, infinities and times past all recordings.
    """
    if isinstance(value, str):
        return parse_seconds(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("it has no number of seconds where a time should be")  # noqa: TRY004
    if not math.isfinite(value) or not 0 <= value <= MAX_MS / 1000:
        raise ValueError(f"{value} is not a time in seconds")
    return round(value * 1000)


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")
