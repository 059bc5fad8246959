"""The roster: its verbs, and the buttons and forms of joining and of changing people."""

from collections.abc import Callable
from functools import partial
from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids, joining, members
from bot.messages.post import Reply
from bot.rules.grammar import Verb
from bot.services import joining as joining_service
from bot.services import members as members_service
from bot.services import roster_pages
from bot.services.askers import Asker, Surface, Who
from bot.services.work import Work
from handlers.deps import Deps
from handlers.listening import answer, metadata_of, who_of
from handlers.voices import voice
from handlers.windows import show, submit

VERBS = {
    Verb.JOIN: joining_service.open_join,
    Verb.ROSTER: roster_pages.show,
    Verb.MEMBER: members_service.change,
}
Pressed = Callable[[Work, Asker, int], Reply]
# What a control does that carries the id of a side or a person.
CONTROLS: dict[str, Pressed] = {
    ids.JOIN_APPROVE: partial(joining_service.decide, approve=True),
    ids.JOIN_REJECT: partial(joining_service.decide, approve=False),
    ids.MEMBER_EDIT: members_service.open_form,
}


def register(app: App, deps: Deps) -> None:
    """Controls in messages, then forms."""
    register_controls(app, deps)
    register_forms(app, deps)
    register_removal(app, deps)


def register_controls(app: App, deps: Deps) -> None:
    """Approve, reject, choose somebody to change, choose a side."""

    def press(ack: Ack, body: dict[str, Any], context: dict[str, Any], act: Callable[[Work, Asker], Reply]) -> None:
        who = who_of(body, context, Surface.BUTTON)
        reply = answer(deps, f"trigger:{body['trigger_id']}", who, act)
        show(deps, who, reply, body)
        ack()

    @app.action(ids.JOIN_APPROVE)
    @app.action(ids.JOIN_REJECT)
    @app.action(ids.MEMBER_EDIT)
    def control(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        act, about = CONTROLS[body["actions"][0]["action_id"]], carried(body)
        press(ack, body, context, lambda work, asker: act(work, asker, about))

    @app.action(ids.JOIN_SIDE_PATTERN)
    def side(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        press(ack, body, context, lambda work, asker: joining_service.open_join_side(work, asker, carried(body)))


def register_forms(app: App, deps: Deps) -> None:
    """Joining, and changing somebody."""

    @app.view(ids.JOIN)
    def join(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        values = body["view"]["state"]["values"]
        side_id, details = joining.read_side(values), members.read_details(values)
        submit(
            deps,
            ack,
            *form_of(body, context),
            lambda work, asker: joining_service.ask(work, asker, side_id, details),
        )

    @app.view(ids.MEMBER)
    def save(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        values, kept = body["view"]["state"]["values"], metadata_of(body["view"])
        details, role = members.read_details(values), members.read_role(values)
        if kept.get("user"):
            deps.profiles.refresh(kept["user"], context["installation"])
        submit(
            deps,
            ack,
            *form_of(body, context),
            lambda work, asker: members_service.save(work, asker, kept, details, role),
        )


def register_removal(app: App, deps: Deps) -> None:
    """Taking somebody out: a button in the form about them, which then says what came of it."""

    @app.action(ids.MEMBER_REMOVE)
    def remove(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        view, kept = body["view"], metadata_of(body["view"])
        _, who = form_of(body, context)
        reply = answer(
            deps,
            f"trigger:{body['trigger_id']}",
            who,
            lambda work, asker: members_service.remove(work, asker, kept["person"]),
        )
        if reply.post:
            told = members.closed(voice(deps, who.user_id), reply.post)
            deps.slack.client(who.installation).views_update(view_id=view["id"], view=told)
        ack()


def form_of(body: dict[str, Any], context: dict[str, Any]) -> tuple[str, Who]:
    """A form's receipt, so that one form has one effect; and who has it open, in which channel or task force."""
    kept = metadata_of(body["view"])
    who = Who(
        body["user"]["id"],
        kept.get("channel"),
        context["installation"],
        Surface.FORM,
        task_force_id=kept.get("task_force"),
    )
    return f"form:{kept['nonce']}", who


def carried(body: dict[str, Any]) -> int:
    """The id that a button or a chosen option carries; 0, which nothing has, for one that is none."""
    action = body["actions"][0]
    value = action.get("value") or (action.get("selected_option") or {}).get("value", "")
    return int(value) if value.isdecimal() and len(value) < 10 else 0
