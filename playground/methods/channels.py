"""The methods conversations.* that change something: open, join, leave, invite, create, archive and their like."""

from playground import channels, people, posting, shares
from playground.errors import ClientError, SlackError
from playground.methods.chat import dm_with
from playground.methods.conversations import look
from playground.methods.registry import Call, method
from playground.state import Json, Row


@method("conversations.open", "im:write", "mpim:write", "channels:manage")
def open_(call: Call) -> Json:
    args, db = call.args, call.db
    if id := args.text("channel"):
        row, was_open = channels.visible(db, id, call.who.bot_user, call.who.team), True
    else:
        row, was_open = _with_users(call, args.list("users"))
    look: Json = {"id": row["id"]}
    if args.flag("return_im") and row["kind"] == "im":
        look |= {
            "created": row["created"],
            "is_im": True,
            "is_org_shared": False,
            "user": channels.other(db, row["id"], call.who.bot_user),
            "is_open": True,
        }
    return {"channel": look, **({"no_op": True, "already_open": True} if was_open else {})}


def _with_users(call: Call, users: list[str]) -> tuple[Row, bool]:
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > 8:
        raise SlackError("too_many_users")
    if len(users) == 1:
        before = call.db.value("SELECT count(*) FROM channels")
        row = dm_with(call, users[0])
        return row, call.db.value("SELECT count(*) FROM channels") == before
    call.who.require("mpim:write")
    for user in users:
        people.visible(call.db, user, call.who.team)
    everybody = sorted({*users, call.who.bot_user})
    for row in call.db.all("SELECT * FROM channels WHERE kind = 'mpim'"):
        if channels.members(call.db, row["id"]) == everybody:
            return row, True
    names = "--".join(people.user(call.db, user)["name"] for user in everybody)
    id = channels.create(
        call.db, kind="mpim", name=f"mpdm-{names}-1", team=call.who.team, creator=call.who.bot_user, people=everybody
    )
    return channels.visible(call.db, id, call.who.bot_user, call.who.team), False


@method("conversations.join", "channels:join")
def join(call: Call) -> Json:
    row = call.channel()
    if row["kind"] != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if row["archived"]:
        raise SlackError("is_archived")
    new = posting.join(call.hub, row, call.who.bot_user)
    return {
        "channel": _plain(call, row),
        **({} if new else {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}),
    }


def _plain(call: Call, row: Row) -> Json:
    """The channel as the changing methods answer it."""
    row = channels.visible(call.db, row["id"], call.who.bot_user, call.who.team)
    return {k: v for k, v in look(call, row).items() if k not in ("conversation_host_id", "internal_team_ids")}


@method("conversations.leave", "channels:manage", "groups:write", "channels:write", "channels:join")
def leave(call: Call) -> Json:
    row = call.channel()
    if row["kind"] in ("im", "mpim"):
        raise SlackError("method_not_supported_for_channel_type")
    return {} if posting.leave(call.hub, row, call.who.bot_user) else {"not_in_channel": True}


def _managed(call: Call) -> Row:
    row = channels.writable(call.db, call.args.text("channel"), call.who.bot_user, call.who.team)
    if row["kind"] == "im":
        raise SlackError("method_not_supported_for_channel_type")
    call.who.require(
        *(
            ("channels:manage", "channels:write", "channels:write.topic", "channels:write.invites")
            if row["kind"] == "channel"
            else ("groups:write", "groups:write.topic", "groups:write.invites")
        )
    )
    return row


@method("conversations.invite")
def invite(call: Call) -> Json:
    row = _managed(call)
    problems = []
    for user in call.args.list("users") or [""]:
        problem = _invite_one(call, row, user)
        problems += [{"ok": False, "error": problem, "user": user}] if problem else []
    if problems:
        raise SlackError(str(problems[0]["error"]), errors=problems)
    return {"channel": _plain(call, row)}


def _invite_one(call: Call, row: Row, user: str) -> str | None:
    if user == call.who.bot_user:
        return "cant_invite_self"
    try:
        people.visible(call.db, user, call.who.team)
        return None if posting.join(call.hub, row, user, inviter=call.who.bot_user) else "already_in_channel"
    except SlackError as error:
        return error.error


@method("conversations.create", "channels:manage", "groups:write", "channels:write")
def create(call: Call) -> Json:
    name = call.args.text("name")
    if not name:
        raise SlackError("invalid_name_required")
    if name != name.lower() or " " in name or "." in name or len(name) > 80:
        raise SlackError("invalid_name_specials" if len(name) <= 80 else "invalid_name_maxlength")
    kind = "group" if call.args.flag("is_private") else "channel"
    id = channels.create(
        call.db, kind=kind, name=name, team=call.who.team, creator=call.who.bot_user, people=[call.who.bot_user]
    )
    return {"channel": look(call, channels.visible(call.db, id, call.who.bot_user, call.who.team))}


@method("conversations.archive")
def archive(call: Call) -> Json:
    row = _managed(call)
    shares.set_archived(call.hub, row, people.user(call.db, call.who.bot_user), True)
    return {}


@method("conversations.setTopic")
def set_topic(call: Call) -> Json:
    row, topic = _managed(call), call.args.text("topic")
    if len(topic) > 250:
        raise SlackError("too_long")
    call.db.run("UPDATE channels SET topic = ? WHERE id = ?", topic, row["id"])
    bot = people.user(call.db, call.who.bot_user)
    posting.system(call.hub, row, bot, "channel_topic", f"<@{bot['id']}> set the channel topic: {topic}", topic=topic)
    return {"channel": _plain(call, row)}


@method("conversations.setPurpose")
def set_purpose(call: Call) -> Json:
    row, purpose = _managed(call), call.args.text("purpose")
    if len(purpose) > 250:
        raise SlackError("too_long")
    call.db.run("UPDATE channels SET purpose = ? WHERE id = ?", purpose, row["id"])
    return {"channel": _plain(call, row)}


@method("conversations.rename")
def rename(call: Call) -> Json:
    row = _managed(call)
    try:
        shares.rename(call.hub, row, people.user(call.db, call.who.bot_user), call.args.text("name"))
    except ClientError as error:
        raise SlackError({"invalid_name": "invalid_name_specials"}.get(error.error, error.error)) from error
    return {"channel": _plain(call, row)}


@method("conversations.kick")
def kick(call: Call) -> Json:
    row, user = _managed(call), call.args.need("user")
    if user == call.who.bot_user:
        raise SlackError("cant_kick_self")
    people.visible(call.db, user, call.who.team)
    if not posting.leave(call.hub, row, user):
        raise SlackError("not_in_channel")
    return {}


@method("conversations.unarchive")
def unarchive(call: Call) -> Json:
    row = call.channel()
    call.who.require("channels:manage" if row["kind"] == "channel" else "groups:write")
    if not row["archived"]:
        raise SlackError("not_archived")
    shares.set_archived(call.hub, row, people.user(call.db, call.who.bot_user), archived=False)
    return {}


@method("conversations.close", "im:write", "mpim:write")
def close(call: Call) -> Json:
    row = call.channel()
    if row["kind"] not in ("im", "mpim"):
        raise SlackError("method_not_supported_for_channel_type")
    return {"no_op": True, "already_closed": True}


@method("conversations.mark", "channels:manage", "groups:write", "im:write", "mpim:write")
def mark(call: Call) -> Json:
    row = channels.writable(call.db, call.args.text("channel"), call.who.bot_user, call.who.team)
    call.db.run(
        "UPDATE members SET last_read = ? WHERE channel = ? AND user = ?",
        call.args.need("ts"),
        row["id"],
        call.who.bot_user,
    )
    return {}
