"""Settings: the window of a task force's and the forms of its pages, and one's own."""

from typing import Any

from slack_bolt import Ack, App

from bot.messages import ids, places
from bot.messages import own_settings as own_messages
from bot.messages import settings as messages
from bot.messages.post import Reply
from bot.rules.grammar import Verb
from bot.rules.settings import Page
from bot.services import own_settings, settings
from bot.services.askers import Asker, Surface
from bot.services.item_changes import Overtaken
from bot.services.work import Work
from handlers.deps import Deps
from handlers.listening import FormErrors, answer, metadata_of, who_of
from handlers.roster import form_of
from handlers.voices import voice
from handlers.windows import open_view, show, submit, window
from storage.tables import Account

VERBS = {Verb.SETTINGS: own_settings.settings}


def register(app: App, deps: Deps) -> None:
    """The pages of a task force's settings, one's own, and what their selects offer."""
    register_pages(app, deps)
    register_own(app, deps)
    register_places(app, deps)


def register_pages(app: App, deps: Deps) -> None:
    """A page opens on the window and, once it is saved, leaves the window as things are then."""

    @app.action(ids.SETTINGS_PAGE_PATTERN)
    def open_page(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        page = Page(body["actions"][0]["value"])
        _, who = form_of(body, context)
        reply = answer(
            deps, f"trigger:{body['trigger_id']}", who, lambda work, asker: settings.open_page(work, asker, page)
        )
        ack()
        view = reply.view or (window(deps, who, reply.post) if reply.post else None)
        if view:
            open_view(deps, who, view, body["trigger_id"])

    @app.view(ids.SETTINGS)
    def sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        memory, fields = metadata_of(body["view"]), messages.read_form(body["view"]["state"]["values"])
        receipt, who = form_of(body, context)

        def act(work: Work, asker: Asker) -> Reply:
            try:
                return settings.save(work, asker, memory, fields)
            except Overtaken as other:
                return Reply(view=settings.again(work, asker, memory, fields, other))

        try:
            reply = answer(deps, receipt, who, act)
        except FormErrors as wrong:
            ack(response_action="errors", errors=wrong.by_block)
            return
        if reply.view and reply.view["callback_id"] == ids.SETTINGS:
            ack(response_action="update", view=reply.view)
            return
        ack()
        if view := reply.view or (window(deps, who, reply.post) if reply.post else None):
            deps.later(
                lambda: deps.slack.client(who.installation).views_update(
                    view_id=body["view"]["root_view_id"], view=view
                )
            )


def register_own(app: App, deps: Deps) -> None:
    """The form, and the buttons of older messages."""

    @app.view(ids.OWN_SETTINGS)
    def own_sent(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        wanted = own_messages.read_form(body["view"]["state"]["values"])
        receipt, who = form_of(body, context)
        submit(deps, ack, receipt, who, lambda work, asker: own_settings.save(work, asker, wanted))

    @app.action(ids.LANGUAGE_PATTERN)
    def language(ack: Ack, body: dict[str, Any], context: dict[str, Any]) -> None:
        tag, who = body["actions"][0]["value"], who_of(body, context, Surface.BUTTON)
        reply = answer(
            deps,
            f"trigger:{body['trigger_id']}",
            who,
            lambda work, asker: own_settings.choose_language(work, asker, tag),
        )
        show(deps, who, reply, body)
        ack()


def register_places(app: App, deps: Deps) -> None:
    """Countries and zones, while somebody types."""

    @app.options(ids.SETTINGS_COUNTRY)
    def country(ack: Ack, body: dict[str, Any]) -> None:
        say = voice(deps, body["user"]["id"])
        ack(options=messages.options(say, places.country_choices(body.get("value") or "", say.language)))

    @app.options(ids.SETTINGS_ZONE)
    def zone(ack: Ack, body: dict[str, Any]) -> None:
        say = voice(deps, body["user"]["id"])
        ack(options=messages.options(say, places.zone_choices(body.get("value") or "", say.language)))

    @app.options(ids.OWN_ZONE)
    def own_zone(ack: Ack, body: dict[str, Any]) -> None:
        say = voice(deps, body["user"]["id"])
        with deps.database.reading() as session:
            account = session.get(Account, body["user"]["id"])
        slack_zone = (account.zone if account else None) or "UTC"
        ack(options=own_messages.zone_options(say, body.get("value") or "", slack_zone))
