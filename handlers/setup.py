"""Setting up a channel's task force: the form, its people, its submission."""

from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids
from bot.messages import setup as messages
from bot.messages.post import Reply
from bot.rules.grammar import Verb, normalise
from bot.services.askers import Asker, Surface, Who
from bot.services.setup import open_setup, set_up
from bot.services.work import Work
from handlers.channel_people import channel_people, known_accounts, members
from handlers.deps import Deps
from handlers.listening import answer, metadata_of
from handlers.voices import voice
from handlers.windows import show, submit

VERBS = {Verb.SETUP: open_setup}
MOST_OPTIONS = 100  # Slack's, for a select


def register(app: App, deps: Deps) -> None:
    """What the form asks for while it is open, and its submission."""

    @app.action(ids.SETUP_CHANNEL)
    def channel_chosen(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        chosen = body["actions"][0]["selected_conversation"]
        who = Who(body["user"]["id"], chosen, context["installation"], Surface.BUTTON)
        reply = answer(deps, f"trigger:{body['trigger_id']}", who, lambda work, asker: open_setup(work, asker, ""))
        show(deps, who, reply, body)
        ack()

    @app.options(ids.SETUP_PERSON)
    def people(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        who = form_user(body, context)
        ack(options=options(deps, who, body.get("value") or ""))

    @app.action(ids.SETUP_MORE_SIDES)
    @app.action(ids.SETUP_FEWER_SIDES)
    def other_number(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        view, memory = body["view"], metadata_of(body["view"])
        answers = messages.read_form(view["state"]["values"], int(body["actions"][0]["value"]))
        form = messages.form(voice(deps, body["user"]["id"]), answers, memory["channel"], memory["nonce"])
        deps.slack.client(context["installation"]).views_update(view_id=view["id"], hash=view["hash"], view=form)
        ack()

    @app.view(ids.SETUP)
    def submitted(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        memory, who = metadata_of(body["view"]), form_user(body, context)
        answers = messages.read_form(body["view"]["state"]["values"], memory["sides"])
        here = channel_people(deps, who, {side.user_id for side in answers.sides if side.user_id})

        def act(work: Work, asker: Asker) -> Reply:
            return set_up(work, asker, memory["channel"], answers, here)

        submit(deps, ack, f"form:{memory['nonce']}", who, act)


def form_user(body: dict[str, Any], context: dict[str, Any]) -> Who:
    """Whoever has the form open, at the channel it is about."""
    return Who(body["user"]["id"], metadata_of(body["view"])["channel"], context["installation"], Surface.FORM)


def options(deps: Deps, who: Who, typed: str) -> list[dict[str, Any]]:
    """The people of the channel whose name or title has what was typed, by name."""
    say = voice(deps, who.user_id)
    found = members(deps, who.installation, who.channel_id or "")
    if found is None:
        return messages.nobody_to_choose(say)
    people = [one for one in known_accounts(deps, who.installation, found) if not (one.is_bot or one.is_deleted)]
    wanted = normalise(typed).casefold()
    matching = [one for one in people if wanted in f"{one.name} {one.title}".casefold()]
    return messages.person_options(say, sorted(matching, key=lambda one: one.name)[:MOST_OPTIONS])
