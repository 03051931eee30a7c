"""`producer preview`."""

import os
import sys
import threading
from pathlib import Path

import click

from producer.cli.options import complete_slug, open_workspace, out_folder, out_option, root_option


@click.command()
@click.argument("episode", metavar="[EPISODE]", required=False, shell_complete=complete_slug)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Where to listen; 0 takes any free port.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="Another loopback address, such as ::1; no other is allowed.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the page in the browser.")
@out_option
@root_option
def command(
    episode: str | None,
    port: int,
    host: str,
    open_browser: bool,
    out: Path | None,
    root: Path | None,
) -> int:
    """Look and listen on a local page, and move chapters there.

    Prints the page's address, which holds a token, and serves it to this machine alone until
    Ctrl-C. What is changed on the page is written into the episode's file at once, and can be
    undone there.

    \b
    Examples:
      producer preview
      producer preview s01e01 --open
      producer preview --port 0
    """
    from producer.preview.serve import serve

    workspace = open_workspace(root, (episode,) if episode else ())
    fragment = ""
    if episode:
        slug, _ = workspace.episode_path(episode)
        fragment = f"#/{slug}"

    def on_ready(address: str) -> None:
        click.echo(address + fragment)
        click.echo("Open this address in a browser. Ctrl-C stops the preview.", err=True)
        if open_browser:
            import webbrowser

            webbrowser.open(address + fragment)

    serve(workspace.root, out_folder(workspace, out), host=host, port=port, on_ready=on_ready)
    if threading.active_count() > 1:
        # An hour of sound may be being decoded: nothing is lost by not waiting for that.
        sys.stdout.flush()
        os._exit(0)
    return 0
