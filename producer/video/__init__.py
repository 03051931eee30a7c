"""Audiograms: short videos of a clip, with its cover, moving bars and burnt captions."""
