"""The page on which an episode is heard and its chapters moved: a server for one person."""
