"""Acts on messages and reactions, whoever does them: state, events and news in one place."""

from typing import TYPE_CHECKING

from playground import channels, events, ids, messages, people, reactions
from playground.apps import Caller
from playground.errors import SlackError
from playground.messages import Draft
from playground.state import Json, Row, dumps
from playground.streams import tell, tell_channel

if TYPE_CHECKING:
    from playground.hub import Hub


def post(hub: "Hub", channel: Row, author: Row | Caller, draft: Draft) -> Json:
    """Post a message in an open transaction; gives its body."""
    by = (
        messages.by_bot(hub.db, author, draft)
        if isinstance(author, Caller)
        else messages.by_person(hub.db, author, draft)
    )
    body = messages.save(hub.db, channel["id"], by, draft)
    events.message(hub, channel, body)
    for file in draft.files:
        events.file_shared(hub, channel, file["id"], body["user"])
    tell_channel(hub, channel["id"], draft.thread_ts)
    if channel["kind"] == "im":
        tell(hub, channels.members(hub.db, channel["id"]), "sidebar")
    return body


def system(hub: "Hub", channel: Row, user: Row, subtype: str, words: str, **extra: str) -> None:
    """The line Slack itself writes into a channel (joined, left, archived …)."""
    post(
        hub,
        channel,
        user,
        Draft(text=words, subtype=subtype, extra={key: value for key, value in extra.items() if value}),
    )


def edit(
    hub: "Hub", channel: Row, row: Row, changes: Json, *, editor: str | None, metadata: Json | None = None
) -> Json:
    """Change a message in place; `editor` None leaves it unmarked. Gives the new body."""
    before = messages.bare(row)
    after = {key: value for key, value in (before | changes).items() if value is not None}
    if editor and {key: before.get(key) for key in changes} != changes:
        after["edited"] = {"user": editor, "ts": ids.next_ts(hub.db)}
    messages.change(hub.db, row, after, metadata=metadata)
    events.changed(hub, channel, before, after)
    tell_channel(hub, channel["id"], row["thread_ts"])
    return after


def delete(hub: "Hub", channel: Row, row: Row) -> None:
    messages.remove(hub.db, row)
    events.deleted(hub, channel, messages.bare(row))
    tell_channel(hub, channel["id"], row["thread_ts"])


def react(hub: "Hub", channel: Row, ts: str, name: str, user: str, *, add: bool) -> None:
    row = messages.get(hub.db, channel["id"], ts)
    if messages.bare(row).get("subtype") == "tombstone":
        raise SlackError("not_reactable" if add else "no_reaction")
    at = (reactions.add if add else reactions.remove)(hub.db, channel["id"], ts, name, user)
    events.reaction(hub, channel, row, name, user, at, added=add)
    tell_channel(hub, channel["id"], row["thread_ts"])


def ephemeral(hub: "Hub", channel: str, user: str, who: Caller, draft: Draft) -> str:
    """A message only one person sees; it is in nobody's history. Gives its ts."""
    body = messages.by_bot(hub.db, who, draft)
    if draft.thread_ts:
        body["thread_ts"] = draft.thread_ts
    hub.db.run("INSERT INTO ephemerals VALUES (?,?,?,?,?)", channel, body["ts"], user, draft.thread_ts, dumps(body))
    tell(hub, [user], "ephemeral", channel=channel)
    return str(body["ts"])


def join(hub: "Hub", channel: Row, user: str, *, inviter: str | None = None) -> bool:
    """Put a person into a channel; False if they were there already."""
    if channels.is_member(hub.db, channel["id"], user):
        return False
    row = people.user(hub.db, user)
    if row["team"] not in channels.teams(hub.db, channel["id"]):
        raise SlackError("user_not_found")
    hub.db.run("INSERT INTO members VALUES (?, ?, '0')", channel["id"], user)
    events.membership(hub, channel, user, row["team"], joined=True, inviter=inviter)
    system(hub, channel, row, "channel_join", f"<@{user}> has joined the channel", inviter=inviter or "")
    tell(hub, channels.members(hub.db, channel["id"]), "sidebar")
    return True


def leave(hub: "Hub", channel: Row, user: str, *, by: str | None = None) -> bool:
    """Take a person out of a channel (`by`: somebody else did it); False if they were not in it."""
    if not channels.is_member(hub.db, channel["id"], user):
        return False
    row = people.user(hub.db, user)
    told = channels.members(hub.db, channel["id"])
    system(hub, channel, row, "channel_leave", f"<@{user}> has left the channel")
    hub.db.run("DELETE FROM members WHERE channel = ? AND user = ?", channel["id"], user)
    events.membership(hub, channel, user, row["team"], joined=False)
    if row["bot_id"]:
        events.taken_out(hub, channel, user, by or user)
    tell(hub, told, "sidebar")
    return True
