"""Publishing: what differs goes to a target, media first, the feed last, each file verified."""
