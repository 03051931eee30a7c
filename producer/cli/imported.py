"""What commands say about an imported file."""

from collections.abc import Sequence

import click

from producer.imports import ImportProblem

_SHOWN = 20


def print_import_problems(name: str, problems: Sequence[ImportProblem]) -> None:
    """What was left out or mended, a line each, to stderr."""
    for problem in problems[:_SHOWN]:
        click.echo(f"{name}: {problem}", err=True)
    if len(problems) > _SHOWN:
        click.echo(f"{name}: and {len(problems) - _SHOWN} more", err=True)
