"""Texts without credentials: nothing that is printed passes by here unseen."""

import os
import re
from collections.abc import Mapping

_USERINFO = re.compile(r"([a-z][a-z0-9+.-]*)://([^/\s'\"]*)@", re.IGNORECASE)
_WORDS = r"token|sig|signature|secret|passw(?:or)?d|key|credential|auth"
_QUERY = re.compile(rf"([?&;][\w.-]*(?:{_WORDS})[\w.-]*=)[^&;\s#'\"]+", re.IGNORECASE)
_HEADER = re.compile(r"(authorization['\"]?\s*[:=]\s*['\"]?(?:\w+ )?)[^\s'\",]+", re.IGNORECASE)
_VARIABLE = re.compile(r"SECRET|TOKEN|PASSW|CREDENTIAL|CONNECTION_STRING|_KEY|_SAS", re.IGNORECASE)
# Variables that name a file, which messages should name too.
_PATHS = frozenset({"GOOGLE_APPLICATION_CREDENTIALS", "AWS_SHARED_CREDENTIALS_FILE"})
_SHORTEST = 6
_HIDDEN = "***"


def redacted(text: str, environment: Mapping[str, str] | None = None) -> str:
    """The text without passwords and tokens, as far as they can be told.

    Those are what stands before the @ of an address (of the logins of ssh only the password),
    values of query parameters with telling names, and values of variables of the environment with
    telling names, wherever they stand.
    """
    variables = os.environ if environment is None else environment
    for name, value in variables.items():
        if _VARIABLE.search(name) and name not in _PATHS and len(value) >= _SHORTEST:
            text = text.replace(value, _HIDDEN)
    text = _USERINFO.sub(_login, text)
    text = _HEADER.sub(rf"\1{_HIDDEN}", text)
    return _QUERY.sub(rf"\1{_HIDDEN}", text)


def _login(match: re.Match[str]) -> str:
    scheme, userinfo = match.groups()
    if scheme.lower().removeprefix("git+") not in {"ssh", "sftp", "rsync"}:
        return f"{scheme}://"
    return f"{scheme}://{userinfo.partition(':')[0]}@"
