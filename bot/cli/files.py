"""What an operator asked for, written to a file or to standard output."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.saying import stop

if TYPE_CHECKING:
    from config.words import Say


def as_json(value: object) -> bytes:
    """For people and programs. Half a letter, which is no text, stays the escape that JSON has for it."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode(errors="backslashreplace")


def write(content: bytes, out: Path | None, say: "Say") -> None:
    """To the file, or to standard output."""
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        stop(say("minutes-not-written", file=str(out), error=error.strerror or str(error)))
