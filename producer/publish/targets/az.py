"""Azure's blobs. adlfs reads credentials from the environment (`AZURE_STORAGE_...`)."""

import base64
from typing import Any

import adlfs
from azure.core.exceptions import (
    AzureError,
    HttpResponseError,
    ServiceRequestError,
    ServiceResponseError,
)
from azure.storage.blob import ContentSettings

from producer.publish.address import Address
from producer.publish.errors import PublishError
from producer.publish.files import LocalFile
from producer.publish.headers import Headers
from producer.publish.plan import RemoteFile
from producer.publish.targets.gs import md5_of
from producer.publish.targets.object_store import ObjectStore
from producer.publish.targets.target import Context, Target


def open_target(address: Address, context: Context) -> Target:
    """The container, and a connection when it is needed."""
    try:
        filesystem = adlfs.AzureBlobFileSystem(use_listings_cache=False, skip_instance_cache=True)
    except ValueError as error:
        hint = AzTarget.credentials_hint
        raise PublishError(f"{address.shown}: names no account that is known", hint=hint) from error
    return AzTarget(address, filesystem)


class AzTarget(ObjectStore):
    """A container. Copies there are not done when they are accepted, so that nothing is staged."""

    can_stage = False
    passing_errors = (ServiceRequestError, ServiceResponseError)
    final_errors = (AzureError, ValueError)
    credentials_hint = (
        "set AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT_NAME and a key, a SAS token "
        "or a login for it"
    )

    def _write_options(self, headers: Headers) -> dict[str, Any]:
        settings = ContentSettings(
            content_type=headers.content_type, cache_control=headers.cache_control
        )
        return {"content_settings": settings}

    def _remote(self, info: dict[str, Any]) -> RemoteFile:
        return RemoteFile(int(info.get("size") or 0), str(info.get("etag") or "").strip('"'))

    def _status(self, error: Exception) -> int | None:
        return error.status_code if isinstance(error, HttpResponseError) else None

    def _is_same(self, path: str, file: LocalFile, headers: Headers) -> bool | None:
        """By the MD5 that Azure makes of blobs that come in one piece."""
        with self._faults(path):
            settings = self._fs.info(self._name(path)).get("content_settings") or {}
        told = (settings.get("content_type"), settings.get("cache_control"))
        if told != tuple(headers):
            return False
        md5 = settings.get("content_md5")
        return base64.b64encode(bytes(md5)).decode() == md5_of(file) if md5 else None
