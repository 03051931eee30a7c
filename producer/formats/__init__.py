"""Outputs that a machine reads. A format is one file here and one line in its table."""
