"""A saved log of any known kind, told by what is in it."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.rules.minutes.lines import RawLine, Setting
from bot.rules.minutes.logs.decoding import decode
from bot.rules.minutes.logs.export import is_export, read_export
from bot.rules.minutes.logs.hcoop import is_hcoop, read_hcoop
from bot.rules.minutes.logs.irc import Hints, chat_lines, read_chat
from bot.rules.minutes.logs.log import Log, UnreadableLog
from bot.rules.minutes.logs.plain import read_plain
from bot.rules.minutes.logs.slack_export import is_slack, is_users, read_slack

_PAGE = re.compile(r"\s*(?:<!doctype|<html|<\?xml|%PDF|\{\\rtf)", re.IGNORECASE)
NO_HINTS = Hints()


def read_log(files: Sequence[tuple[str, bytes]], setting: Setting, hints: Hints = NO_HINTS) -> Log:
    """The log in these files (name and content): one, or the day files of a Slack export with its `users.json`.

    `setting` is what holds unless the log says otherwise. What is no log is an `UnreadableLog`.
    """
    log = _read(files, setting, hints)
    return replace(log, lines=tuple(_as_text(line) for line in log.lines))


def _as_text(line: RawLine) -> RawLine:
    """JSON can name halves of letters, which are no text: nothing could keep or write them."""
    return replace(
        line, text=line.text.encode(errors="replace").decode(), writer=line.writer.encode(errors="replace").decode()
    )


def _read(files: Sequence[tuple[str, bytes]], setting: Setting, hints: Hints) -> Log:
    if not files:
        raise UnreadableLog("empty")
    if len(files) > 1:
        return _slack([_json(name, decode(data)) for name, data in files], setting)
    name, data = files[0]
    text = decode(data)
    hints = replace(hints, name=name)
    if is_export(text):
        return read_export(text)
    if _PAGE.match(text):
        raise UnreadableLog("page", name)
    if _looks_like_json(name, text):
        parsed = _json(name, text)
        return read_hcoop(parsed, setting) if is_hcoop(parsed) else _slack([parsed], setting)
    lines = chat_lines(text)
    return read_plain(text, hints, setting) if lines is None else read_chat(lines, hints, setting)


def _looks_like_json(name: str, text: str) -> bool:
    """By its name, or by how it begins: `[14:00]` begins no JSON."""
    return name.lower().endswith(".json") or re.match(r"\s*(?:\{\s*\"|\[\s*\{|\[\s*\]|\{\s*\})", text) is not None


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableLog("bad-json", f"{name}:{error.lineno}:{error.colno}") from error
    except RecursionError as error:  # brackets in brackets, thousands deep
        raise UnreadableLog("unknown-json") from error


def _slack(files: list[Any], setting: Setting) -> Log:
    users = [user for data in files if is_users(data) for user in data if isinstance(user, dict)]
    messages = [data for data in files if is_slack(data)]
    if not messages:
        raise UnreadableLog("unknown-json")
    return read_slack(messages, users, setting)
