"""How a decision looks: its card, and what is said about it."""

from collections.abc import Sequence

from bot.messages import dates, ids
from bot.messages.blocks import actions, button, context, section
from bot.messages.escape import clean, escape, escape_within
from bot.messages.items import NAME_SHOWN, named
from bot.messages.post import Block, Post
from bot.rules.decisions import DecisionView, Word
from config.words import Say
from storage.tables import Choice, Decision, DecisionStatus, Person

TEXT_SHOWN = 600  # characters of a text inside a sentence, escaped; the card has the whole text
REASON_SHOWN = 1000


def ref(decision: Decision) -> str:
    """`R-7`."""
    return f"R-{decision.number}"


def named_decision(decision: Decision) -> str:
    """Number and text in one line, escaped."""
    return f"{ref(decision)} {escape_within(' '.join(decision.text.split()), TEXT_SHOWN)}"


def card(view: DecisionView, say: Say) -> Post:
    """The decision as it is: the card in the channel. People are named, never pinged."""
    blocks = [*told(view, say), section(state(view, say))]
    if view.is_open:
        blocks.append(context(say("decision-card-reworded" if view.decision.wording > 1 else "decision-card-how")))
    return Post(summary(view, say), [*blocks, buttons(view, say)])


def told(view: DecisionView, say: Say) -> list[Block]:
    """Text, dates, and what each side says."""
    return [title(view.decision), section(facts(view, say)), *(section(word(one, view, say)) for one in view.words)]


def title(decision: Decision) -> Block:
    """Number and text, as they were typed: nothing in a rich text's words is read as markup, link or mention."""
    words = [{"type": "text", "text": f"{ref(decision)}  {clean(decision.text)}", "style": {"bold": True}}]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": words}]}


def summary(view: DecisionView, say: Say) -> str:
    """The decision in one line, escaped: what notifications and screen readers say."""
    said, _, _ = state(view, say).partition("\n")
    return f"{named_decision(view.decision)} · {said}"


def facts(view: DecisionView, say: Say) -> str:
    """When it was decided and recorded, by whom, and what else is known, a line each; escaped."""
    decision = view.decision
    recorded = dates.moment(say, decision.recorded_at, view.task_force.zone)
    lines = [
        say("decision-decided", on=dates.day(say, decision.decided_on)),
        say("decision-recorded", at=recorded, by=named(view.recorder)),
    ]
    if decision.review_on:
        lines.append(say("decision-review", on=dates.day(say, decision.review_on)))
    if decision.stream:
        lines.append(say("item-stream", stream=escape(decision.stream)))
    if view.replaces and decision.status is not DecisionStatus.WITHDRAWN:
        key = "decision-would-replace" if view.is_open else "decision-replaced-it"
        lines.append(say(key, old=ref(view.replaces), ref=ref(decision)))
    return "\n".join(lines)


def word(one: Word, view: DecisionView, say: Say) -> str:
    """What a side says, by whom and by whose delegation; escaped."""
    side = escape_within(one.side.name, NAME_SHOWN)
    if one.vote is None or one.person is None:
        return say("decision-word-none", side=side)
    who = named(one.person)
    if one.delegated_by:
        who = say("decision-by-delegation", who=who, by=named(one.delegated_by))
    at = dates.moment(say, one.vote.cast_at, view.task_force.zone)
    if one.vote.choice is Choice.CONFIRM:
        return say("decision-word-confirmed", side=side, who=who, at=at)
    reason = escape_within(one.vote.reason, REASON_SHOWN).replace("\n", "\n> ")
    return "\n> ".join([say("decision-word-objected", side=side, who=who, at=at), reason])


def state(view: DecisionView, say: Say) -> str:
    """How the decision stands; escaped."""
    decision = view.decision
    match decision.status:
        case DecisionStatus.PROPOSED:
            return say("decision-proposed", waiting=_sides(view.waiting))
        case DecisionStatus.OBJECTED:
            objecting = [one for one in view.words if one.vote and not one.confirms]
            return say("decision-objected", sides=_sides(objecting))
        case DecisionStatus.SUPERSEDED if view.successor:
            return say("decision-superseded", ref=ref(decision), by=ref(view.successor))
        case DecisionStatus.WITHDRAWN:
            return say("decision-withdrawn", reason=escape_within(decision.withdrawn_reason, REASON_SHOWN))
        case _:
            at = dates.moment(say, decision.in_force_at or decision.recorded_at, view.task_force.zone)
            change = [say("decision-change-waits", by=ref(view.successor))] if view.successor else []
            return "\n".join([say("decision-in-force", at=at), *change])


def decision_button(label: str, action_id: str, decision: Decision, *, style: str | None = None) -> Block:
    """A button about one decision in the wording that is shown."""
    value = ids.item_value(decision.task_force_id, decision.id or 0, str(decision.wording))
    return button(label, action_id, value, style=style)


def confirm_button(decision: Decision, say: Say) -> Block:
    """The button that confirms for the own side."""
    return decision_button(say("decision-confirm"), ids.DECISION_CONFIRM, decision, style="primary")


def buttons(view: DecisionView, say: Say) -> Block:
    """What can be done with a decision from its card."""
    decision, ways = view.decision, []
    if view.is_open:
        ways = [confirm_button(decision, say), decision_button(say("decision-object"), ids.DECISION_OBJECT, decision)]
        label = say("decision-edit")
        if decision.status is DecisionStatus.OBJECTED:
            ways.append(decision_button(say("decision-withdraw"), ids.DECISION_WITHDRAW, decision))
            label = say("decision-reword")
        ways.append(decision_button(label, ids.DECISION_EDIT, decision))
    elif decision.status is DecisionStatus.IN_FORCE and view.successor is None:
        ways = [decision_button(say("decision-supersede"), ids.DECISION_SUPERSEDE, decision)]
    return actions(*ways, details_button(decision, say), *links(view, say))


def details_button(decision: Decision, say: Say) -> Block:
    """The button that shows the decision in full."""
    return decision_button(say("item-details"), ids.DECISION_DETAILS, decision)


def links(view: DecisionView, say: Say) -> list[Block]:
    """Buttons to the decision that it replaces and to the one that replaces it."""
    others = [one for one in (view.replaces, view.successor) if one]
    return [
        decision_button(say("decision-show", ref=ref(one)), f"{ids.DECISION_LINKED}-{n}", one)
        for n, one in enumerate(others)
    ]


def proposed(view: DecisionView, names: Sequence[Person], say: Say, *, may_confirm: bool) -> Post:
    """To who proposed it: how it was understood, who has to confirm, and a button if they may themselves."""
    who = ", ".join(map(named, names)) or "-"
    said = say("decision-made", decision=named_decision(view.decision))
    text = "\n".join([said, facts(view, say), say("decision-made-waits", names=who)])
    ways = [confirm_button(view.decision, say)] if may_confirm else []
    edit = decision_button(say("decision-edit"), ids.DECISION_EDIT, view.decision)
    return Post(text, [section(text), actions(*ways, edit, details_button(view.decision, say))])


def confirmed(view: DecisionView, side: str, say: Say) -> Post:
    """To who confirmed: for which side it was recorded, and the way back while there is one."""
    key = "decision-said-confirmed" if view.is_open else "decision-said-in-force"
    text = say(key, ref=ref(view.decision), side=escape(side))
    back = decision_button(say("item-undo"), ids.DECISION_TAKE_BACK, view.decision)
    ways = [back] if view.is_open else []
    return Post(text, [section(text), actions(*ways, details_button(view.decision, say))])


def objected(view: DecisionView, side: str, say: Say) -> Post:
    """To who objected: what that does, and the two ways on."""
    text = say("decision-said-objected", ref=ref(view.decision), side=escape(side))
    withdraw = decision_button(say("decision-withdraw"), ids.DECISION_WITHDRAW, view.decision)
    reword = decision_button(say("decision-reword"), ids.DECISION_EDIT, view.decision)
    return Post(text, [section(text), actions(withdraw, reword, details_button(view.decision, say))])


def taken_back(view: DecisionView, side: str, say: Say, *, tick_stays: bool = False) -> Post:
    """To who took something back: how the decision stands; after a button their ✅ may still be on the card."""
    text = say("decision-taken-back", ref=ref(view.decision), side=escape(side), state=state(view, say))
    if tick_stays:
        text += "\n" + say("decision-tick-stays")
    return Post(text, [section(text), actions(details_button(view.decision, say))])


def answer(view: DecisionView, key: str, say: Say) -> Post:
    """A sentence about a decision (its number is the only argument), and how it stands."""
    text = f"{say(key, ref=ref(view.decision))}\n{summary(view, say)}"
    return Post(text, [section(text), actions(details_button(view.decision, say))])


def reworded_meanwhile(view: DecisionView, say: Say) -> Post:
    """To who confirmed or objected to an earlier wording: nothing was counted, and this is what it says now."""
    opening = say("decision-reworded-meanwhile", ref=ref(view.decision))
    return Post(f"{opening}\n{summary(view, say)}", [section(opening), *told(view, say), buttons(view, say)])


def awaits(view: DecisionView, person: Person, side: str, say: Say, *, is_own: bool) -> Post:
    """To who may confirm (or, for somebody without Slack, to who looks after the side): a decision awaits the side."""
    key = "decision-awaits" if is_own else "decision-awaits-for"
    opening = say(key, side=escape(side), who=named(person), by=named(view.recorder))
    object_to = decision_button(say("decision-object"), ids.DECISION_OBJECT, view.decision)
    ways = actions(confirm_button(view.decision, say), object_to, details_button(view.decision, say))
    how = context(say("decision-awaits-how"))
    return Post(f"{opening}\n{named_decision(view.decision)}", [section(opening), *told(view, say), how, ways])


def news(view: DecisionView, say: Say) -> Post:
    """In the card's thread: the decision has come into force, is objected to, or was replaced."""
    objections = [word(one, view, say) for one in view.words if one.vote and not one.confirms]
    said, is_link = state(view, say), view.decision.status is DecisionStatus.SUPERSEDED
    lines = [said if is_link else say("decision-news", ref=ref(view.decision), state=said), *objections[:2]]
    return Post("\n".join(lines), [section(line) for line in lines])


def review(view: DecisionView, say: Say) -> Post:
    """The review date has come."""
    on = dates.day(say, view.decision.review_on) if view.decision.review_on else ""
    text = say("decision-review-due", on=on, decision=named_decision(view.decision))
    supersede = decision_button(say("decision-supersede"), ids.DECISION_SUPERSEDE, view.decision)
    ways = [] if view.successor else [supersede]
    return Post(text, [section(text), actions(*ways, details_button(view.decision, say))])


def mention(decision: Decision, user_ids: Sequence[str], say: Say) -> Post:
    """For people whom the bot cannot write to: nothing of what the direct message said, only where to look. It does ping."""
    text = say("decision-mention", who=" ".join(f"<@{one}>" for one in user_ids), ref=ref(decision))
    return Post(text, [section(text)])


def _sides(words: Sequence[Word]) -> str:
    return ", ".join(escape_within(one.side.name, NAME_SHOWN) for one in words)
