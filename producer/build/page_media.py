"""The pictures of an episode's page, and its card: the picture that stands for it elsewhere."""

from dataclasses import astuple
from pathlib import Path
from urllib.parse import quote

from producer.build.fingerprint import digest, digest_of
from producer.build.images import artwork_of, image_reference
from producer.build.output import Output
from producer.derive.derived import Derived
from producer.io.workspace import Workspace
from producer.render.card.text import CARD_SIZE, card_text, card_versions
from producer.render.views import Card, PageMedia

CARD_NAME = "card.jpg"


def page_media(workspace: Workspace, derived: Derived) -> tuple[PageMedia, Output | None]:
    """The pictures of the page, and the card that is to be drawn for it, if one is.

    An episode's own picture is its card. Without one it is drawn, where the show has an address
    that it can be named by; where a text cannot be drawn, the show's picture stands in.
    """
    episode, show = derived.episode, derived.show
    own_file, own_url = image_reference(workspace, episode.image)
    show_file, show_url = image_reference(workspace, show.image)
    card, output = None, None
    if own_url and (show.base_url or not own_file):
        card = Card(own_url)
    elif show.base_url:
        output = _card(workspace, derived)
        if output is not None:
            card = Card(show.url(episode.slug, CARD_NAME), *CARD_SIZE)
        elif show_url:
            card = Card(show_url)
    pictures = {
        guest.slug: _beside(image_reference(workspace, guest.picture)[0])
        for guest in derived.guests
    }
    return PageMedia(_beside(own_file or show_file), pictures, card), output


def _beside(file: str) -> str:
    """A file of the output folder as an episode's page names it."""
    return f"../{quote(file)}" if file else ""


def _card(workspace: Workspace, derived: Derived) -> Output | None:
    """The card to draw; None where there is a letter that no font of ours has."""
    episode, show = derived.episode, derived.show
    guests = tuple(guest.name for guest in derived.guests)
    text = card_text(episode.title, guests, show.title, show.language)
    if text is None:
        return None
    artwork = artwork_of(workspace, episode, show)
    cover = artwork.data if artwork else b""
    key = digest_of([*card_versions(), *astuple(text), digest(cover)])

    def make(path: Path) -> None:
        from producer.render.card.draw import draw_card

        path.write_bytes(draw_card(text, cover))

    return Output(path=f"{episode.slug}/{CARD_NAME}", key=key, make=make)
