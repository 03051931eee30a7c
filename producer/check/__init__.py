"""What a producer should see before publishing: rules as small functions, a module a family.

Parsing and deriving report what they cannot read or have to estimate; the rules here look at what
reads well and is wrong all the same. `silence.py` says which of all that somebody has seen already.
"""
