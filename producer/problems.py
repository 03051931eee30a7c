"""Problems: what is wrong in an author's file, where it is, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from producer.codes import CODES


class Severity(StrEnum):
    """How much it matters: an error exits with 1, a warning with 1 under `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. Line and column count from 1, in characters; 0 where no line is meant."""

    code: str
    severity: Severity
    message: str
    path: str
    line: int = 0
    column: int = 0
    length: int = 1
    text: str = ""
    hint: str = ""

    @property
    def explained(self) -> str:
        """The message with its hint, for readers that have no field for hints."""
        return f"{self.message}\nhint: {self.hint}" if self.hint else self.message

    def as_json(self) -> dict[str, Any]:
        """The problem as plain data, keys in the order of the record."""
        values: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        values["severity"] = self.severity.value
        return values

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Problem":
        """The opposite of `as_json`."""
        return cls(**{**data, "severity": Severity(data["severity"])})


def severity_of(code: str) -> Severity:
    """The severity that the table of codes gives to `code`."""
    return Severity(CODES[code].severity)


def has_errors(problems: "list[Problem] | tuple[Problem, ...]") -> bool:
    """Whether any of them is an error: then the command exits with 1."""
    return any(problem.severity is Severity.ERROR for problem in problems)
