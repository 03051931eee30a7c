"""Running the server until somebody stops it."""

import logging
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from producer.preview.app import Preview, create_app
from producer.preview.errors import PreviewError
from producer.preview.guard import is_loopback, shown_host

_STOP_S = 2


class _Server(uvicorn.Server):
    """Ends the streams of events first: uvicorn waits for them, and they never end."""

    def __init__(self, config: uvicorn.Config, preview: Preview) -> None:
        super().__init__(config)
        self._preview = preview

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Requests that are cut off now are no errors to tell.
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        self._preview.listing.stop()
        self._preview.events.close()
        await super().shutdown(sockets)


def serve(root: Path, out: Path, *, host: str, port: int, on_ready: Callable[[str], None]) -> None:
    """Serve the workspace on loopback until Ctrl-C; `on_ready` gets the address with its token.

    Port 0 takes a free one. Raises PreviewError where the port cannot be had, or the host is not
    this machine alone.
    """
    listening = listen(host, port)
    port = listening.getsockname()[1]
    token = secrets.token_urlsafe(24)
    preview = Preview(root, out)
    app = create_app(preview, host=host, port=port, token=token)
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_S,
        lifespan="on",
        ws="none",
    )
    on_ready(f"http://{shown_host(host, port)}/?token={token}")
    with listening:
        try:
            _Server(config, preview).run(sockets=[listening])
        except KeyboardInterrupt:
            return


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on loopback. Raises PreviewError."""
    if not is_loopback(host):
        raise PreviewError(
            f"{host!r} is not this machine alone: the preview can write into your files",
            hint="leave --host out, or tunnel the port: ssh -L 8000:127.0.0.1:8000 HOST",
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise PreviewError(
            f"cannot listen on {shown_host(host, port)}: {error.strerror}",
            hint="is another preview running? --port 0 takes any free port",
        ) from error
