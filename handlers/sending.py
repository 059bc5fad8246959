"""Sending one errand: the calls to Slack, outside any transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import structlog

from bot.messages import files
from bot.messages.blocks import context
from bot.messages.post import Post
from bot.services import posts
from bot.services.aside import ADDRESS, SEED, UNSEED
from bot.services.speakers import AGAIN, ANOTHER_SPEAKER
from config.slack import Fate
from config.words import Say
from handlers import looking, uploading
from handlers.calls import Outcome, attempt
from handlers.deps import Deps
from handlers.errands import ASIDE, Errand
from handlers.slack import Client
from handlers.uploading import Uploaded

EVENT_TYPE = "tft_post"
log = structlog.get_logger()


class LeaseLost(RuntimeError):
    """Somebody else has the lane now: nothing may be sent, nothing may be committed."""


@dataclass(frozen=True)
class Sent:
    """What came of an errand. `ts`: the new message; None with a good outcome: updated, or nothing to say any more.

    `bot`: which of our bots had posted it before, if it was found.
    """

    outcome: Outcome
    channel_id: str | None = None
    ts: str | None = None
    bot: str | None = None


NOTHING_TO_SAY = Outcome("", Fate.DONE)


def send(deps: Deps, errand: Errand, renew: Callable[[], bool]) -> Sent:
    """Make the calls of an errand. `renew` lengthens the lease before what must not happen twice; False: it was lost."""
    client = deps.slack.client(errand.installation)
    if errand.row.kind in ASIDE:
        return Sent(_aside(client, errand))
    if errand.channel_id is None:
        opened = _open(client, errand)
        if not opened.is_done:
            return Sent(opened)
        errand = replace(errand, channel_id=opened.answer["channel"]["id"])
    if errand.posting:
        return _update(client, deps, errand)
    return _post(client, deps, errand, renew)


def _aside(client: Client, errand: Errand) -> Outcome:
    channel, args = errand.channel_id or "", errand.row.args
    if errand.row.kind == SEED:
        return attempt(
            "reactions.add", lambda: client.reactions_add(channel=channel, timestamp=args["ts"], name=args["emoji"])
        )
    if errand.row.kind == UNSEED:
        return attempt(
            "reactions.remove",
            lambda: client.reactions_remove(channel=channel, timestamp=args["ts"], name=args["emoji"]),
        )
    if errand.row.kind == ADDRESS:
        return attempt("chat.getPermalink", lambda: client.chat_getPermalink(channel=channel, message_ts=args["ts"]))
    return attempt("pins.add", lambda: client.pins_add(channel=channel, timestamp=args["ts"]))


def _open(client: Client, errand: Errand) -> Outcome:
    return attempt("conversations.open", lambda: client.conversations_open(users=errand.row.user_id))


def _update(client: Client, deps: Deps, errand: Errand) -> Sent:
    post, ts = _render(deps, errand), errand.posting.ts if errand.posting else ""
    if post is None:
        return Sent(NOTHING_TO_SAY, errand.channel_id)
    payload = _payload(errand, post)
    return Sent(attempt("chat.update", lambda: client.chat_update(ts=ts, **payload)), errand.channel_id)


def _post(client: Client, deps: Deps, errand: Errand, renew: Callable[[], bool]) -> Sent:
    if errand.doubtful:
        outcome, found = looking.find(client, errand)
        if not outcome.is_done:
            # What is refused for good cannot be looked for: a person must see whether it stands there.
            return Sent(outcome, errand.channel_id)
        if found:
            return Sent(outcome, errand.channel_id, found[0].ts, found[0].bot)
    post = _render(deps, errand)
    if post is None:
        return Sent(NOTHING_TO_SAY, errand.channel_id)
    if post.files:
        uploaded = uploading.upload(client, post.files)
        if uploaded.failed and uploading.is_worth_another_try(uploaded, errand.row.attempts):
            return Sent(uploaded.failed, errand.channel_id)
        post = _with_files(deps, errand, post, uploaded)
    if len(errand.methods) > 1 and not renew():
        raise LeaseLost(errand.lease.lane)
    payload = _payload(errand, post) | {"metadata": metadata(errand.row.key), "thread_ts": errand.thread_ts}
    outcome = attempt(
        "chat.postMessage", lambda: client.chat_postMessage(**payload, unfurl_links=False, unfurl_media=False)
    )
    return Sent(outcome, errand.channel_id, outcome.answer.get("ts"))


def metadata(key: str) -> dict[str, Any]:
    """What tells our message again; everybody in the channel can read it, so it says nothing."""
    return {"event_type": EVENT_TYPE, "event_payload": {"key": key}}


def _payload(errand: Errand, post: Post) -> dict[str, Any]:
    return {"channel": errand.channel_id, "text": post.text, "blocks": post.blocks or None}


def _render(deps: Deps, errand: Errand) -> Post | None:
    now = deps.clock()
    with deps.database.reading() as session:
        say = posts.voice(session, errand.row, deps.words)
        post = posts.render(session, errand.row, say, now)
    return _with_note(post, errand.row.args[AGAIN], say) if post and AGAIN in errand.row.args else post


def _with_files(deps: Deps, errand: Errand, post: Post, uploaded: Uploaded) -> Post:
    """The message with its files, or without some and saying so."""
    if failed := uploaded.failed:
        log.warning("file-refused", row=errand.row.id, method=failed.method, error=failed.error)
    with deps.database.reading() as session:
        return files.with_links(posts.voice(session, errand.row, deps.words), post, uploaded.links)


def _with_note(post: Post, why: str, say: Say) -> Post:
    """The same, saying why it stands there a second time."""
    note = say("posted-by-another" if why == ANOTHER_SPEAKER else "posted-again")
    return replace(post, blocks=[*post.blocks, context(note)]) if post.blocks else post
