"""Saved logs of meetings: this bot's, Slack's, MeetBot's, the W3C's, and plain text."""

from bot.rules.minutes.logs.export import write_export
from bot.rules.minutes.logs.irc import Hints
from bot.rules.minutes.logs.log import Format, Log, UnreadableLog
from bot.rules.minutes.logs.reading import read_log

__all__ = ["Format", "Hints", "Log", "UnreadableLog", "read_log", "write_export"]
