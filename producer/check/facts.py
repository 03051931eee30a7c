"""What the rules know of an episode besides its file."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from producer.captions.caption import Caption
from producer.model.image import ImageFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`image` is the episode's own picture, None where it has none that can be read.

    `audio_digest` tells its sound by content; None without any. `captions` are those kept of the
    recording, if any are.
    """

    now: datetime.datetime
    image: ImageFacts | None = None
    audio_digest: str | None = None
    captions: Sequence[Caption] = ()
