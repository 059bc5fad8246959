"""Lines that are said to the bot, or to another tool, and not to the meeting."""

import re
from collections.abc import Callable, Sequence


def calls(names: Sequence[str]) -> Callable[[str], bool]:
    """Whether a line begins by calling one of these: `@TFT봇 …`, `<@U0BOT> …`, `meetbot: …`."""
    if not names:
        return lambda _text: False
    either = "|".join(re.escape(name) for name in names)
    pattern = re.compile(
        rf"\s*(?:<@(?:{either})(?:\|[^>]*)?>|@(?:{either})(?=[\s,:]|$)|(?:{either})\s*[,:])", re.IGNORECASE
    )
    return lambda text: pattern.match(text) is not None
