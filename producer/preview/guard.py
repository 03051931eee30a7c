"""Who may talk to the server: this machine's own page, with the token that was printed.

Other sites that a browser has open can send requests to loopback addresses too. Foreign `Host`
(DNS rebinding) and `Origin` headers are refused, and so is every request without the token.
"""

import hmac
import ipaddress
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = frozenset({"GET", "HEAD", "POST"})
# Nothing of the tool runs or loads from elsewhere, and no other page may embed or read it.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def shown_host(host: str, port: int) -> str:
    """Host and port as an address has them."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class Guard:
    """An ASGI app around another that lets only the owner's requests through."""

    def __init__(self, app: ASGIApp, *, host: str, port: int, token: str) -> None:
        names = {host, "127.0.0.1", "localhost", "::1"}
        self._app = app
        self._hosts = {shown_host(name, port) for name in names}
        if port == 80:
            self._hosts |= {name.removesuffix(":80") for name in self._hosts}
        self._origins = {f"http://{name}" for name in self._hosts}
        self._token = token
        # Cookies know no ports: two previews on one machine must not share one.
        self._cookie = f"producer-preview-{port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; anything but HTTP and the server's own start and stop is turned away."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send_guarded)

    def _refusal(self, scope: Scope) -> Response | None:
        """The answer to who may not come in, or who comes in for the first time; else None."""
        headers = Headers(scope=scope)
        if headers.getlist("host")[:2] != [headers.get("host")] or (
            headers.get("host", "").lower() not in self._hosts
        ):
            return _no(421, "This server answers to its own address only.")
        origins = headers.getlist("origin")
        if any(origin.lower() not in self._origins for origin in origins):
            return _no(403, "Requests from other sites are refused.")
        navigates = headers.get("sec-fetch-mode", "navigate") == "navigate"
        site = headers.get("sec-fetch-site", "same-origin")
        if site not in ("same-origin", "none") and not (navigates and scope["method"] == "GET"):
            return _no(403, "Requests from other sites are refused.")
        if scope["method"] not in _METHODS:
            return _no(405, "There is no such method here.")
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if scope["path"] == "/" and self._is_token(given):
            return self._admitted()
        if self._is_token(headers.get("x-producer-token", "")) or self._has_cookie(headers):
            return None
        return _no(
            403,
            "This address needs its token.\n"
            "Open the whole address that `producer preview` printed when it started.",
        )

    def _admitted(self) -> Response:
        """The page without the token in its address, which histories keep; a cookie has it."""
        response = RedirectResponse("/", 303)
        response.set_cookie(self._cookie, self._token, httponly=True, samesite="strict", path="/")
        return response

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._token.encode())

    def _has_cookie(self, headers: Headers) -> bool:
        given = cookie_parser("; ".join(headers.getlist("cookie"))).get(self._cookie, "")
        return self._is_token(given)


def _no(status: int, why: str) -> Response:
    return PlainTextResponse(f"{why}\n", status)
