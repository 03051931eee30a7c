"""Asking a command of the user's, a language model mostly: JSON in, a line for each title out."""

import json
import shlex
import subprocess
from collections.abc import Sequence
from typing import Any

from producer.errors import ProducerError
from producer.text import one_line

_TIMEOUT_S = 600


class AskError(ProducerError):
    """The command could not be run, failed, or did not answer as it should."""


def ask_titles(command: str, parts: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    """A title for each part, from the stdout of a command that gets `{"parts": [...]}` on stdin.

    The command is split as a shell would, and run without one. It prints one title a line, in the
    order of the parts; blank lines do not count. Raises AskError.
    """
    try:
        steps = shlex.split(command)
    except ValueError as error:
        raise AskError(f"--ask: cannot be split into words: {error}") from error
    if not steps:
        raise AskError("--ask: no command is named")
    question = json.dumps({"parts": list(parts)}, ensure_ascii=False)
    try:
        done = subprocess.run(
            steps,
            input=question.encode(errors="replace"),
            capture_output=True,
            timeout=_TIMEOUT_S,
            check=False,
        )
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AskError(f"--ask: {steps[0]} cannot be run: {reason}") from error
    except subprocess.TimeoutExpired as error:
        raise AskError(f"--ask: {steps[0]} did not answer in {_TIMEOUT_S} s") from error
    if done.returncode:
        said = one_line(done.stderr.decode(errors="replace"))[-200:]
        raise AskError(f"--ask: {steps[0]} failed with status {done.returncode}: {said or 'mute'}")
    answer = done.stdout.decode(errors="replace").splitlines()
    titles = tuple(title for line in answer if (title := one_line(line)))
    if len(titles) != len(parts):
        raise AskError(
            f"--ask: {steps[0]} printed {len(titles)} lines for {len(parts)} parts",
            hint="it should print one title a line, in the order of the parts, and nothing else",
        )
    return titles
