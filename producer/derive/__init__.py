"""What follows from an episode: turns, duration, chapters, clips and cues. Pure functions."""
