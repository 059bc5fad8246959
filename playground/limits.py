"""Slack's rate limits: a tier per method and workspace, one message a second per channel."""

import json
import math
from collections import defaultdict, deque
from pathlib import Path

TIERS: dict[str, str] = json.loads((Path(__file__).parent / "slack" / "rate-limit-tiers.json").read_text("utf-8"))
PER_MINUTE = {"Tier1": 1, "Tier2": 20, "Tier3": 50, "Tier4": 100}
SPECIAL_PER_MINUTE = {"chat.postMessage": 300, "apps.connections.open": 20}
"""Several hundred posts a minute per workspace; ten connections must be possible at once, whatever the tier's name."""
BURST = 4
"""Slack takes short bursts above one message a second in a channel (https://docs.slack.dev/apis/web-api/rate-limits/)."""


class Limits:
    """Counts calls; `times` are machine seconds that the caller hands in."""

    def __init__(self, on: bool) -> None:
        self.on = on
        self._calls: dict[tuple[str, str, str], deque[float]] = defaultdict(deque)
        self._tokens: dict[tuple[str, str], tuple[float, float]] = {}

    def wait(self, app: str, team: str, method: str, channel: str | None, now: float) -> int:
        """Whole seconds to wait before this call is allowed; 0 counts it as made."""
        if not self.on:
            return 0
        window = self._calls[app, team, method]
        while window and window[0] <= now - 60:
            window.popleft()
        allowed = SPECIAL_PER_MINUTE.get(method) or PER_MINUTE.get(TIERS.get(method, ""), 0)
        if allowed and len(window) >= allowed + allowed // 5:
            return max(1, math.ceil(window[0] + 60 - now))
        if method == "chat.postMessage" and channel and (wait := self._channel(app, channel, now)):
            return wait
        window.append(now)
        return 0

    def _channel(self, app: str, channel: str, now: float) -> int:
        tokens, at = self._tokens.get((app, channel), (float(BURST), now))
        tokens = min(float(BURST), tokens + now - at)
        if tokens < 1:
            return 1
        self._tokens[app, channel] = (tokens - 1, now)
        return 0
