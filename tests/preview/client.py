"""The app without a server: requests as the page makes them, with the token."""

from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from preview.conftest import SLUG
from producer.preview.app import Preview, create_app

TOKEN = "the-token"
PORT = 8765
ORIGIN = f"http://127.0.0.1:{PORT}"


def client_of(root: Path, *, token: str = TOKEN) -> TestClient:
    app = create_app(Preview(root, root / "build"), host="127.0.0.1", port=PORT, token=TOKEN)
    headers = {"X-Producer-Token": token} if token else {}
    return TestClient(app, base_url=ORIGIN, headers=headers, follow_redirects=False)


class Editor:
    """Makes edits as the page does: with the digest of what it saw."""

    def __init__(self, root: Path, slug: str = SLUG) -> None:
        self.client = client_of(root)
        self.slug = slug
        self.path = root / "episodes" / f"{slug}.md"

    def view(self) -> dict[str, Any]:
        answer = self.client.get(f"/api/episodes/{self.slug}")
        assert answer.status_code == 200, answer.text
        view: dict[str, Any] = answer.json()
        return view

    def post(self, what: str, body: Any) -> tuple[int, dict[str, Any]]:
        answer = self.client.post(f"/api/episodes/{self.slug}/{what}", json=body)
        return answer.status_code, answer.json()

    def edit(self, kind: str, **fields: Any) -> tuple[int, dict[str, Any]]:
        edit = {"kind": kind, **fields}
        return self.post("edit", {"digest": self.view()["digest"], "edit": edit})

    def step(self, what: str) -> tuple[int, dict[str, Any]]:
        return self.post(what, {"digest": self.view()["digest"]})

    def index(self, text: str) -> int:
        entries = self.view()["entries"]
        return next(e["index"] for e in entries if text in (e.get("header") or e.get("text") or ""))
