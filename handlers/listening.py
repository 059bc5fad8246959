"""How every listener works: one receipt, one transaction, commit, then acknowledge; and how the asker is answered."""

import json
from collections.abc import Callable
from dataclasses import replace
from http.client import HTTPException
from typing import Any

import structlog
from slack_sdk.webhook import WebhookClient

from bot.messages import answers, ids
from bot.messages.post import Post, Reply
from bot.rules import slack_text
from bot.rules.grammar import normalise
from bot.services import departures
from bot.services.askers import Asker, Surface, WhichTaskForce, Who, find_asker
from bot.services.refused import Misfilled, Refused
from bot.services.work import Work
from handlers.calls import attempt
from handlers.deps import AlreadyDone, Deps
from storage import outbox, people
from storage.outbox import Lane
from storage.tables import Account

log = structlog.get_logger()

Act = Callable[[Work, Asker], Reply]
MOST_MENTIONED = 5  # unknown ones are asked about one by one, and an answer is due in three seconds


class FormErrors(Exception):  # it is an answer to a person, not an error of the program
    """What to mend in a form: Slack shows each message at its block."""

    def __init__(self, by_block: dict[str, str]) -> None:
        super().__init__(by_block)
        self.by_block = by_block


def who_of(body: dict[str, Any], context: dict[str, Any], surface: Surface, **more: Any) -> Who:
    """The actor of a command, click, shortcut or submission. Works for people of either organisation."""
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
    user = body.get("user_id") or body["user"]["id"]
    return Who(user, channel, context["installation"], surface, **more)


def answer(deps: Deps, receipt: str | None, who: Who, act: Act) -> Reply:
    """Do `act` once, in one transaction, and give the reply: the act's own, a refusal, or nothing for a double."""
    get_to_know(deps, who)
    say = deps.words.say(None)
    try:
        with deps.work(receipt) as work:
            asker = find_asker(work, who)
            say = deps.voices[who.user_id] = asker.say
            return act(work, asker)
    except AlreadyDone:
        return Reply()
    except WhichTaskForce as several:
        return Reply(answers.which_task_force(say, several.choices, who.line or who.typed))
    except Refused as refused:
        if refused.field:
            wrong = refused.problems if isinstance(refused, Misfilled) else [refused]
            raise FormErrors({one.field or "": say(one.key, **one.args_of_key) for one in wrong}) from None
        return Reply(answers.refusal(say, refused.key, typed_by(deps, who), **refused.args_of_key))


def get_to_know(deps: Deps, who: Who) -> None:
    """Learn who asks and whom the line mentions, before the transaction: an answer names people, never their ids."""
    for user_id in [who.user_id, *slack_text.mentioned(who.line)[:MOST_MENTIONED]]:
        if deps.profiles.refresh(user_id, who.installation):
            with deps.work() as work:
                departures.deactivated(work, user_id)


def typed_by(deps: Deps, who: Who) -> str:
    """What the person typed, with the names of whom they mentioned: a message carries ids alone."""
    mentioned = slack_text.mentioned(who.line)
    if not mentioned:
        return who.typed
    with deps.database.reading() as session:
        known = [session.get(Account, user_id) for user_id in mentioned]
    return normalise(slack_text.plain(who.line, {one.user_id: one.name for one in known if one}))


def tell(deps: Deps, who: Who, post: Post, response_url: str | None = None) -> None:
    """Say something to one person only: where they acted if Slack can show it there, else as a direct message."""
    if response_url:
        deps.later(lambda: _or_directly(respond_to(response_url, post), deps, who, post))
    elif who.channel_id and not who.channel_id.startswith("D"):
        deps.later(lambda: _or_directly(_whisper(deps, who, post), deps, who, post))
    else:
        send_direct(deps, who, post)


def _or_directly(was_heard: bool, deps: Deps, who: Who, post: Post) -> None:
    """What Slack did not take comes as a direct message, which is tried again until it arrives."""
    if not was_heard:
        send_direct(deps, who, post)


def send_direct(deps: Deps, who: Who, post: Post, receipt: str | None = None) -> None:
    """An answer that must not vanish: through the outbox, as a direct message."""
    with deps.work(receipt) as work:
        account = people.account(work.session, who.user_id)
        full = answers.with_menu_button(work.words.say(account.language or account.locale), post)
        queue_answer(work, who, full)


def queue_answer(work: Work, who: Who, post: Post) -> None:
    """Queue a direct message with this very text, in the transaction of what it answers."""
    lane = Lane(who.installation.id or 0, user_id=who.user_id)
    subject = f"{who.user_id}:{work.machine_now.timestamp()}"
    args = {"text": post.text, "blocks": post.blocks}
    if who.surface is Surface.DIRECT:  # there, whichever bot it is, and nowhere else
        outbox.queue(work.session, lane, "answer", subject, work.machine_now, args)
    else:
        work.queue(lane, "answer", subject, args)


def with_line(who: Who, line: str, task_force_id: int | None = None) -> Who:
    """The same person, who has now said this line."""
    return replace(who, typed=line, task_force_id=task_force_id)


def metadata_of(view: dict[str, Any]) -> dict[str, Any]:
    """A form's own memory: `private_metadata` is ours and always JSON."""
    loaded: dict[str, Any] = json.loads(view["private_metadata"])
    return loaded


def read_picked(body: dict[str, Any]) -> tuple[int, int, str | None]:
    """Of a calendar beside buttons: task force and record that its block carries, and the day; None: it was emptied."""
    action = body["actions"][0]
    task_force_id, row_id, _ = ids.read_item_value(action["block_id"].partition(":")[2])
    return task_force_id, row_id, action["selected_date"]


def respond_to(response_url: str, post: Post) -> bool:
    """Say something to the person who acted, at the place that Slack names for half an hour; whether Slack took it."""
    client = WebhookClient(response_url, timeout=10)
    try:
        response = client.send(
            text=post.text, blocks=post.blocks or None, response_type="ephemeral", replace_original=False
        )
    except (HTTPException, OSError) as error:
        log.warning("answer-unheard", error=repr(error))
        return False
    if response.status_code != 200:
        log.error("answer-refused", status=response.status_code, body=response.body)
    return response.status_code == 200


def _whisper(deps: Deps, who: Who, post: Post) -> bool:
    """Say something that only one person in the channel sees; whether Slack took it."""
    client = deps.slack.client(who.installation)
    outcome = attempt(
        "chat.postEphemeral",
        lambda: client.chat_postEphemeral(
            channel=who.channel_id or "",
            user=who.user_id,
            text=post.text,
            blocks=post.blocks or None,
            thread_ts=who.thread_ts,
        ),
    )
    if not outcome.is_done:
        log.warning("answer-refused", method=outcome.method, error=outcome.error)
    return outcome.is_done
