"""The targets: a line each in the table, and a module that is imported when it is used."""

import importlib

from producer.publish.address import Address
from producer.publish.errors import PublishError
from producer.publish.targets.target import Context, Opener, Target

# By scheme: the module beside this one, whose `open_target` opens it, and the extra that it needs.
TARGETS = {
    "file": ("folder", ""),
    "s3": ("s3", "s3"),
    "sftp": ("sftp", "sftp"),
    "gs": ("gs", "gs"),
    "az": ("az", "az"),
    "git": ("git", ""),
    "rsync": ("rsync", ""),
}


def open_target(address: Address, context: Context) -> Target:
    """The target at an address. Raises PublishError for one that is not known, or not installed."""
    if address.scheme not in TARGETS:
        known = ", ".join(f"{scheme}:" for scheme in TARGETS)
        raise PublishError(
            f"{address.shown}: there is no target of that kind",
            hint=f"name a folder, or an address that begins with one of {known}",
        )
    name, extra = TARGETS[address.scheme]
    try:
        module = importlib.import_module(f"producer.publish.targets.{name}")
    except ModuleNotFoundError as error:
        if not extra:
            raise
        raise PublishError(
            f"{address.scheme}: needs {error.name}, which is not installed",
            hint=f"install it: pip install 'podcast-producer[{extra}]'",
        ) from error
    opener: Opener = module.open_target
    return opener(address, context)


__all__ = ["TARGETS", "Context", "Target", "open_target"]
