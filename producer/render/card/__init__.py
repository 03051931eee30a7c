"""The picture that stands for an episode where its page is shared."""

from producer.render.card.draw import CARD_SIZE, CardText, can_draw, card_versions, draw_card

__all__ = ["CARD_SIZE", "CardText", "can_draw", "card_versions", "draw_card"]
