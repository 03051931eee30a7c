"""Text set on pictures: the same in every script, on every machine, from wheels alone."""
