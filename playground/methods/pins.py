"""The methods pins.*."""

from playground import channels, messages, people, pinning
from playground.errors import SlackError
from playground.methods.registry import Call, method
from playground.state import Json


@method("pins.add", "pins:write")
def add(call: Call) -> Json:
    channel = channels.writable(
        call.db, call.args.text("channel"), call.who.bot_user, call.who.team, error="channel_not_found"
    )
    pinning.pin(call.hub, channel, messages.get(call.db, channel["id"], _ts(call)), call.who.bot_user)
    return {}


@method("pins.remove", "pins:write")
def remove(call: Call) -> Json:
    channel = channels.writable(
        call.db, call.args.text("channel"), call.who.bot_user, call.who.team, error="channel_not_found"
    )
    pinning.unpin(call.hub, channel, messages.get(call.db, channel["id"], _ts(call)), call.who.bot_user)
    return {}


def _ts(call: Call) -> str:
    if not call.args.text("timestamp"):
        raise SlackError("no_item_specified")
    return call.args.text("timestamp")


@method("pins.list", "pins:read")
def list_(call: Call) -> Json:
    channel = call.channel()
    domain = people.team(call.db, call.who.team)["domain"]
    return {"items": pinning.listed(call.db, channel, domain)}
