"""hcoop-meetbot's raw log: the meeting as it keeps it, in JSON."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.rules.minutes.lines import Known, RawLine, Setting
from bot.rules.minutes.logs.bots import IS_ITSELF, is_bot
from bot.rules.minutes.logs.log import Format, Log, as_slack


def is_hcoop(data: object) -> bool:
    return isinstance(data, dict) and isinstance(data.get("messages"), list) and "founder" in data and "events" in data


def read_hcoop(data: dict[str, Any], setting: Setting) -> Log:
    """Its messages; names behind `#here` are in `aliases`, the meeting's name is the channel's unless it was given one."""
    messages = [one for one in data["messages"] if isinstance(one, dict) and one.get("sender")]
    bots = {
        str(one["sender"]) for one in messages if is_bot(str(one["sender"])) or IS_ITSELF.match(str(one.get("payload")))
    }
    raw = tuple(
        RawLine(
            str(one.get("id") or f"l{number}"), number, _text(one), str(one["sender"]), _moment(one.get("timestamp"))
        )
        for number, one in enumerate(messages, start=1)
        if one["sender"] not in bots
    )
    aliases = {nick: alias for nick, alias in (data.get("aliases") or {}).items() if alias}
    people = tuple(Known(nick, str(alias), accounts=(nick,)) for nick, alias in aliases.items())
    name = str(data.get("name") or "")
    setting = replace(
        setting,
        title=setting.title or ("" if name == data.get("channel") else name),
        start=setting.start or _moment(data.get("start_time")),
        end=setting.end or _moment(data.get("end_time")),
        bot_names=(*setting.bot_names, *sorted(bots)),
        nicknames=True,
    )
    return Log(Format.HCOOP, raw, people, setting)


def _text(message: dict[str, Any]) -> str:
    return as_slack(str(message.get("payload") or ""))


def _moment(text: object) -> datetime | None:
    """ISO, UTC if it names no zone."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
