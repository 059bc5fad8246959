"""`/tft …`, `@bot …` and direct messages: one grammar, one table of verbs, the same answers."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App
from slack_sdk.errors import SlackApiError

from bot.messages import answers, ids
from bot.messages.blocks import actions, button, section
from bot.messages.post import Post, Reply
from bot.rules import slack_text
from bot.rules.grammar import WORDS, Line, Verb, normalise, read_line
from bot.services.askers import Asker, Surface, Who
from bot.services.work import Work
from handlers import menu
from handlers.deps import AlreadyDone, Deps
from handlers.listening import answer, open_view, queue_answer, send_direct, tell, who_of, with_line

VerbAct = Callable[[Work, Asker, str], Reply]
COMMAND = "/tft"


def verbs() -> dict[Verb, VerbAct]:
    """The table that dispatches, and from which help is made. Each noun brings its own verbs."""
    return {**menu.VERBS}


def register(app: App, deps: Deps) -> None:
    """The command, the mention, the direct message, and the buttons that run a line."""
    table = verbs()

    @app.command(COMMAND)
    def command(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        who = who_of(body, context, Surface.COMMAND, typed=typed_in(body["text"]))
        reply = answer(deps, f"trigger:{body['trigger_id']}", who, runner(table, body["text"]))
        post = reply.post
        if reply.view:
            try:
                open_view(deps, who, reply.view, body["trigger_id"])
            except SlackApiError as error:
                if "trigger" not in error.response["error"]:
                    raise
                post = answers.form_by_button(deps.words.say(None), who.typed)
        if post:
            ack(text=post.text, blocks=post.blocks or None, response_type="ephemeral")
        else:
            ack()

    @app.event("app_mention")
    def mention(event: dict[str, Any], context: dict[str, Any]) -> None:
        if from_bot(event):
            return
        text = slack_text.TOKEN.sub("", event["text"], count=1) if starts_with_mention(event["text"]) else event["text"]
        who = Who(
            event["user"],
            event["channel"],
            context["installation"],
            Surface.MENTION,
            thread_ts=event.get("thread_ts"),
            typed=typed_in(text),
        )
        reply = answer(deps, message_key(event), who, runner(table, text))
        post = answers.form_by_button(deps.words.say(None), text.strip()) if reply.view else reply.post
        if post:
            tell(deps, who, post)

    @app.event({"type": "message", "subtype": None})
    def direct(event: dict[str, Any], context: dict[str, Any]) -> None:
        if event.get("channel_type") != "im" or from_bot(event):
            return
        who = Who(
            event["user"], event["channel"], context["installation"], Surface.DIRECT, typed=typed_in(event["text"])
        )
        act = runner(table, event["text"])

        def act_and_answer(work: Work, asker: Asker) -> Reply:
            reply = act(work, asker)
            post = answers.form_by_button(asker.say, event["text"]) if reply.view else reply.post
            if post:
                queue_answer(work, who, answers.with_menu_button(asker.say, post))
            return Reply()

        refusal = answer(deps, message_key(event), who, act_and_answer).post
        if refusal:
            try:
                send_direct(deps, who, refusal, message_key(event))
            except AlreadyDone:
                return

    @app.action(ids.OPEN_FORM)
    @app.action(ids.RUN)
    def run(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        run_button(ack, body, context, body["actions"][0]["value"], None)

    @app.action(ids.RUN_IN_PATTERN)
    def run_in(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        task_force_id, _, line = body["actions"][0]["value"].partition(" ")
        run_button(ack, body, context, line, int(task_force_id))

    def run_button(
        ack: Ack, body: dict[str, Any], context: dict[str, Any], line: str, task_force_id: int | None
    ) -> None:
        who = with_line(who_of(body, context, Surface.BUTTON), typed_in(line), task_force_id)
        reply = answer(deps, f"trigger:{body['trigger_id']}", who, runner(table, line))
        if reply.view:
            open_view(deps, who, reply.view, body["trigger_id"])
        ack()
        if reply.post:
            tell(deps, who, reply.post, body.get("response_url"))


def runner(table: dict[Verb, VerbAct], text: str) -> Callable[[Work, Asker], Reply]:
    """The act that a line asks for; a line that is not understood gets the nearest verb and the menu."""
    line = read_line(text)

    def act(work: Work, asker: Asker) -> Reply:
        if line.verb is None:
            return Reply(not_understood(asker, line))
        return table[line.verb](work, asker, line.rest)

    return act


def not_understood(asker: Asker, line: Line) -> Post:
    """What was typed, what was probably meant (as a button that runs it), and the menu."""
    say, typed = asker.say, slack_text.plain(line.rest)
    if not line.nearest:
        return menu.menu_post(say, say("not-understood", text=answers.escape(answers.shorten(typed, 200))))
    word = WORDS[line.nearest][1 if say.language == "ko" else 0]
    meant = f"{word} {' '.join(line.rest.split()[1:])}".strip()
    said = say("not-understood-nearest", text=answers.escape(answers.shorten(typed, 200)), meant=answers.escape(meant))
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


def starts_with_mention(text: str) -> bool:
    """Whether the first thing in the text is a mention (then it is the bot's own: the line follows it)."""
    match = slack_text.TOKEN.match(text.lstrip())
    return bool(match and match.group(1) == "@")
