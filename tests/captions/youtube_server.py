"""A server on the loopback that answers as YouTube does, and a session that leads to it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

import requests
from requests.adapters import HTTPAdapter

from producer.captions.session import PoliteSession

VIDEO = "abcdefghijk"
CONSENT = '<form action="https://consent.youtube.com/s"><input name="v" value="cb.20260101"></form>'


@dataclass(frozen=True)
class Answer:
    """What the server says instead of what it would; `times` times, then as usual."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 10_000
    drop: bool = False


@dataclass
class Track:
    code: str
    name: str
    generated: bool = False
    translatable: bool = True
    token: bool = False


@dataclass
class YouTube:
    """The state of the server: the video's tracks, and what goes wrong at which step."""

    tracks: list[Track] = field(default_factory=lambda: [Track("en", "English")])
    captions: list[tuple[str, str, str]] = field(
        default_factory=lambda: [
            ("0.5", "2.25", "hello &amp; welcome"),
            ("31.2", "2", "second\npart"),
        ]
    )
    playability: dict[str, Any] = field(default_factory=lambda: {"status": "OK"})
    watch: Answer | None = None
    player: Answer | None = None
    timedtext: Answer | None = None
    has_captions: bool = True
    consents: int = 0
    requests: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    languages_asked: list[str] = field(default_factory=list)
    port: int = 0

    def page(self, step: str, url: str) -> str:
        if step == "watch":
            self.consents -= 1
            return CONSENT if self.consents >= 0 else '{"INNERTUBE_API_KEY": "a-key_1"}'
        if step == "player":
            return json.dumps(self.player_data())
        query = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        self.languages_asked.append(query.get("tlang", query["lang"]))
        text = "".join(
            f'<text start="{start}" dur="{duration}">{escape(said)}</text>'
            for start, duration, said in self.captions
        )
        return f'<?xml version="1.0" encoding="utf-8" ?><transcript>{text}</transcript>'

    def player_data(self) -> dict[str, Any]:
        tracks = [
            {
                "baseUrl": f"https://www.youtube.com/api/timedtext?v={VIDEO}&lang={track.code}"
                + ("&exp=xpe" if track.token else "")
                + "&fmt=srv3",
                "name": {"runs": [{"text": track.name}]},
                "languageCode": track.code,
                "isTranslatable": track.translatable,
                **({"kind": "asr"} if track.generated else {}),
            }
            for track in self.tracks
        ]
        renderer = {
            "captionTracks": tracks,
            "translationLanguages": [
                {"languageCode": "de", "languageName": {"runs": [{"text": "German"}]}}
            ],
        }
        captions = {"playerCaptionsTracklistRenderer": renderer} if self.has_captions else {}
        return {"playabilityStatus": self.playability, "captions": captions}

    def take(self, step: str) -> Answer | None:
        """The fault of a step, until it has happened often enough."""
        answer: Answer | None = getattr(self, step)
        if answer is not None:
            left = answer.times - 1
            setattr(self, step, Answer(**{**vars(answer), "times": left}) if left else None)
        return answer


def _handler(youtube: YouTube) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            step = "watch" if self.path.startswith("/watch?") else "timedtext"
            self.answer(step)

        def do_POST(self) -> None:
            sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert sent["videoId"] == VIDEO
            assert "key=a-key_1" in self.path
            self.answer("player")

        def answer(self, step: str) -> None:
            youtube.requests.append(step)
            youtube.cookies.append(self.headers.get("Cookie", ""))
            answer = youtube.take(step) or Answer(body=youtube.page(step, self.path))
            if answer.drop:
                self.close_connection = True
                return
            body = answer.body.encode()
            self.send_response_only(answer.status)
            for name, value in {"Content-Length": str(len(body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    return Handler


@contextmanager
def serve(youtube: YouTube) -> Iterator[YouTube]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(youtube)) as server:
        youtube.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield youtube
        finally:
            server.shutdown()
            thread.join()


class _Loopback(HTTPAdapter):
    """Sends what is meant for www.youtube.com to the loopback, and nothing anywhere else."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(str(request.url))
        assert (parts.scheme, parts.netloc) == ("https", "www.youtube.com")
        meant = request.url
        request.url = f"http://127.0.0.1:{self.port}{parts.path}?{parts.query}"
        kwargs["proxies"] = {}
        try:
            response = super().send(request, *args, **kwargs)
        finally:
            request.url = meant
        response.url = str(meant)
        return response


def session_for(youtube: YouTube, waited: list[float]) -> PoliteSession:
    """A session that leads to the server; its waits are only written down."""
    session = PoliteSession(sleep=waited.append)
    for scheme in ("https://", "http://"):
        session.mount(scheme, _Loopback(youtube.port))
    return session
