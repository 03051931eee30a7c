"""Alignment: when the lines of an edited transcript are spoken, from the captions."""
