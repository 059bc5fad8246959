"""Decisions from what people type, and the form in which they are proposed."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from bot.messages import decision_forms as forms
from bot.messages import decisions as messages
from bot.messages.decision_forms import DecisionForm, Fields
from bot.messages.escape import escape, shorten
from bot.messages.post import Reply, View
from bot.rules import slack_text
from bot.rules.decision_lines import TEXT_LIMIT, DecideLine, read_decide, tidy
from bot.rules.items import local_date
from bot.rules.lines import says_nothing
from bot.services.askers import Asker, require_member
from bot.services.calendars import calendar_of
from bot.services.decision_views import view_of
from bot.services.decisions import Draft, check, propose, require_replaceable, speakers
from bot.services.items import require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import people
from storage.tables import Decision, TaskForce


def decide(work: Work, asker: Asker, rest: str) -> Reply:
    """Propose what a line says. Without a text, or with a date that is not sure, the form opens with what was given."""
    return _from_line(work, asker, rest, None)


def supersede(work: Work, asker: Asker, decision: Decision, rest: str) -> Reply:
    """Propose what is to replace a decision in force; likewise."""
    require_changer(asker)
    require_replaceable(work, decision)
    return _from_line(work, asker, rest, decision)


def _from_line(work: Work, asker: Asker, rest: str, replaces: Decision | None) -> Reply:
    task_force, _ = require_changer(asker)
    line = understood(work, task_force, rest)
    notes = [_unsure(asker, when, words) for when, words in line.unread]
    if says_nothing(line.text) or len(line.text) > TEXT_LIMIT or notes:
        if len(line.text) > TEXT_LIMIT:
            notes.append(asker.say("decision-text-long", limit=str(TEXT_LIMIT), length=str(len(line.text))))
        fields = Fields(line.text, line.decided_on, line.review_on, line.stream)
        return Reply(view=proposal_form(work, asker, fields, notes, replaces))
    draft = draft_of(work, task_force, Fields(line.text, line.decided_on, line.review_on, line.stream))
    try:
        check(work, task_force, draft)
    except Refused as no:
        raise Refused(no.key, field=None, **no.args_of_key) from no  # there is no form with fields to show it at
    return proposed(work, asker, propose(work, asker, draft, replaces))


def understood(work: Work, task_force: TaskForce, rest: str) -> DecideLine:
    """The line's parts; who is mentioned in it stands there by name."""
    names = {one: people.account(work.session, one).name for one in slack_text.mentioned(rest)}
    with_names = slack_text.TOKEN.sub(
        lambda token: f"@{names[token[2]]}" if token[1] == "@" and names.get(token[2]) else token[0], rest
    )
    return read_decide(
        with_names, work.now.astimezone(ZoneInfo(task_force.zone)), calendar_of(work.session, task_force)
    )


def draft_of(work: Work, task_force: TaskForce, fields: Fields, link: str = "", quote: str = "") -> Draft:
    """What the fields say; decided today, unless they say otherwise."""
    decided_on = fields.decided_on or local_date(work.now, task_force)
    return Draft(tidy(fields.text), decided_on, fields.stream, fields.review_on, link, quote)


def proposed(work: Work, asker: Asker, decision: Decision) -> Reply:
    """The answer to who proposed: how it was understood."""
    task_force, person = require_member(asker)
    may = speakers(work, task_force.id or 0)
    view = view_of(work.session, decision)
    return Reply(messages.proposed(view, may, asker.say, may_confirm=any(one.id == person.id for one in may)))


def proposal_form(
    work: Work,
    asker: Asker,
    fields: Fields,
    notes: Sequence[str] = (),
    replaces: Decision | None = None,
    **kept: Any,
) -> View:
    """The form for a new decision, with what is known already filled in. `kept`: `link` and `quote`, for who sends it."""
    task_force, _ = require_changer(asker)
    memory = {"task_force": task_force.id, "channel": asker.who.channel_id, **kept}
    if replaces:
        memory["replaces"] = replaces.id
    today = local_date(work.now, task_force)
    filled = Fields(fields.text, fields.decided_on or today, fields.review_on, fields.stream)
    return forms.form(DecisionForm(filled, memory, replaces=replaces, notes=notes), asker.say)


def submitted(work: Work, asker: Asker, memory: Mapping[str, Any], fields: Fields, replaces: Decision | None) -> Reply:
    """The form of a new decision was sent."""
    task_force, _ = require_changer(asker)
    draft = draft_of(work, task_force, fields, memory.get("link", ""), memory.get("quote", ""))
    return proposed(work, asker, propose(work, asker, draft, replaces))


def _unsure(asker: Asker, when: str, words: str) -> str:
    """Which date was not read for sure; escaped."""
    what = asker.say(f"decision-field-{when}")
    return asker.say("decision-date-unsure", what=what, written=escape(shorten(words, 80)))
