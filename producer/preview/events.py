"""Telling open pages what changed on disk, as server-sent events (HTML, section 9.2)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

# Often enough that a change shows within a second, and cheap: a stat for each file.
POLL_S = 0.3
# Proxies and browsers keep a stream that says something now and then.
_BEAT_S = 15.0
# A page that does not read is let go; it asks for everything anew when it comes back.
_MAX_WAITING = 256


class Events:
    """What happens, for any number of pages. All of it runs in the server's own loop."""

    def __init__(self) -> None:
        self._pages: set[asyncio.Queue[str | None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closed = False

    def start(self) -> None:
        """To be called in the loop."""
        self._loop = asyncio.get_running_loop()

    @property
    def has_pages(self) -> bool:
        """Whether anybody listens."""
        return bool(self._pages)

    def send(self, kind: str, data: dict[str, Any]) -> None:
        """Tell all pages; from any thread."""
        text = f"event: {kind}\ndata: {json.dumps(data)}\n\n"
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._put, text)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._is_closed = True
        for page in self._pages:
            page.put_nowait(None)

    async def stream(self) -> AsyncIterator[str]:
        """The events for one page, until it leaves or the server stops."""
        page: asyncio.Queue[str | None] = asyncio.Queue()
        self._pages.add(page)
        try:
            yield "retry: 1000\nevent: hello\ndata: {}\n\n"
            while not self._is_closed:
                try:
                    text = await asyncio.wait_for(page.get(), _BEAT_S)
                except TimeoutError:
                    text = ": still here\n\n"
                if text is None:
                    return
                yield text
        finally:
            self._pages.discard(page)

    def _put(self, text: str) -> None:
        for page in list(self._pages):
            if page.qsize() >= _MAX_WAITING:
                self._pages.discard(page)
                page.put_nowait(None)
            else:
                page.put_nowait(text)
