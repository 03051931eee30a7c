"""Captions: YouTube's own, and listings of them."""
