"""The methods reactions.*."""

from playground import channels, messages, people, posting
from playground.arguments import page
from playground.errors import SlackError
from playground.methods.registry import Call, method
from playground.state import Json, Row

_SHOWN = ("type", "user", "text", "ts", "team", "bot_id", "app_id", "bot_profile", "blocks", "reactions", "permalink")


def _change(call: Call, *, add: bool) -> Json:
    channel = channels.writable(call.db, _item(call, "channel"), call.who.bot_user, call.who.team)
    posting.react(
        call.hub, channel, _item(call, "timestamp"), call.args.text("name").strip(":"), call.who.bot_user, add=add
    )
    return {}


def _item(call: Call, name: str) -> str:
    if not call.args.text(name):
        raise SlackError("no_item_specified")
    return call.args.text(name)


@method("reactions.add", "reactions:write")
def add(call: Call) -> Json:
    return _change(call, add=True)


@method("reactions.remove", "reactions:write")
def remove(call: Call) -> Json:
    return _change(call, add=False)


@method("reactions.get", "reactions:read")
def get(call: Call) -> Json:
    channel = channels.visible(call.db, _item(call, "channel"), call.who.bot_user, call.who.team)
    row = messages.get(call.db, channel["id"], _item(call, "timestamp"))
    return {"type": "message", "channel": channel["id"], "message": _look(call, channel, row)}


def _look(call: Call, channel: Row, row: Row) -> Json:
    look = messages.look(call.db, row)
    look["permalink"] = messages.permalink(call.db, people.team(call.db, call.who.team)["domain"], channel["id"], row)
    return {key: look[key] for key in _SHOWN if key in look}


@method("reactions.list", "reactions:read")
def list_(call: Call) -> Json:
    user = call.args.text("user") or call.who.bot_user
    rows = call.db.all(
        "SELECT DISTINCT m.* FROM reactions r JOIN messages m USING (channel, ts) JOIN members b ON b.channel = m.channel AND b.user = ? "
        "WHERE r.user = ? ORDER BY m.ts DESC",
        call.who.bot_user,
        user,
    )
    part, metadata = page(rows, call.args)
    items = [
        {
            "type": "message",
            "channel": row["channel"],
            "message": _look(call, channels.visible(call.db, row["channel"], call.who.bot_user, call.who.team), row),
        }
        for row in part
    ]
    return {"items": items, "response_metadata": metadata}
