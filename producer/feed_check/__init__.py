"""Checking a podcast feed, ours or anybody's, against what directories and apps ask of it.

`check.check_feed` is the whole of it: bytes in, problems out, nothing fetched. `rules.RULES` is the
table of rules; `online.check_enclosures` is the one part that asks servers.
"""
