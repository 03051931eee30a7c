"""Running a program of the machine that does the sending: git, rsync."""

import os
import subprocess
from collections.abc import Mapping, Sequence

from producer.publish.errors import PublishError


def run_program(
    command: Sequence[str],
    doing: str,
    timeout_s: float,
    *,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run it in English, beside the environment it is in; `doing` says what did not end.

    Raises PublishError where it is not installed, cannot be run, or takes longer than that.
    """
    program = command[0]
    try:
        return subprocess.run(
            command,
            input=stdin,
            env={**os.environ, "LC_ALL": "C", **(env or {})},
            capture_output=True,
            timeout=timeout_s,
            check=False,
        )
    except FileNotFoundError as error:
        raise PublishError(f"{program}: is not installed", hint=f"install {program}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PublishError(f"{doing} did not end") from error
