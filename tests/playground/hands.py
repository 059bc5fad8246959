"""What a person does with the page, without the page."""

import json
import time
from collections.abc import Callable
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode

Json = dict[str, Any]


def wait_for(true: Callable[[], Any], seconds: float = 20.0) -> None:
    """Wait until `true()`; a test that waits in vain fails here."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.005)


class Hands:
    """The client API of a workspace."""

    def __init__(self, url: str) -> None:
        self.url = url

    def request(self, method: str, path: str, body: Any = None, headers: Json | None = None) -> tuple[int, bytes]:
        connection = HTTPConnection(self.url.removeprefix("http://"), timeout=20)
        data = json.dumps(body).encode() if body is not None else None
        connection.request(method, path, data, {"Content-Type": "application/json", **(headers or {})})
        answer = connection.getresponse()
        result = answer.status, answer.read()
        connection.close()
        return result

    def get(self, path: str, **query: str) -> Json:
        status, body = self.request("GET", path + ("?" + urlencode(query) if query else ""))
        assert status == 200, body
        found: Json = json.loads(body)
        return found

    def try_act(self, user: str, act: str, **fields: Any) -> Json:
        status, body = self.request("POST", "/client/act", {"act": act, "user": user, **fields})
        assert status == 200, body
        found: Json = json.loads(body)
        return found

    def act(self, user: str, act: str, **fields: Any) -> Json:
        """An act that must succeed."""
        answer = self.try_act(user, act, **fields)
        assert answer["ok"], answer
        return answer

    def refused(self, user: str, act: str, **fields: Any) -> str:
        """An act that must be refused: gives the error."""
        answer = self.try_act(user, act, **fields)
        assert not answer["ok"]
        assert answer.get("message") or answer.get("errors")
        return str(answer["error"])

    def post(self, user: str, text: str, channel: str = "C0TFT", **fields: Any) -> str:
        return str(self.act(user, "post", channel=channel, text=text, **fields)["ts"])

    def messages(self, user: str, channel: str = "C0TFT", **query: str) -> list[Json]:
        found: list[Json] = self.get("/client/messages", user=user, channel=channel, **query)["messages"]
        return found

    def message(self, user: str, ts: str, channel: str = "C0TFT", **query: str) -> Json:
        return next(m for m in self.messages(user, channel, **query) if m["ts"] == ts)

    def open_modal(self, user: str) -> Json:
        """The modal that must be open now or soon: an app may open it after its acknowledgement."""
        wait_for(lambda: self.modal(user))
        view = self.modal(user)
        assert view is not None
        return view

    def modal(self, user: str) -> Json | None:
        view: Json | None = self.get("/client/modal", user=user)["view"]
        return view
