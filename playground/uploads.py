"""Files: what people upload and what apps share."""

import base64
import binascii
import json
import mimetypes
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from playground import ids, posting
from playground.apps import Caller
from playground.errors import BadRequest, SlackError
from playground.messages import Draft
from playground.state import Json, Row, Store, dumps

if TYPE_CHECKING:
    from playground.hub import Hub

MOST_BYTES = 50_000_000


def by_person(hub: "Hub", user: Row, channel: Row, body: Json) -> Json:
    """A person shares a file (base64 content) in a channel; gives its id and the message's ts."""
    try:
        content = base64.b64decode(str(body.get("content") or ""), validate=True)
    except binascii.Error as error:
        raise BadRequest("content must be base64") from error
    name = str(body.get("name") or "")
    if not name or not content:
        raise BadRequest("name and content are needed")
    id = reserve(hub.db, team=user["team"], user=user["id"], app=None, name=name, size=len(content))
    store(hub.db, id, content)
    shared = share(hub, id, channel["id"], title=name)
    draft = Draft(text=str(body.get("text") or ""), files=[shared], thread_ts=body.get("thread_ts") or None)
    return {"file": id, "ts": posting.post(hub, channel, user, draft)["ts"]}


def reserve(db: Store, *, team: str, user: str, app: str | None, name: str, size: int) -> str:
    """A file's id before its content is there."""
    id = ids.new("F")
    db.run(
        "INSERT INTO files VALUES (?,?,?,?,?,?,?,?,'awaited','[]',NULL)",
        id,
        team,
        user,
        app,
        name,
        name,
        size,
        int(ids.now()),
    )
    return id


def store(db: Store, id: str, content: bytes) -> None:
    """Keep the content; a file that is not awaited is `file_not_found`, another size `file_uploaded_size_mismatch`."""
    row = get(db, id)
    if row["status"] != "awaited" or row["size"] != len(content):
        raise SlackError("file_not_found" if row["status"] != "awaited" else "file_upload_size_restricted")
    db.run("UPDATE files SET content = ?, status = 'uploaded' WHERE id = ?", content, id)


def share(hub: "Hub", id: str, channel: str | None, *, title: str) -> Json:
    """Finish a file, in a channel or in none; gives its object."""
    row = get(hub.db, id)
    if row["status"] == "awaited":
        raise SlackError("file_not_found")
    shared = [*rooms(row), *([channel] if channel else [])]
    hub.db.run("UPDATE files SET status = 'shared', title = ?, channels = ? WHERE id = ?", title, dumps(shared), id)
    return look(hub, get(hub.db, id))


def linked(hub: "Hub", who: Caller, channel: str, text: str) -> list[Json]:
    """Files whose address an app writes into a message are shared there by that, if they are its own and finished.

    https://github.com/slackapi/bolt-python/issues/1018
    """
    found = dict.fromkeys(re.findall(rf"{re.escape(hub.url)}/files-pri/(F\w+)/", text))
    rows = [row for row in (hub.db.one("SELECT * FROM files WHERE id = ?", id) for id in found) if row is not None]
    mine = [row for row in rows if (row["app"], row["team"], row["status"]) == (who.app, who.team, "shared")]
    return [share(hub, row["id"], channel, title=row["title"]) for row in mine]


def get(db: Store, id: str) -> Row:
    row = db.one("SELECT * FROM files WHERE id = ?", id)
    if row is None:
        raise SlackError("file_not_found")
    return row


def rooms(row: Row) -> list[str]:
    """The channels a file is shared in."""
    result: list[str] = json.loads(row["channels"])
    return result


def look(hub: "Hub", row: Row) -> Json:
    """The file object; its URLs are this workspace's own."""
    kind = mimetypes.guess_type(row["name"])[0] or "application/octet-stream"
    suffix = row["name"].rsplit(".", 1)[-1].lower() if "." in row["name"] else "binary"
    url = f"{hub.url}/files-pri/{row['id']}/{quote(row['name'])}"
    return {
        "id": row["id"],
        "created": row["created"],
        "timestamp": row["created"],
        "name": row["name"],
        "title": row["title"],
        "mimetype": kind,
        "filetype": suffix,
        "pretty_type": suffix.upper(),
        "user": row["user"],
        "user_team": row["team"],
        "editable": False,
        "size": row["size"],
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": bool(rooms(row)),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": url,
        "url_private_download": url,
        "permalink": url,
        "has_rich_preview": False,
        "file_access": "visible",
    }
