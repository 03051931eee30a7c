"""What real clients read of our feeds, and load from a server: one module a client."""
