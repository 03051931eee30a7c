"""S3, and servers that speak it: R2, MinIO, B2. Credentials and regions as every AWS tool has them.

They come from the environment (`AWS_ACCESS_KEY_ID` and so on) or from `~/.aws`; the address of the
server from `publish.endpoint` or `AWS_ENDPOINT_URL`.
"""

import hashlib
from typing import Any

import s3fs
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, IncompleteReadError

from producer.publish.address import Address
from producer.publish.files import LocalFile
from producer.publish.headers import Headers
from producer.publish.plan import RemoteFile
from producer.publish.targets.object_store import ObjectStore
from producer.publish.targets.target import Context, Target

# Files of twice this size go in parts. It is a part of how ETags come about: change it, and what
# was sent before looks changed where the state is lost.
PART_BYTES = 8 * 1024 * 1024
_TIMEOUT_S = {"connect_timeout": 15, "read_timeout": 60}


def open_target(address: Address, context: Context) -> Target:
    """The bucket, and a connection when it is needed."""
    filesystem = s3fs.S3FileSystem(
        endpoint_url=context.endpoint or None,
        client_kwargs={"region_name": context.region} if context.region else {},
        # Trying again is our own affair.
        config_kwargs={"retries": {"total_max_attempts": 1}, **_TIMEOUT_S},
        use_listings_cache=False,
        skip_instance_cache=True,
    )
    filesystem.retries = 1
    return S3Target(address, filesystem)


class S3Target(ObjectStore):
    """A bucket."""

    passing_errors = (HTTPClientError, IncompleteReadError)
    final_errors = (BotoCoreError, ClientError)
    credentials_hint = (
        "are the credentials in the environment or in ~/.aws right, and may they write there?"
    )

    def _write_options(self, headers: Headers) -> dict[str, Any]:
        return {
            "ContentType": headers.content_type,
            "CacheControl": headers.cache_control,
            "chunksize": PART_BYTES,
        }

    def _remote(self, info: dict[str, Any]) -> RemoteFile:
        return RemoteFile(int(info.get("size") or 0), str(info.get("ETag") or "").strip('"'))

    def _status(self, error: Exception) -> int | None:
        if not isinstance(error, ClientError):
            return None
        status: int | None = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        return status

    def _is_same(self, path: str, file: LocalFile, headers: Headers) -> bool | None:
        """By ETag, which is made of MD5 sums, unless the server encrypts with keys of its own."""
        bucket, _, key = self._name(path).partition("/")
        with self._faults(path):
            said = self._fs.call_s3("head_object", Bucket=bucket, Key=key)
        told = (said.get("ContentType", ""), said.get("CacheControl", ""))
        if said.get("ContentLength") != file.size or told != tuple(headers):
            return False
        encryption = str(said.get("ServerSideEncryption") or "")
        if encryption.startswith("aws:kms") or said.get("SSECustomerAlgorithm"):
            return None
        etag = str(said.get("ETag") or "").strip('"')
        ours = etag_of(file)
        # Another count of parts is another tool's way to send the same bytes.
        return etag == ours if etag.count("-") == ours.count("-") else None


def etag_of(file: LocalFile) -> str:
    """The ETag that S3 gives a file sent by `S3Target`: of one part its MD5, else that of MD5s."""
    sums = []
    with file.source.open("rb") as source:
        if file.size < 2 * PART_BYTES:
            return hashlib.md5(source.read(), usedforsecurity=False).hexdigest()
        while part := source.read(PART_BYTES):
            sums.append(hashlib.md5(part, usedforsecurity=False).digest())
    whole = hashlib.md5(b"".join(sums), usedforsecurity=False).hexdigest()
    return f"{whole}-{len(sums)}"
