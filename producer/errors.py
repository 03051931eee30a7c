"""Operational failures: what keeps a command from running at all.

Mistakes in the author's files are not exceptions but `producer.problems.Problem`s, collected and
shown together. Everything else that escapes is a bug and keeps its traceback.
"""


class ProducerError(Exception):
    """A failure that the user can do something about; shown in one line with its hint."""

    exit_status = 2

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class WorkspaceError(ProducerError):
    """There is no such workspace, folder or episode."""


class InputError(ProducerError):
    """A file that is needed cannot be read."""


class TooLargeError(InputError):
    """A file is larger than anything of its kind; nothing of it was read."""


class AudioError(ProducerError):
    """A sound file cannot be decoded, cut or written."""


class TemplateError(ProducerError):
    """A template does not parse, or uses a name that does not exist."""


class WriteError(ProducerError):
    """An output cannot be written; what was there before is untouched."""


class EditError(ProducerError):
    """An edit of an episode file would have changed more than it should; nothing was written."""
