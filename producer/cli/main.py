"""The `producer` command: which commands there are, and what happens when one fails."""

import gc
import importlib
import os
import sys
from typing import Any

import click

from producer import __version__
from producer.errors import ProducerError

# Name, module and the line that `--help` shows: the modules are imported only to run, so that
# help and completion answer at once. A test holds the lines to the commands' own.
COMMANDS = {
    "align": "Give every line its time from the captions.",
    "build": "Build everything that changed.",
    "chapters": "Print the chapters of an episode, or take headers from a list of chapters.",
    "check": "Say what is wrong, at which line, and how to mend it.",
    "clean": "Delete what builds have made, and nothing else.",
    "clips": "Print an episode's quotableClips, or write them into it.",
    "completion": "Print the script that makes a shell complete commands.",
    "cut": "Cut the clips of an episode from its audio.",
    "diff": "Say what subscribers will see change when the show is published.",
    "feed": "Write build/feed.xml, or check that it is up to date.",
    "fetch": "Fetch the captions of a video into episodes/captions/.",
    "fix": "Mend what has one right answer, and show the diff.",
    "new": "Start an episode file, from captions if there are any.",
    "notes": "Print the show notes of an episode.",
    "offset": "Find where an episode's audio begins on the video's timeline.",
    "preview": "Look and listen on a local page, and move chapters there.",
    "publish": "Build, and send what differs to a target: media first, feed last.",
    "status": "Say of each episode what is there and what is missing.",
    "suggest": "Propose where headers could go, with words for each.",
    "transcript": "Print the transcript of an episode, or take an edited one back.",
    "waveform": "Print the waveform of an episode's audio, as audiowaveform does.",
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"producer.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"{error.message}{meant}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=(
        "Exit status: 0 done and clean; 1 done, and errors were found in the files; "
        "2 it could not run."
    ),
)
@click.version_option(__version__, prog_name="producer")
def cli() -> None:
    """From episodes as Markdown files: chapters, clips, show notes, pages and a podcast feed.

    The show is the nearest folder upwards with a podcast.yaml; --root DIR names another.
    An EPISODE is the name of its file without .md, or a path; none means all.

    \b
    Examples:
      producer build                           everything that changed
      producer chapters s01e01 | pbcopy        the list for YouTube's description
      producer check --strict                  as a gate before publishing
      producer clips s01e01 --write            bring quotableClips in line with the headers
    """


def run() -> None:
    """Run the command line and exit with its status."""
    # Many small records, hardly a cycle: looking for some took a tenth of a build's time.
    gc.set_threshold(50_000, 20, 100)
    try:
        status: Any = cli.main(standalone_mode=False)
        sys.stdout.flush()
    except ProducerError as error:
        from producer.cli.report import print_failure

        print_failure(error)
        sys.exit(error.exit_status)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("producer: stopped; what was finished is kept", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # `producer chapters x | head -1`: the reader had enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)
