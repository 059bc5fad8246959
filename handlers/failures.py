"""A listener raised: people get an apology with a reference that the log also has; events are asked for again, the last time parked."""

import secrets
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.request import BoltRequest
from sqlalchemy.exc import DBAPIError

from bot.messages import answers
from bot.rules.grammar import normalise
from bot.rules.slack_text import plain
from config.words import Say
from handlers import off_record
from handlers.deps import Deps
from handlers.listening import respond_to
from storage.tables import Account, Parked

log = structlog.get_logger()
LAST_RETRY = "3"


def respond(deps: Deps, app_name: str, error: Exception, request: BoltRequest, body: dict[str, Any]) -> BoltResponse:
    """What Slack is told. A person's act was rolled back as a whole, and is never sent again by Slack."""
    reference = secrets.token_hex(4)
    log.error("listener-failed", reference=reference, exc_info=error)
    if body.get("type") == "event_callback":
        retries: str = request.headers.get("x-slack-retry-num", ["0"])[0]
        return _event(deps, app_name, error, reference, body, is_last=retries >= LAST_RETRY)
    say = _voice(deps, body.get("user_id") or body.get("user", {}).get("id"))
    if body.get("type") == "view_submission":
        return _json({"response_action": "push", "view": answers.apology_form(say, reference)})
    post = answers.apology(say, reference, normalise(plain(body.get("text", ""))))
    if "command" in body:
        return _json({"response_type": "ephemeral", "text": post.text, "blocks": post.blocks})
    if body.get("response_url"):
        deps.later(lambda: respond_to(body["response_url"], post))
    elif body.get("trigger_id") and "installation" in request.context:
        deps.later(lambda: _open_apology(deps, request.context, body, answers.apology_form(say, reference)))
    return BoltResponse(status=200)


def _event(
    deps: Deps, app_name: str, error: Exception, reference: str, body: dict[str, Any], *, is_last: bool
) -> BoltResponse:
    if not is_last or isinstance(error, DBAPIError):
        return BoltResponse(status=500)  # Slack sends it again
    off_record.blank(body)  # also where a request failed before it came to the listeners
    kept = {key: value for key, value in body.items() if key != "token"}
    with deps.work() as work:
        at = work.machine_now
        work.session.add(Parked(reference=reference, body=kept, error=repr(error), app_name=app_name, parked_at=at))
    return BoltResponse(status=200)


def _open_apology(deps: Deps, context: dict[str, Any], body: dict[str, Any], view: dict[str, Any]) -> None:
    deps.slack.client(context["installation"]).views_open(trigger_id=body["trigger_id"], view=view)


def _voice(deps: Deps, user_id: str | None) -> Say:
    """The person's language; when the database cannot be asked, since that may be what failed, as they were last spoken to."""
    try:
        with deps.database.reading() as session:
            account = session.get(Account, user_id) if user_id else None
    except DBAPIError:
        return deps.voices.get(user_id or "") or deps.words.say(None)
    return deps.words.say(account.language or account.locale if account else None)


def _json(payload: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=payload)  # Bolt writes it as JSON
