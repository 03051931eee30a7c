"""From captions to a draft that is worth editing: pure functions, a module for each thing done.

`draft.draft` puts them together, in the order of the table in docs/new-episode.md.
"""
