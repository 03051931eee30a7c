"""The rim: the only places that read and write the user's files."""
