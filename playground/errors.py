"""What the workspace refuses, in Slack's names."""

from typing import Any


class SlackError(Exception):
    """A Web API refusal: `error` is Slack's name for it, `extra` the further keys of the answer."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error, self.extra = error, extra


class ClientError(Exception):
    """A refusal that Slack's client shows to the person (answered with status 200)."""

    def __init__(self, error: str, **words: str) -> None:
        super().__init__(error)
        self.error, self.words = error, words


class BadRequest(Exception):
    """The request to the client API itself is wrong (answered with status 400)."""
