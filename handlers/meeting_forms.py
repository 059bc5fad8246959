"""The forms of meetings: what each does when it is sent."""

from typing import Any

from bot.messages import meeting_forms as forms
from bot.messages import meeting_plans as plan_messages
from bot.messages.forms import Values, text_of
from bot.messages.item_questions import one_post
from bot.messages.post import Reply
from bot.rules.minutes import place_of
from bot.services import (
    meeting_acts,
    meeting_agendas,
    meeting_confirmations,
    meeting_drafts,
    meeting_finals,
    meeting_plans,
    meeting_writing,
    meetings,
)
from bot.services.askers import Asker
from bot.services.meeting_drafts import Change
from bot.services.work import Work
from storage.tables import Answer, Meeting


def planned(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A meeting is planned, or changed."""
    wish = meeting_plans.Plan(**plan_messages.read_form(values))
    if memory.get("meeting") is None:
        return meeting_acts.told(work, asker, meeting_plans.plan(work, asker, wish), "meeting-planned-told")
    found = meetings.find_by_id(work, asker, memory["meeting"])
    return meeting_acts.told(work, asker, meeting_plans.change(work, asker, found, wish), "meeting-planned-told")


def proxy(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """Who comes in the asker's place."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    named = plan_messages.read_proxy(values)
    found = meeting_plans.answer(work, asker, found, Answer.PROXY, named)
    return meeting_acts.told(work, asker, found, "meeting-rsvp-told-proxy", name=" ".join(named).strip())


def topic_added(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A topic for this meeting."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    meeting_agendas.add(work, asker, text_of(values, forms.WORDS), found)
    return meeting_acts.agenda(work, asker, found, "", "")


def written(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A line by the form."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    posts = meeting_writing.write(work, asker, found, forms.read_write(values), f"form:{memory['nonce']}")
    return Reply(one_post(posts))


def line_changed(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A line was changed: only what is different is stored."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    meeting_acts.require_line(work, asker, found, memory["anchor"])
    fields, place = forms.read_line_form(values), place_of(memory["anchor"])
    change: Change = meeting_drafts.difference(work, found, place, fields)
    if not change.told:
        return meeting_acts.told(work, asker, found, "meeting-unchanged")
    found = meeting_drafts.change(work, asker, found, place, change, f"form:{memory['nonce']}")
    return meeting_acts.told(work, asker, found, "meeting-line-changed")


def objected(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """An objection with its reason."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    return object_to(work, asker, found, text_of(values, forms.WORDS), memory["wording"])


def object_to(work: Work, asker: Asker, found: Meeting, reason: str, wording: int) -> Reply:
    """To the wording that was shown; what came after it is said first."""
    try:
        found = meeting_confirmations.object_to(work, asker, found, reason, wording)
    except meeting_confirmations.Reworded:
        return meeting_acts.overtaken(work, asker, found)
    return meeting_acts.told(work, asker, found, "meeting-objected")


def facts_changed(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """Title, host, place, disclosure and the rest."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    found = meeting_drafts.change_facts(work, asker, found, forms.read_facts(values), forms.read_host(values))
    return meeting_acts.told(work, asker, found, "meeting-facts-changed")


def addendum(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """A correction beside the final text."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    meeting_finals.add(work, asker, found, text_of(values, forms.WORDS))
    return meeting_acts.told(work, asker, found, "meeting-addendum-told")


def number(work: Work, asker: Asker, memory: dict[str, Any], values: Values) -> Reply:
    """The own side's document number."""
    found = meetings.find_by_id(work, asker, memory["meeting"])
    row = meeting_finals.register_number(work, asker, found, *forms.read_number(values))
    return meeting_acts.told(work, asker, found, "meeting-number-told", number=row.number)


FORMS = {
    "plan": planned,
    "proxy": proxy,
    "topic": topic_added,
    "write": written,
    "line": line_changed,
    "object": objected,
    "facts": facts_changed,
    "addendum": addendum,
    "number": number,
}
