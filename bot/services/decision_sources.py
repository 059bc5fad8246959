"""Decisions from messages: the form with what is known, and the offer of it."""

from bot.messages import decision_forms as forms
from bot.messages import item_sources as item_messages
from bot.messages.decision_forms import Fields
from bot.messages.post import Reply
from bot.services.askers import Asker
from bot.services.decision_lines import proposal_form, understood
from bot.services.item_sources import QUOTE_LIMIT, Written, may_offer, source_in
from bot.services.items import require_changer
from bot.services.work import Work


def form(work: Work, asker: Asker, written: Written) -> Reply:
    """The form for a new decision, filled in from the message; who is in several task forces chooses one first."""
    if asker.choices:
        kept = {"text": written.text[:QUOTE_LIMIT], "permalink": written.permalink}
        return Reply(view=forms.which_task_force(asker.choices, kept, asker.say))
    task_force, _ = require_changer(asker)
    line = understood(work, task_force, written.text)
    source = source_in(work, written)
    notes = [item_messages.quoted(source["quote"], asker.say)] if source["quote"] else []
    fields = Fields(line.text, line.decided_on, line.review_on, line.stream)
    view = proposal_form(work, asker, fields, notes, link=source["permalink"], quote=source["quote"])
    return Reply(view=view)


def offered(work: Work, asker: Asker, ts: str, writer: str | None) -> Reply:
    """Offer to record a decision from a message: to people of its channel's task force who may, and not of a bot's message."""
    channel = may_offer(work, asker, writer)
    return Reply(
        item_messages.offer_decision(channel.task_force_id, channel.channel_id, ts, asker.say) if channel else None
    )
