"""The methods conversations.* that read, and users.conversations."""

from playground import channels, messages, people
from playground.arguments import page
from playground.errors import SlackError
from playground.methods.registry import KIND_SCOPES, Call, method, need
from playground.state import Json, Row

READ = tuple(f"{kind}:read" for kind in KIND_SCOPES.values())
HISTORY = tuple(f"{kind}:history" for kind in KIND_SCOPES.values())
TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}


def look(call: Call, row: Row, *, count: bool = False) -> Json:
    return channels.look(call.db, row, call.who.bot_user, call.who.team, count=count)


@method("conversations.info", *READ)
def info(call: Call) -> Json:
    row = call.channel()
    need(call, row, "read")
    return {"channel": look(call, row, count=call.args.flag("include_num_members"))}


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
    return {"channels": [look(call, row, count=row["kind"] != "im") for row in part], "response_metadata": metadata}


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
    looks = [{k: v for k, v in look(call, row).items() if k != "is_member"} for row in part]
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
