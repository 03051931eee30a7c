"""producer: from an episode's transcript to chapters, clips, show notes, pages and a feed."""

__version__ = "0.1.0"
