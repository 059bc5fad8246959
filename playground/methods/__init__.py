"""The Web API methods, by their names in Slack."""

from playground.methods import auth, channels, chat, conversations, files, pins, reactions, team, users, views
from playground.methods.registry import METHODS, Call, Method

__all__ = [
    "METHODS",
    "Call",
    "Method",
    "auth",
    "channels",
    "chat",
    "conversations",
    "files",
    "pins",
    "reactions",
    "team",
    "users",
    "views",
]
