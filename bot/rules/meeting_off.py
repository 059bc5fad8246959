"""Lines off the record over several messages: one that begins with `…` goes with the message before it."""

from bot.rules.minutes import screen

MARK = "오프:"  # what is kept in the place of words off the record that end a message: that there were some


def screen_ends_off(text: str) -> bool:
    """Whether a message's last words are off the record, so that what goes on with `…` is too."""
    return not screen(f"{text}\n… x").text.splitlines()[-1]


def ends_marked(text: str) -> bool:
    """Whether a kept message ended so."""
    return text.endswith(MARK)


def marked(text: str) -> str:
    """A screened message that ended so, as it is kept."""
    return f"{text}\n{MARK}" if text.strip() else MARK


def gone_on(text: str) -> str:
    """A message after one that ended so: the lines at its start that go on with it are blank."""
    return screen(f"{MARK}\n{text}").text.partition("\n")[2]
