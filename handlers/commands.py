"""`/tft …`, `@bot …` and direct messages: one grammar, one table of verbs, the same answers."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from slack_bolt import Ack, App
from slack_sdk.errors import SlackApiError

from bot.messages import answers, ids
from bot.messages.blocks import actions, button, section
from bot.messages.escape import escape, shorten
from bot.messages.post import Post, Reply
from bot.rules import slack_text
from bot.rules.grammar import WORDS, Line, Noun, Verb, normalise, read_line
from bot.services import executions
from bot.services.askers import Asker, Surface, Who
from bot.services.work import Work
from handlers import (
    budget,
    days_off,
    decisions,
    delegations,
    exports,
    handovers,
    item_acts,
    items,
    meeting_verbs,
    menu,
    refs,
    roster,
    settings,
    setup,
    weekly,
)
from handlers.deps import AlreadyDone, Deps
from handlers.listening import answer, queue_answer, send_direct, tell, who_of, with_line
from handlers.windows import open_view, show

VerbAct = Callable[[Work, Asker, str], Reply]
Table = dict[Verb, VerbAct]
COMMAND = "/tft"


def verbs() -> Table:
    """The table that dispatches, and from which help is made. Each noun brings its own verbs."""
    numbered = refs.told_apart(
        {Noun.ITEM: items.NUMBERED, Noun.DECISION: decisions.NUMBERED, Noun.MEETING: meeting_verbs.NUMBERED}
    )
    people = {**setup.VERBS, **roster.VERBS, **days_off.VERBS, **settings.VERBS, **delegations.VERBS, **handovers.VERBS}
    money = {**budget.VERBS, **exports.VERBS}
    records = {**items.VERBS, **item_acts.LINES, **decisions.VERBS, **meeting_verbs.VERBS, **weekly.VERBS, **money}
    return {**menu.VERBS, **people, **records, **numbered}


def register(app: App, deps: Deps) -> None:
    """The command, the mention, the direct message, and the buttons that run a line."""
    table = verbs()
    register_command(app, deps, table)
    register_mention(app, deps, table)
    register_direct(app, deps, table)
    register_buttons(app, deps, table)


def register_command(app: App, deps: Deps, table: Table) -> None:
    """`/tft …`: the answer is the acknowledgement's body."""

    @app.command(COMMAND)
    def command(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        who = who_of(body, context, Surface.COMMAND, typed=typed_in(body["text"]), line=body["text"])
        reply = answer(deps, f"trigger:{body['trigger_id']}", who, runner(table, body["text"]))
        post = opened_or_offered(deps, who, reply, body)
        if post:
            ack(text=post.text, blocks=post.blocks or None, response_type="ephemeral")
        else:
            ack()


def opened_or_offered(deps: Deps, who: Who, reply: Reply, body: dict[str, Any]) -> Post | None:
    """Open the reply's form; when its trigger is too old, offer a button that opens it. Gives the message to show."""
    if not reply.view:
        return reply.post
    try:
        open_view(deps, who, reply.view, body["trigger_id"])
    except SlackApiError as error:
        if "trigger" not in error.response["error"]:
            raise
        return reply.unopened
    return reply.post


def register_mention(app: App, deps: Deps, table: Table) -> None:
    """`@bot …` in a channel: answered only to the writer, in the thread where they wrote."""

    @app.event("app_mention")
    def mention(event: dict[str, Any], context: dict[str, Any]) -> None:
        if from_bot(event):
            return
        line = after_mention(event["text"])
        who = who_wrote(event, context, Surface.MENTION, line)
        reply = answer(deps, message_key(event), who, runner(table, line))
        post = reply.post or reply.unopened
        if post:
            tell(deps, who, post)


def register_direct(app: App, deps: Deps, table: Table) -> None:
    """A direct message to the bot: the answer is queued in the same transaction as its effect."""

    @app.event({"type": "message", "subtype": None})
    def direct(event: dict[str, Any], context: dict[str, Any]) -> None:
        if event.get("channel_type") != "im" or from_bot(event):
            return
        who = who_wrote(event, context, Surface.DIRECT, event["text"])
        act = runner(table, event["text"])

        def act_and_answer(work: Work, asker: Asker) -> Reply:
            reply = act(work, asker)
            post = reply.post or reply.unopened
            if post:
                queue_answer(work, who, answers.with_menu_button(asker.say, post))
            return Reply()

        refusal = answer(deps, message_key(event), who, act_and_answer).post
        if refusal:
            with suppress(AlreadyDone):
                send_direct(deps, who, refusal, message_key(event))


def register_buttons(app: App, deps: Deps, table: Table) -> None:
    """Buttons whose value is a line, run as if it had been typed."""

    @app.action(ids.OPEN_FORM)
    @app.action(ids.RUN_PATTERN)
    def run(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        run_line(ack, body, context, body["actions"][0]["value"], None)

    @app.action(ids.RUN_IN_PATTERN)
    def run_in(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, _, line = body["actions"][0]["value"].partition(" ")
        run_line(ack, body, context, line, int(task_force_id))

    def run_line(ack: Ack, body: dict[str, Any], context: dict[str, Any], line: str, task_force_id: int | None) -> None:
        who = replace(with_line(who_of(body, context, Surface.BUTTON), typed_in(line), task_force_id), line=line)
        reply = answer(deps, f"trigger:{body['trigger_id']}", who, runner(table, line))
        if body.get("view"):
            show(deps, who, reply, body)
            ack()
            return
        post = opened_or_offered(deps, who, reply, body)
        ack()
        if post:
            tell(deps, who, post, body.get("response_url"))


def runner(table: Table, text: str) -> Callable[[Work, Asker], Reply]:
    """The act that a line asks for; a line that is not understood gets the nearest verb and the menu."""
    line = read_line(text)

    def act(work: Work, asker: Asker) -> Reply:
        if line.verb is None:
            return executions.answered(work, asker, line.rest) or Reply(not_understood(asker, line))
        reply = table[line.verb](work, asker, line.rest)
        return replace(reply, unopened=answers.form_by_button(asker.say, text)) if reply.view else reply

    return act


def not_understood(asker: Asker, line: Line) -> Post:
    """What was typed, what was probably meant (as a button that runs it), and the menu."""
    say, typed = asker.say, slack_text.plain(line.rest)
    if not line.nearest:
        return menu.menu_post(say, say("not-understood", text=escape(shorten(typed, 200))))
    word = WORDS[line.nearest][1 if say.language == "ko" else 0]
    meant = f"{word} {line.nearest_rest}".strip()
    said = say("not-understood-nearest", text=escape(shorten(typed, 200)), meant=escape(meant))
    buttons = [button(meant, ids.RUN, meant[: answers.VALUE_LIMIT], style="primary"), menu.menu_button(say)]
    return Post(said, [section(said), actions(*buttons)])


def typed_in(text: str) -> str:
    """What a person typed, as they saw it."""
    return normalise(slack_text.plain(text))


def message_key(event: dict[str, Any]) -> str:
    """The natural key of a message: its event may arrive several times, with different event ids."""
    return f"message:{event['channel']}:{event['ts']}"


def from_bot(event: dict[str, Any]) -> bool:
    """Whether an app wrote it: those are never answered, or two bots would talk for ever."""
    return bool(event.get("bot_id") or event.get("bot_profile")) or "user" not in event


def who_wrote(event: dict[str, Any], context: dict[str, Any], surface: Surface, line: str) -> Who:
    """The writer of a message."""
    return Who(
        event["user"],
        event["channel"],
        context["installation"],
        surface,
        thread_ts=event.get("thread_ts"),
        typed=typed_in(line),
        line=line,
    )


def after_mention(text: str) -> str:
    """The line that follows the bot's mention; a mention in the middle of a text is taken out."""
    return slack_text.TOKEN.sub("", text, count=1).strip() if starts_with_mention(text) else text


def starts_with_mention(text: str) -> bool:
    """Whether the first thing in the text is a mention (then it is the bot's own: the line follows it)."""
    match = slack_text.TOKEN.match(text.lstrip())
    return bool(match and match.group(1) == "@")
