"""The picture that stands for an episode where its page is shared."""
