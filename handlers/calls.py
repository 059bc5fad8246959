"""One Web API call and what came of it: every failure becomes a value with a known meaning."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from config.slack import Fate, rules


@dataclass(frozen=True)
class Outcome:
    """What came of calling `method`. `answer` is Slack's when it is done; `retry_after_s` is set by a 429."""

    method: str
    fate: Fate
    answer: dict[str, Any] = field(default_factory=dict)
    error: str = ""
    retry_after_s: float | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        """Whether what was wanted is so now."""
        return self.fate in (Fate.DONE, Fate.FINE)


def attempt(method: str, call: Callable[[], SlackResponse]) -> Outcome:
    """Make a call. An answer that never came, or that says that Slack itself failed, is `DOUBTFUL`."""
    try:
        response = call()
    except SlackApiError as error:
        return _refused(method, error.response)
    except URLError as error:
        return Outcome(method, _fate_of_failure(error), error=f"no answer: {error.reason}")
    except (HTTPException, OSError) as error:
        return Outcome(method, Fate.DOUBTFUL, error=f"no answer: {type(error).__name__} {error}")
    return Outcome(method, Fate.DONE, _body(response), headers=dict(response.headers))


def seen_at(outcome: Outcome, began: datetime, ended: datetime) -> str:
    """A stamp, by Slack's clock, from before Slack looked: an event of the same moment or later must win over it.

    The answer's `Date` has whole seconds; without one our own clock must do.
    """
    date = {name.lower(): value for name, value in outcome.headers.items()}.get("date")
    looked = parsedate_to_datetime(date) - (ended - began) if date else began
    return f"{looked.timestamp():.6f}"


def _refused(method: str, response: SlackResponse) -> Outcome:
    error = str(_body(response).get("error", ""))
    if response.status_code == 429:
        return Outcome(method, Fate.AGAIN, error="ratelimited", retry_after_s=_retry_after(response))
    if response.status_code != 200:
        return Outcome(method, Fate.DOUBTFUL, error=f"HTTP {response.status_code}")
    return Outcome(method, rules().fate_of(error), error=error)


def _retry_after(response: SlackResponse) -> float:
    """Seconds; a 429 without a readable header is taken as half a minute."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    value = str(headers.get("retry-after", ""))
    return float(value) if value.isdecimal() else 30.0


def _fate_of_failure(error: URLError) -> Fate:
    """Urllib wraps what fails while connecting *or* sending: only a refused or unresolved address was surely not reached."""
    unreached = isinstance(error.reason, ConnectionRefusedError | socket.gaierror)
    return Fate.AGAIN if unreached else Fate.DOUBTFUL


def _body(response: SlackResponse) -> dict[str, Any]:
    return response.data if isinstance(response.data, dict) else {}
