"""Acts on apps: commands, buttons, forms, shortcuts, the Home tab."""

from typing import TYPE_CHECKING

from playground import clicks, client, interactions, messages, shortcuts, submissions, words
from playground.acts.registry import act, here
from playground.errors import ClientError
from playground.state import Json, Row

if TYPE_CHECKING:
    from playground.hub import Hub


@act("command")
async def command(hub: "Hub", user: Row, body: Json) -> None:
    channel = here(hub, user, body)
    name = str(body.get("command"))
    if body.get("thread_ts"):
        raise ClientError("not_supported_in_threads", command=name)
    await interactions.command(hub, user, channel, name, str(body.get("text") or "").strip())


@act("click")
async def click(hub: "Hub", user: Row, body: Json) -> None:
    await clicks.click(hub, user, body)


@act("suggest")
async def suggest(hub: "Hub", user: Row, body: Json) -> Json:
    return await clicks.suggest(hub, user, body)


@act("submit")
async def submit(hub: "Hub", user: Row, body: Json) -> Json:
    found = await submissions.submit(hub, user, body)
    if not found:
        return {}
    own = {block: words.say(user["locale"], key) for block, key in found.get("own", {}).items()}
    return {"ok": False, "error": "form_errors", "errors": own or found["app"]}


@act("close")
async def close(hub: "Hub", user: Row, body: Json) -> None:
    await submissions.close(hub, user, body)


@act("message_shortcut")
async def message_shortcut(hub: "Hub", user: Row, body: Json) -> None:
    channel = here(hub, user, body)
    look = messages.look(hub.db, messages.get(hub.db, channel["id"], str(body.get("ts"))))
    shown = {key: value for key, value in look.items() if key not in ("hidden", "name", "old_name")}
    await shortcuts.use_on_message(hub, user, str(body.get("app")), str(body.get("callback_id")), channel, shown)


@act("global_shortcut")
async def global_shortcut(hub: "Hub", user: Row, body: Json) -> None:
    await shortcuts.use_global(hub, user, str(body.get("app")), str(body.get("callback_id")))


@act("open_home")
async def open_home(hub: "Hub", user: Row, body: Json) -> None:
    client.open_home(hub, user, str(body.get("app")), "home")
