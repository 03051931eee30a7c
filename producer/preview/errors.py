"""Why the server does not do what a page asks for; each with the HTTP status that says so."""

from producer.errors import ProducerError


class PreviewError(ProducerError):
    """The preview cannot start."""


class RequestError(ProducerError):
    """A request that cannot be met. `status` is RFC 9110's."""

    status = 400


class NotFoundError(RequestError):
    """There is no such episode, file or picture of the sound."""

    status = 404


class ConflictError(RequestError):
    """The file is not what the page saw: nothing was written."""

    status = 409


class TooMuchError(RequestError):
    """A request is larger than any edit is."""

    status = 413


class RefusedError(RequestError):
    """The request is understood, and would do harm or nothing."""

    status = 422
