"""The picture of an audiogram at a moment, but for its bars."""

from PIL import Image

from producer.lettering.drawing import Color
from producer.lettering.text import Typesetter
from producer.video.cover import background
from producer.video.layout import Layout

_TITLE: Color = (255, 255, 255)
_QUIET: Color = (190, 198, 210)
_BOLD = 700
_MEDIUM = 600


class Card:
    """What stays: cover, title and show; and on it, what is said."""

    def __init__(
        self,
        layout: Layout,
        typesetter: Typesetter,
        *,
        title: str,
        show: str,
        cover: Image.Image | None,
    ) -> None:
        self._layout = layout
        self._set = typesetter
        self._base = Image.new("RGB", (layout.width, layout.height), background(cover))
        if cover is not None:
            box = layout.cover
            sized = cover.resize((box.width, box.height), Image.Resampling.LANCZOS)
            self._base.paste(sized, (box.left, box.top))
        centred = layout.is_centred
        fitted = typesetter.fit(title, layout.title, layout.title_sizes, _BOLD)
        typesetter.draw(
            self._base, layout.title, fitted, _TITLE, is_centred=centred, in_middle=centred
        )
        fitted = typesetter.fit(show, layout.show, (layout.show_size, layout.show_size * 3 // 4))
        typesetter.draw(self._base, layout.show, fitted, _QUIET, is_centred=centred)

    def frame(self, speaker: str, text: str) -> Image.Image:
        """The card while a caption is shown; both may be empty."""
        layout = self._layout
        image = self._base.copy()
        for box, said, sizes, weight, color in (
            (layout.speaker, speaker, (layout.show_size,) * 2, _BOLD, _QUIET),
            (layout.caption, text, layout.caption_sizes, _MEDIUM, _TITLE),
        ):
            if said:
                fitted = self._set.fit(said, box, (sizes[0], sizes[1]), weight)
                self._set.draw(image, box, fitted, color, is_centred=True)
        return image
