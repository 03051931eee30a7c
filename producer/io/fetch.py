"""The one place that loads feeds from the web, and asks servers about files."""

import re
import time
from typing import NamedTuple

import requests

from producer import __version__
from producer.errors import InputError
from producer.io.files import MAX_TEXT_BYTES

USER_AGENT = f"producer/{__version__} (podcast feed check)"
# Seconds to connect, and seconds without a byte.
TIMEOUT_SECONDS = (10, 20)
# A server that sends a byte now and then would otherwise keep us for hours.
MAX_SECONDS = 120
_CHUNK_BYTES = 1 << 16
_CONTENT_RANGE = re.compile(r"bytes\s+\d+-\d+/(\d+)", re.IGNORECASE)
# What requests lets through for addresses that it cannot make sense of.
_FAILURES = (requests.RequestException, ValueError, OSError)


class Fetched(NamedTuple):
    """A file from the web; `url` is where it was in the end, after `redirects`."""

    url: str
    data: bytes
    redirects: tuple[str, ...]


class Served(NamedTuple):
    """What a server says of a file, asked by HEAD and by a GET of its first byte.

    `error` says why there was no answer. A status of 0 stands for no answer. `media_type` and
    `length_bytes` are what is served; the length is None where the server does not say.
    """

    error: str
    head_status: int = 0
    range_status: int = 0
    media_type: str = ""
    length_bytes: int | None = None


def is_url(name: str) -> bool:
    """Whether a name on the command line is an address of the web."""
    return name.lower().startswith(("http://", "https://"))


def fetch(url: str, *, limit: int = MAX_TEXT_BYTES, max_seconds: float = MAX_SECONDS) -> Fetched:
    """Load a file, following redirects. Raises InputError where there is none, or too much."""
    try:
        with (
            _session() as session,
            session.get(url, stream=True, timeout=TIMEOUT_SECONDS) as answer,
        ):
            if answer.status_code != requests.codes.ok:
                reason = f" {answer.reason}" if answer.reason else ""
                raise InputError(f"{url}: the server says {answer.status_code}{reason}")
            data = _read(url, answer, limit, time.monotonic() + max_seconds)
            return Fetched(answer.url, data, tuple(one.url for one in answer.history))
    except _FAILURES as error:
        raise InputError(f"{url}: cannot be loaded: {reason_of(error)}") from error


def probe(url: str) -> Served:
    """Ask for a file's head and for its first byte; nothing else of it is loaded."""
    try:
        with _session() as session:
            head_status, head = _head(session, url)
            headers = {"Range": "bytes=0-0"}
            with session.get(url, headers=headers, stream=True, timeout=TIMEOUT_SECONDS) as answer:
                return Served(
                    "",
                    head_status,
                    answer.status_code,
                    answer.headers.get("Content-Type", ""),
                    _length(answer) if answer.ok else head,
                )
    except _FAILURES as error:
        return Served(reason_of(error))


def reason_of(error: Exception) -> str:
    """Why it failed, in a few words: the libraries' own texts are of the length of a page."""
    if isinstance(error, requests.exceptions.SSLError):
        return "its certificate is not valid"
    if isinstance(error, requests.Timeout):
        return "no answer in time"
    if isinstance(error, requests.TooManyRedirects):
        return "it redirects in a circle"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    return "the address is not understood" if isinstance(error, ValueError) else "it broke off"


def _session() -> requests.Session:
    session = requests.Session()
    session.headers["User-Agent"] = USER_AGENT
    # The length in the feed is that of the file, not of what a server packs it into.
    session.headers["Accept-Encoding"] = "identity"
    session.max_redirects = 10
    return session


def _head(session: requests.Session, url: str) -> tuple[int, int | None]:
    """The status of HEAD, 0 where the server breaks off, and the length that it gives."""
    try:
        with session.head(url, allow_redirects=True, timeout=TIMEOUT_SECONDS) as answer:
            return answer.status_code, _length(answer)
    except (requests.ConnectionError, requests.Timeout):
        return 0, None


def _length(answer: requests.Response) -> int | None:
    """The length of the whole file."""
    part = _CONTENT_RANGE.fullmatch(answer.headers.get("Content-Range", "").strip())
    if part:
        return int(part.group(1))
    length = answer.headers.get("Content-Length", "")
    whole = answer.status_code == requests.codes.ok
    return int(length) if whole and length.isascii() and length.isdigit() else None


def _read(url: str, answer: requests.Response, limit: int, deadline: float) -> bytes:
    parts = []
    size = 0
    for part in answer.iter_content(_CHUNK_BYTES):
        size += len(part)
        if size > limit:
            raise InputError(f"{url}: larger than {limit >> 20} MiB; is it a feed?")
        if time.monotonic() > deadline:
            raise InputError(f"{url}: the server sends too slowly")
        parts.append(part)
    return b"".join(parts)
