"""`producer completion`."""

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the script that makes a shell complete commands.

    Options, formats and the names of episodes are completed.

    \b
    Examples:
      producer completion bash > ~/.local/share/bash-completion/completions/producer
      producer completion zsh > ~/.zfunc/_producer
      producer completion fish > ~/.config/fish/completions/producer.fish
    """
    from producer.cli.main import cli

    completion = get_completion_class(shell)
    assert completion is not None
    click.echo(completion(cli, {}, "producer", "_PRODUCER_COMPLETE").source())
    return 0
