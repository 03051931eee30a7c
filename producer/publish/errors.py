"""What keeps a publication from going on. The feed that stood at the target stands."""

from producer.errors import ProducerError


class PublishError(ProducerError):
    """The target refuses, is not understood, or holds something else than it was sent."""


class PassingError(PublishError):
    """A fault that may be gone at the next try: a broken connection, a busy server."""


class LockedError(PublishError):
    """Somebody else is publishing to the target."""
