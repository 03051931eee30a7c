"""The server as an ASGI app: which address gives what."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from producer.audio.formats import media_type
from producer.build.show_checks import shown_show_problems
from producer.errors import ProducerError
from producer.preview.asked import Asked
from producer.preview.desk import Desk, OpenEpisode
from producer.preview.errors import NotFoundError, RequestError, TooMuchError
from producer.preview.events import POLL_S, Events
from producer.preview.guard import Guard
from producer.preview.listing import Listing
from producer.preview.places import output_file
from producer.preview.policy import OUTPUT_POLICY, page_policy
from producer.preview.snapshot import Snapshot
from producer.preview.texts import texts_to_paste
from producer.preview.view import episode_view
from producer.preview.waveform import Waveforms, missing_waveform

STATIC = Path(__file__).parent / "static"
# No edit is larger; a line of a transcript is a paragraph.
_MAX_BODY_BYTES = 1024 * 1024
_NONCE_MARK = "NONCE"


class Preview:
    """What the addresses share, and a method for each of them."""

    def __init__(self, root: Path, out: Path) -> None:
        self.desk = Desk(root, out)
        self.events = Events()
        self.listing = Listing(self.desk, lambda row: self.events.send("row", row))
        self.waveforms = Waveforms(out)
        self._page = (STATIC / "index.html").read_text(encoding="utf-8")

    def routes(self) -> list[Route | Mount]:
        """The table of addresses."""
        episode = "/api/episodes/{slug}"
        return [
            Route("/", self.page),
            Mount("/static", StaticFiles(directory=STATIC)),
            Route("/api/show", _answer(self.show)),
            Route("/api/events", self.stream),
            Route(episode, _answer(self.episode)),
            Route(f"{episode}/texts", _answer(self.texts)),
            Route(f"{episode}/peaks", _answer(self.peaks)),
            Route(f"{episode}/edit", self.edit, methods=["POST"]),
            Route(f"{episode}/undo", self.undo, methods=["POST"]),
            Route(f"{episode}/redo", self.redo, methods=["POST"]),
            Route("/media/{slug}", _answer(self.media)),
            Route("/build/{path:path}", _answer(self.output)),
        ]

    async def page(self, request: Request) -> Response:
        """The page itself. The nonce is for the one style sheet that wavesurfer makes."""
        nonce = secrets.token_urlsafe(16)
        policy = {"Content-Security-Policy": page_policy(nonce)}
        return HTMLResponse(self._page.replace(_NONCE_MARK, nonce), headers=policy)

    def show(self, request: Request) -> Response:
        """The show, and its episodes as far as they are known."""
        workspace = self.desk.workspace()
        problems = [problem.as_json() for problem in shown_show_problems(workspace)]
        return JSONResponse(
            {
                "title": workspace.show.title or workspace.root.name,
                "episodes": self.listing.rows(),
                "problems": problems + self.listing.show_problems(),
                "no_waveform": missing_waveform(STATIC),
            }
        )

    def episode(self, request: Request) -> Response:
        """One episode, all that the page shows of it but texts and waveform."""
        opened = self._opened(request)
        self.desk.keep_measures()
        derived = opened.checked.loaded.derived
        if derived is None:
            view: dict[str, Any] = {
                "slug": opened.slug,
                "title": opened.slug,
                "path": self.desk.workspace().shown(opened.path),
                "problems": [problem.as_json() for problem in opened.problems],
                "is_broken": True,
            }
        else:
            view = episode_view(derived, opened.problems)
            audio = opened.checked.loaded.audio
            version = audio.digest[:12] if audio else ""
            view["media"] = f"/media/{opened.slug}?v={version}" if opened.audio else None
            view["why_no_audio"] = opened.why_no_audio
            page = output_file(self.desk.root, self.desk.out, f"{opened.slug}/")
            view["page"] = f"/build/{opened.slug}/" if page else None
        return JSONResponse(view | {"digest": opened.digest, "history": self.desk.undoable(opened)})

    def texts(self, request: Request) -> Response:
        """The texts to paste."""
        derived = self._opened(request).checked.loaded.derived
        if derived is None:
            raise NotFoundError("the file cannot be read")
        texts, problems = texts_to_paste(self.desk.workspace(), derived)
        return JSONResponse(
            {"texts": texts, "problems": [problem.as_json() for problem in problems]}
        )

    def peaks(self, request: Request) -> Response:
        """What the waveform is drawn from, and the pauses that were found in the sound."""
        opened = self._opened(request)
        audio = opened.checked.loaded.audio
        if opened.audio is None or audio is None:
            raise NotFoundError(opened.why_no_audio)
        data = self.waveforms.json_of(opened.audio, audio.digest)
        headers = {"Cache-Control": "private, max-age=31536000, immutable"}
        return Response(data, media_type="application/json", headers=headers)

    def media(self, request: Request) -> Response:
        """The sound, any part of it."""
        opened = self._opened(request)
        if opened.audio is None:
            raise NotFoundError(opened.why_no_audio)
        headers = {"Cache-Control": "private, no-cache"}
        return FileResponse(opened.audio, media_type=media_type(opened.audio), headers=headers)

    def output(self, request: Request) -> Response:
        """A file of the last build, so that pages can be looked at; they cannot reach this API."""
        path = output_file(self.desk.root, self.desk.out, request.path_params["path"])
        if path is None:
            raise NotFoundError("there is no such output: build first")
        headers = {
            "Content-Security-Policy": OUTPUT_POLICY,
            "Cross-Origin-Opener-Policy": "unsafe-none",
            "Cache-Control": "private, no-cache",
        }
        return FileResponse(path, headers=headers)

    async def stream(self, request: Request) -> Response:
        """What changes, as it changes."""
        return StreamingResponse(self.events.stream(), media_type="text/event-stream")

    async def edit(self, request: Request) -> Response:
        """One change: `digest` of the file that the page saw, and the `edit`."""
        return await self._change(
            request, lambda slug, digest, asked: self.desk.edit(slug, digest, asked.nested("edit"))
        )

    async def undo(self, request: Request) -> Response:
        """The last change back."""
        return await self._change(request, lambda slug, digest, _: self.desk.undo(slug, digest))

    async def redo(self, request: Request) -> Response:
        """And forth again."""
        return await self._change(request, lambda slug, digest, _: self.desk.redo(slug, digest))

    async def _change(
        self, request: Request, make: Callable[[str, str, Asked], dict[str, Any]]
    ) -> Response:
        try:
            asked = Asked(await _json(request))
            slug = request.path_params["slug"]
            made = await run_in_threadpool(make, slug, asked.raw("digest"), asked)
        except ProducerError as error:
            return _failure(error)
        return JSONResponse(made)

    def _opened(self, request: Request) -> OpenEpisode:
        return self.desk.open(request.path_params["slug"])

    async def watch(self, before: Snapshot) -> None:
        """Look at the files again and again, and tell the pages what changed."""
        checking = asyncio.create_task(run_in_threadpool(self.listing.refresh))
        while True:
            await asyncio.sleep(POLL_S)
            if not self.events.has_pages:
                continue
            now = await run_in_threadpool(self.desk.snapshot)
            if now == before:
                continue
            slugs = now.changed_since(before)
            is_all = now.shared != before.shared
            before = now
            self.events.send("changed", {"episodes": list(slugs), "all": is_all})
            await checking
            checking = asyncio.create_task(run_in_threadpool(self.listing.refresh))

    @contextlib.asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """Watches while the server runs."""
        self.events.start()
        watching = asyncio.create_task(self.watch(self.desk.snapshot()))
        try:
            yield
        finally:
            self.listing.stop()
            self.events.close()
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching


def create_app(preview: Preview, *, host: str, port: int, token: str) -> Guard:
    """The app with its guard around it."""
    app = Starlette(
        routes=preview.routes(),
        lifespan=preview.lifespan,
        exception_handlers={ProducerError: _failed, HTTPException: _http_failed},
    )
    return Guard(app, host=host, port=port, token=token)


def _answer(method: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """A method as a plain function, which Starlette runs in a thread."""

    def endpoint(request: Request) -> Response:
        return method(request)

    return endpoint


async def _json(request: Request) -> Any:
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise RequestError("the request is no JSON")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BODY_BYTES:
            raise TooMuchError("the request is too large")
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RequestError("the request is no JSON") from error


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProducerError)
    return _failure(error)


async def _http_failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code, headers=error.headers)


def _failure(error: ProducerError) -> Response:
    status = error.status if isinstance(error, RequestError) else 500
    return JSONResponse({"error": error.message, "hint": error.hint or ""}, status)
