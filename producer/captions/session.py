"""The HTTP session for YouTube: it waits before it asks again, and does not ask for ever."""

import math
import time
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

import requests

MAX_RETRIES = 3
# Longer than this nobody watches a command stand still: better to say so and stop.
MAX_WAIT_S = 60.0
_PASSING = frozenset((429, 500, 502, 503, 504))
_TIMEOUTS_S = (10, 30)  # to connect, and between bytes


class PoliteSession(requests.Session):
    """Tries again after passing faults, at most MAX_RETRIES times a request.

    It waits 1, 2 and 4 seconds, or as long as Retry-After asks (RFC 9110, section 10.2.3) up to
    MAX_WAIT_S. Proxies are those of the environment, as requests reads it: HTTPS_PROXY, NO_PROXY.
    """

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        super().__init__()
        self._sleep = sleep

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """One request, and its repetitions. What the last one gave is returned or raised."""
        kwargs.setdefault("timeout", _TIMEOUTS_S)
        for retry in range(MAX_RETRIES):
            wait_s = 2.0**retry
            try:
                response = super().request(method, url, *args, **kwargs)
            except (requests.exceptions.ProxyError, requests.exceptions.SSLError):
                raise
            except (
                requests.ConnectionError,
                requests.Timeout,
                requests.exceptions.ChunkedEncodingError,
            ):
                pass
            else:
                if response.status_code not in _PASSING:
                    return response
                if "Retry-After" in response.headers:
                    wait_s = _retry_after_s(response)
                if wait_s > MAX_WAIT_S:
                    return response
                response.close()
            self._sleep(wait_s)
        return super().request(method, url, *args, **kwargs)


def _retry_after_s(response: requests.Response) -> float:
    """Seconds to wait: a number, or a date against the server's own clock; for ever if neither."""
    value = response.headers["Retry-After"].strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    until, now = _moment(value), _moment(response.headers.get("Date", ""))
    return max(0.0, (until - now).total_seconds()) if until and now else math.inf


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
