"""Files in parts: what is copied is written from where it was read to, and not gathered before."""

from collections.abc import Sequence

Part = bytes | memoryview
# What a file is made of, one after another. None of them: no file.
Parts = Sequence[Part]
