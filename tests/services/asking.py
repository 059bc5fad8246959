"""Short ways to type a line or press a button, through the very tables that dispatch."""

from typing import Any

from bot.messages import ids
from bot.messages.post import Post, Reply
from bot.services.askers import Surface
from handlers import commands, items
from tests.services.team import CHANNEL, Team, text_of

TABLE = commands.verbs()


def ask(team: Team, handle: str, line: str, surface: Surface = Surface.COMMAND, channel: str | None = CHANNEL) -> Reply:
    """Somebody types a line; a refusal is raised."""
    with team.work() as work:
        return commands.runner(TABLE, line)(work, team.asker(work, handle, surface, channel))


def told(team: Team, handle: str, line: str, **more: Any) -> str:
    """What somebody reads who types a line."""
    return text_of(ask(team, handle, line, **more).post)


def buttons(post: Post | None) -> dict[str, dict[str, Any]]:
    """The buttons of a post by their labels."""
    assert post
    elements = [one for block in post.blocks for one in [*block.get("elements", []), block.get("accessory") or {}]]
    return {one["text"]["text"]: one for one in elements if one.get("type") == "button"}


def press(team: Team, handle: str, button: dict[str, Any], channel: str | None = CHANNEL) -> Reply:
    """Somebody presses a button about an item."""
    _, item_id, more = ids.read_item_value(button["value"])
    act = items.BUTTONS[ids.without_number(button["action_id"])]
    with team.work() as work:
        return items.on_item(act, work, team.asker(work, handle, Surface.BUTTON, channel), item_id, more)


def last_told(team: Team, kind: str) -> dict[str, str]:
    """What waits to be sent of a kind, as its receivers will read it: user id → text."""
    rows = [(row, team.rendered(row)) for row in team.queued(kind)]
    return {row.user_id or "": text_of(post) for row, post in rows if post}
