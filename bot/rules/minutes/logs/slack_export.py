"""Slack's JSON export of a channel: a file for each day, or one list; `users.json` beside or above it says who is who."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.rules.minutes.lines import Known, RawLine, Setting
from bot.rules.minutes.logs.log import Format, Log
from bot.rules.minutes.people import is_title

_PEOPLE_WRITE = {
    None,
    "",
    "thread_broadcast",
    "me_message",
    "file_share",
    "reply_broadcast",
}  # subtypes; others are notices


def is_slack(data: object) -> bool:
    """A list of messages, or an object with one, as Slack's methods answer."""
    messages = data.get("messages") if isinstance(data, dict) else data
    return isinstance(messages, list) and any(
        isinstance(one, dict) and "ts" in one and "text" in one for one in messages
    )


def is_users(data: object) -> bool:
    """Slack's `users.json`."""
    return isinstance(data, list) and any(
        isinstance(one, dict) and "profile" in one and "ts" not in one for one in data
    )


def read_slack(files: Iterable[object], users: Iterable[dict[str, Any]], setting: Setting) -> Log:
    """The messages of people in their order; bots' are no record, nor are notices that somebody joined."""
    messages = {str(one["ts"]): one for data in files for one in _messages(data)}
    listed = [*users, *(user for data in files if isinstance(data, dict) for user in data.get("users") or ())]
    bots = {str(user["id"]) for user in listed if user.get("is_bot") and user.get("id")}
    raw = tuple(
        RawLine(ts, _ordinal(ts), str(one.get("text") or ""), str(one.get("user")), _moment(ts))
        for ts, one in sorted(messages.items(), key=lambda pair: _ordinal(pair[0]))
        if _is_persons(one, bots)
    )
    people = _people(listed, messages.values(), {line.writer for line in raw})
    last = raw[-1].at if raw else None
    return Log(
        Format.SLACK,
        raw,
        people,
        replace(setting, bot_names=(*setting.bot_names, *sorted(bots)), end=setting.end or last),
    )


def _messages(data: object) -> list[dict[str, Any]]:
    listed = data.get("messages") if isinstance(data, dict) else data
    every = listed if isinstance(listed, list) else []
    return [one for one in every if isinstance(one, dict) and _ordinal(str(one.get("ts")))]


def _is_persons(message: dict[str, Any], bots: set[str]) -> bool:
    if message.get("subtype") not in _PEOPLE_WRITE or message.get("bot_id"):
        return False
    return bool(message.get("user")) and message["user"] not in bots and message["user"] != "USLACKBOT"


def _people(
    users: Iterable[dict[str, Any]], messages: Iterable[dict[str, Any]], writers: set[str]
) -> tuple[Known, ...]:
    """Who is in `users.json`, or as messages that carry their writer's profile say."""
    profiles = {str(one.get("user")): one["user_profile"] for one in messages if one.get("user_profile")}
    for user in users:
        if user.get("id") and not user.get("is_bot"):
            profiles[str(user["id"])] = {
                "name": user.get("name"),
                "real_name": user.get("real_name"),
                **user.get("profile", {}),
            }
    return tuple(
        _known(user_id, profile) for user_id, profile in profiles.items() if _name(profile) or user_id in writers
    )


def _name(profile: dict[str, Any]) -> str:
    return str(profile.get("real_name") or profile.get("display_name") or profile.get("name") or "").strip()


def _known(user_id: str, profile: dict[str, Any]) -> Known:
    """A person by the full name; 직위 as the profile's title says, or as it stands behind the name."""
    name, title = _name(profile) or user_id, str(profile.get("title") or "").strip()
    words = name.split()
    if len(words) > 1 and is_title(words[-1]):
        name, title = " ".join(words[:-1]), words[-1]
    elif not (title and len(title.split()) == 1 and is_title(title)):
        title = ""
    nick = str(profile.get("name") or "")
    return Known(user_id, name, title, accounts=(nick,) if nick else ())


def _ordinal(ts: str) -> int:
    """A Slack ts in microseconds; 0 if it is none."""
    whole, _, part = ts.partition(".")
    return int(whole + part.ljust(6, "0")[:6]) if whole.isdigit() and part.isdigit() else 0


def _moment(ts: str) -> datetime:
    return datetime.fromtimestamp(int(ts.partition(".")[0]), UTC)
