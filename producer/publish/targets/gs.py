"""Google Cloud Storage, with the credentials that Google's own tools use."""

import base64
import hashlib
import logging
from typing import Any

import aiohttp
import gcsfs
from gcsfs.retry import HttpError
from google.auth.exceptions import GoogleAuthError, TransportError
from requests.exceptions import ProxyError

from producer.publish.address import Address
from producer.publish.files import LocalFile
from producer.publish.headers import Headers
from producer.publish.plan import RemoteFile
from producer.publish.targets.object_store import ObjectStore
from producer.publish.targets.target import Context, Target

_SAID = {"Bad Request: ": 400, "Forbidden: ": 403}


def open_target(address: Address, context: Context) -> Target:
    """The bucket, and a connection when it is needed."""
    # What it says of kinds of buckets, for those who may not ask for them, is not for the user.
    logging.getLogger("gcsfs").setLevel(logging.CRITICAL)
    options = {"endpoint_url": context.endpoint} if context.endpoint else {}
    filesystem = gcsfs.GCSFileSystem(use_listings_cache=False, skip_instance_cache=True, **options)
    return GsTarget(address, filesystem)


class GsTarget(ObjectStore):
    """A bucket."""

    passing_errors = (aiohttp.ClientError, TransportError)
    final_errors = (HttpError, GoogleAuthError)
    credentials_hint = (
        "run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS"
    )

    def _write_options(self, headers: Headers) -> dict[str, Any]:
        return {
            "content_type": headers.content_type,
            "fixed_key_metadata": {"cache_control": headers.cache_control},
        }

    def _remote(self, info: dict[str, Any]) -> RemoteFile:
        return RemoteFile(int(info.get("size") or 0), str(info.get("md5Hash") or ""))

    def _status(self, error: Exception) -> int | None:
        if isinstance(error, HttpError):
            return int(error.code) if error.code else None
        # gcsfs makes others of these, without a number.
        if isinstance(error, ProxyError):
            return 502
        return next((status for said, status in _SAID.items() if str(error).startswith(said)), None)

    def _is_same(self, path: str, file: LocalFile, headers: Headers) -> bool | None:
        """By MD5, which objects put together from parts do not have."""
        with self._faults(path):
            info = self._fs.info(self._name(path))
        told = (info.get("contentType", ""), info.get("cacheControl", ""))
        if told != tuple(headers):
            return False
        return info["md5Hash"] == md5_of(file) if info.get("md5Hash") else None


def md5_of(file: LocalFile) -> str:
    """The MD5 of a file as Google and Azure write it, in base 64."""
    with file.source.open("rb") as source:
        digest = hashlib.file_digest(source, lambda: hashlib.md5(usedforsecurity=False))
    return base64.b64encode(digest.digest()).decode()
