"""The build: what is to be written, what of it changed, and writing it."""
