"""The methods conversations.* and users.conversations."""

from playground import channels, messages, people, posting, shares
from playground.arguments import page
from playground.errors import SlackError
from playground.methods.chat import dm_with
from playground.methods.registry import KIND_SCOPES, Call, method, need
from playground.state import Json, Row

READ = tuple(f"{kind}:read" for kind in KIND_SCOPES.values())
HISTORY = tuple(f"{kind}:history" for kind in KIND_SCOPES.values())
TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def _look(call: Call, row: Row, *, count: bool = False) -> Json:
    return channels.look(call.db, row, call.who.bot_user, call.who.team, count=count)


@method("conversations.info", *READ)
def info(call: Call) -> Json:
    row = call.channel()
    need(call, row, "read")
    return {"channel": _look(call, row, count=call.args.flag("include_num_members"))}


@method("conversations.list", *READ)
def list_(call: Call) -> Json:
    kinds = _kinds(call)
    rows = call.db.all(
        "SELECT DISTINCT c.* FROM channels c LEFT JOIN channel_teams t ON t.channel = c.id "
        "LEFT JOIN members m ON m.channel = c.id AND m.user = ? WHERE (c.kind = 'channel' AND t.team = ?) OR m.user IS NOT NULL ORDER BY c.created, c.id",
        call.who.bot_user,
        call.who.team,
    )
    found = [
        row for row in rows if row["kind"] in kinds and not (row["archived"] and call.args.flag("exclude_archived"))
    ]
    part, metadata = page(found, call.args)
    return {"channels": [_look(call, row, count=row["kind"] != "im") for row in part], "response_metadata": metadata}


def _kinds(call: Call) -> set[str]:
    """The kinds asked for; `invalid_types`, and the scope of each is needed."""
    asked = call.args.list("types") or ["public_channel"]
    if not set(asked) <= set(TYPES):
        raise SlackError("invalid_types")
    for kind in asked:
        call.who.require(f"{KIND_SCOPES[TYPES[kind]]}:read")
    return {TYPES[kind] for kind in asked}


@method("users.conversations", *READ)
def of_user(call: Call) -> Json:
    user = call.args.text("user") or call.who.bot_user
    people.visible(call.db, user, call.who.team)
    kinds = _kinds(call)
    rows = [
        row
        for row in call.db.all(
            "SELECT c.* FROM channels c JOIN members m ON m.channel = c.id WHERE m.user = ? ORDER BY c.created, c.id",
            user,
        )
        if row["kind"] in kinds and not (row["archived"] and call.args.flag("exclude_archived"))
    ]
    if user != call.who.bot_user:
        rows = [
            row for row in rows if row["kind"] == "channel" or channels.is_member(call.db, row["id"], call.who.bot_user)
        ]
    part, metadata = page(rows, call.args)
    looks = [{k: v for k, v in _look(call, row).items() if k != "is_member"} for row in part]
    return {"channels": looks, "response_metadata": metadata}


@method("conversations.members", *READ)
def members(call: Call) -> Json:
    row = call.channel()
    need(call, row, "read")
    part, metadata = page(channels.members(call.db, row["id"]), call.args)
    return {"members": part, "response_metadata": metadata}


@method("conversations.history", *HISTORY)
def history(call: Call) -> Json:
    row, args = call.channel(), call.args
    need(call, row, "history")
    if not channels.is_member(call.db, row["id"], call.who.bot_user):
        raise SlackError("not_in_channel")
    limit = args.number("limit", 100, most=999)
    latest = (args.text("cursor") and _before(args.text("cursor"))) or args.text("latest") or "9999999999.999999"
    inclusive = args.flag("inclusive") and not args.text("cursor")
    found = messages.page(
        call.db, row["id"], oldest=args.text("oldest") or "0", latest=latest, inclusive=inclusive, limit=limit
    )
    more = len(found) > limit
    looks = [_in_history(messages.look(call.db, m, metadata=args.flag("include_all_metadata"))) for m in found[:limit]]
    answer: Json = {
        "messages": looks,
        "has_more": more,
        "pin_count": _pins(call, row),
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": "ts:" + found[limit - 1]["ts"]}} if more else {})


def _before(cursor: str) -> str:
    kind, _, ts = cursor.partition(":")
    if kind != "ts":
        raise SlackError("invalid_cursor")
    return ts


def _in_history(look: Json) -> Json:
    return {key: value for key, value in look.items() if key not in ("hidden", "old_name", "name")}


def _pins(call: Call, row: Row) -> int:
    return int(call.db.value("SELECT count(*) FROM pins WHERE channel = ?", row["id"]))


@method("conversations.replies", *HISTORY)
def replies(call: Call) -> Json:
    row, args = call.channel(), call.args
    need(call, row, "history")
    if not channels.is_member(call.db, row["id"], call.who.bot_user):
        raise SlackError("not_in_channel")
    oldest, latest = args.text("oldest") or "0", args.text("latest") or "9999999999.999999"
    found = messages.replies(call.db, row["id"], args.need("ts"))
    found = [
        m
        for m in found
        if m["ts"] == m["thread_ts"]
        or (oldest <= m["ts"] <= latest and (args.flag("inclusive") or m["ts"] not in (oldest, latest)))
    ]
    part, metadata = page(found, args, default=1000)
    looks = [_in_thread(messages.look(call.db, m, metadata=args.flag("include_all_metadata"))) for m in part]
    return {
        "messages": looks,
        "has_more": bool(metadata["next_cursor"]),
        **({"response_metadata": metadata} if metadata["next_cursor"] else {}),
    }


def _in_thread(look: Json) -> Json:
    """A reply's object: Slack's thread answers carry neither subtype nor client_msg_id in its own log."""
    return {
        k: v for k, v in look.items() if k not in ("hidden", "root", "subtype", "client_msg_id", "username", "inviter")
    }


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
    return {k: v for k, v in _look(call, row).items() if k not in ("conversation_host_id", "internal_team_ids")}


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
    return {"channel": _look(call, channels.visible(call.db, id, call.who.bot_user, call.who.team))}


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
