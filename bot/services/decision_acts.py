"""What is done with one decision by a button or a numbered command: the act, and the answer to who did it."""

from collections.abc import Callable

from bot.messages import decision_forms as forms
from bot.messages import decisions as messages
from bot.messages import ids
from bot.messages.post import Post, Reply
from bot.rules.lines import without_label
from bot.services.askers import Asker, require_member
from bot.services.decision_changes import edit_form, give_up
from bot.services.decision_views import view_of
from bot.services.decision_votes import confirm, object_to, require_open, require_speaker, take_back
from bot.services.decisions import make_searchable, note, ref
from bot.services.item_words import tidied
from bot.services.items import require_changer
from bot.services.refused import Refused
from bot.services.work import Work
from storage import decisions
from storage.tables import Choice, Decision, DecisionNote, Side, Source

DecisionAct = Callable[[Work, Asker, Decision, str], Reply]


def confirm_it(work: Work, asker: Asker, decision: Decision, wording: str) -> Reply:
    """Confirm for the own side. `wording`: the one that a button showed; "" for a command, which means the present one."""
    vote = confirm(work, asker, decision, int(wording) if wording.isdecimal() else None)
    side = work.session.get_one(Side, vote.side_id)
    return Reply(messages.confirmed(view_of(work.session, decision), side.name, asker.say))


def confirm_by_line(work: Work, asker: Asker, decision: Decision, _rest: str) -> Reply:
    """`confirm R-7`."""
    return confirm_it(work, asker, decision, "")


def ask_objection(work: Work, asker: Asker, decision: Decision, wording: str) -> Reply:
    """The form that asks why, for who may object; it remembers which wording was shown."""
    _, person = require_member(asker)
    require_open(decision)
    require_speaker(work, decision, person)
    memory = _memory(asker, decision) | {"wording": int(wording) if wording.isdecimal() else decision.wording}
    return Reply(view=forms.words_form(ids.DECISION_OBJECT, decision, memory, asker.say))


def object_by_line(work: Work, asker: Asker, decision: Decision, reason: str) -> Reply:
    """`object R-7 REASON`; without a reason it is asked for."""
    reason = without_label(reason)
    if not tidied(work, asker, reason):
        return ask_objection(work, asker, decision, "")
    return object_with(work, asker, decision, reason, None)


def object_with(work: Work, asker: Asker, decision: Decision, words: str, wording: int | None) -> Reply:
    """Object for the own side with this reason."""
    reason = require_words(work, asker, words)
    vote = object_to(work, asker, decision, reason, wording)
    side = work.session.get_one(Side, vote.side_id)
    return Reply(messages.objected(view_of(work.session, decision), side.name, asker.say))


def take_it_back(work: Work, asker: Asker, decision: Decision, _more: str) -> Reply:
    """Take the own confirmation or objection back."""
    vote = take_back(work, asker, decision)
    side = work.session.get_one(Side, vote.side_id)
    view = view_of(work.session, decision)
    if vote.choice is Choice.OBJECT:
        return Reply(messages.answer(view, "decision-objection-withdrawn", asker.say))
    tick = vote.source is Source.REACTION
    return Reply(messages.taken_back(view, side.name, asker.say, tick_stays=tick))


def withdraw_objection(work: Work, asker: Asker, decision: Decision, _more: str) -> Reply:
    """Take the own objection back; that of somebody else stays."""
    _, person = require_member(asker)
    standing = decisions.standing(work.session, decision)
    if not any((one.person_id, one.choice) == (person.id, Choice.OBJECT) for one in standing):
        raise Refused("decision-objection-not-yours", ref=ref(decision))
    return take_it_back(work, asker, decision, "")


def edit(work: Work, asker: Asker, decision: Decision, _more: str) -> Reply:
    """The form that changes it."""
    return Reply(view=edit_form(work, asker, decision))


def write_note(work: Work, asker: Asker, decision: Decision, words: str) -> Reply:
    """A remark on the decision, whatever its state. Without words they are asked for."""
    _, person = require_changer(asker)
    text = tidied(work, asker, words)
    if not text:
        return ask_note(work, asker, decision, "")
    decision = decisions.lock(work.session, decision.id or 0)
    work.session.add(
        DecisionNote(decision_id=decision.id or 0, person_id=person.id or 0, text=text, written_at=work.now)
    )
    work.session.flush()
    make_searchable(work, decision)
    note(work, decision, "noted", person.id, new={"text": text})
    return Reply(messages.answer(view_of(work.session, decision), "decision-noted", asker.say))


def ask_note(_work: Work, asker: Asker, decision: Decision, _more: str) -> Reply:
    """The form that asks for a note."""
    require_changer(asker)
    return Reply(view=forms.words_form(ids.DECISION_NOTE, decision, _memory(asker, decision), asker.say))


def give_up_by_line(work: Work, asker: Asker, decision: Decision, words: str) -> Reply:
    """`cancel R-7 REASON`: withdraw a proposal; without a reason it is asked for."""
    reason = tidied(work, asker, without_label(words))
    return give_up(work, asker, decision, reason) if reason else ask_give_up(work, asker, decision, "")


def ask_give_up(_work: Work, asker: Asker, decision: Decision, _more: str) -> Reply:
    """The form that asks why a proposal is withdrawn."""
    require_changer(asker)
    require_open(decision)
    return Reply(view=forms.words_form(ids.DECISION_GIVE_UP, decision, _memory(asker, decision), asker.say))


def require_words(work: Work, asker: Asker, words: str) -> str:
    """What was written in a form, which must say something."""
    text = tidied(work, asker, words)
    if not text:
        raise Refused("decision-words-missing", field=forms.WORDS)
    return text


def reworded(work: Work, asker: Asker, decision: Decision) -> Post:
    """To who spoke to a wording that is no longer there."""
    return messages.reworded_meanwhile(view_of(work.session, decision), asker.say)


def _memory(asker: Asker, decision: Decision) -> dict[str, object]:
    return {"decision": decision.id, "task_force": decision.task_force_id, "channel": asker.who.channel_id}
