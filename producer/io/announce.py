"""Saying something to a server of the web that has nothing to say but whether it heard."""

from collections.abc import Mapping

import requests

from producer.io.fetch import TIMEOUT_SECONDS, USER_AGENT, reason_of


def announce(
    method: str,
    url: str,
    *,
    form: Mapping[str, str] | None = None,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> str:
    """Send a form or a query; why it failed, in a few words, or nothing where it did not.

    Redirects are not followed: what they lead to was not asked for.
    """
    try:
        with requests.request(
            method,
            url,
            data=form,
            params=query,
            headers={"User-Agent": USER_AGENT, **(headers or {})},
            timeout=TIMEOUT_SECONDS,
            allow_redirects=False,
            stream=True,
        ) as answer:
            return "" if 200 <= answer.status_code < 300 else f"it says {answer.status_code}"
    except (requests.RequestException, ValueError, OSError) as error:
        return reason_of(error)
