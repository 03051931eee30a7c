"""What commands say on stderr: problems, failures, progress. Colour only on a terminal."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence

import click

from producer.diagnostics import Style, format_problem, plain
from producer.errors import ProducerError
from producer.problems import Problem, Severity, has_errors

_STYLES = {
    "error": "bold red",
    "warning": "bold yellow",
    "advice": "bold cyan",
    "place": "bold",
    "gutter": "blue",
    "caret": "bold red",
    "hint": "green",
}


def print_problems(problems: Sequence[Problem]) -> None:
    """Each problem with its line and caret."""
    style = _style()
    for problem in problems:
        _echo(format_problem(problem, style))


def print_failure(error: ProducerError) -> None:
    """Why a command could not run: one line, and one for the hint."""
    style = _style()
    _echo(f"producer: {style('error', 'error')}: {error.message}")
    if error.hint:
        _echo(f"  {style('=', 'gutter')} {style('hint', 'hint')}: {error.hint}")


def count_line(problems: Sequence[Problem]) -> str:
    """`2 errors, 1 warning`; empty where there is nothing to count."""
    counts = []
    for severity in Severity:
        count = sum(problem.severity is severity for problem in problems)
        if count:
            plural = "" if count == 1 or severity is Severity.ADVICE else "s"
            counts.append(f"{count} {severity.value}{plural}")
    return ", ".join(counts)


def exit_status(problems: Sequence[Problem], *, strict: bool = False) -> int:
    """1 where there are errors, or under `strict` warnings; else 0."""
    has_warnings = any(problem.severity is Severity.WARNING for problem in problems)
    return int(has_errors(tuple(problems)) or (strict and has_warnings))


def _echo(text: str) -> None:
    """To stderr, with the colours that the style has chosen already."""
    click.echo(text, err=True, color=True)


def _style() -> Style:
    """ANSI styles through rich, which knows NO_COLOR, FORCE_COLOR and dumb terminals."""
    if not sys.stderr.isatty() and not os.environ.get("FORCE_COLOR"):
        return plain
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True, highlight=False)
    if console.color_system is None or console.no_color:
        return plain

    def style(text: str, role: str) -> str:
        with console.capture() as capture:
            console.print(Text(text, style=_STYLES.get(role, "")), end="")
        return capture.get()

    return style


@contextlib.contextmanager
def progress(what: str) -> Iterator[tuple[Callable[[int], None], Callable[[str], None]]]:
    """A bar on a terminal, nothing elsewhere: callbacks for the total and for each step."""
    if not sys.stderr.isatty():
        yield (lambda total: None), (lambda name: None)
        return
    from rich import progress as bars
    from rich.console import Console
    from rich.text import Text

    class RateColumn(bars.ProgressColumn):
        def render(self, task: bars.Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        RateColumn(),
        bars.TimeRemainingColumn(),
    )
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield (
            (lambda total: bar.update(task, total=total)),
            (lambda name: bar.update(task, advance=1, description=name)),
        )
