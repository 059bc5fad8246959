"""Short ways to have a decision proposed, its card posted, and buttons about it pressed."""

from typing import Any

from sqlmodel import col, select

from bot.messages import ids
from bot.messages.decision_forms import Fields
from bot.messages.post import Reply
from bot.services import decisions, posts
from bot.services.askers import Surface
from handlers import decisions as handler
from playground import blocks
from storage import history
from storage.decisions import by_number
from storage.tables import Decision, Posting
from tests.services.asking import ask
from tests.services.team import CARD_TS, CHANNEL, Team, text_of

TEXT = "셔틀은 2027년 3월부터 운행한다"


def proposed(team: Team, handle: str = "gist owner", line: str = TEXT, ts: str = CARD_TS) -> Decision:
    """A decision with its card in the channel."""
    ask(team, handle, f"결정 {line}")
    with team.work() as work:
        made = work.session.exec(select(Decision).order_by(col(Decision.id).desc())).first()
        assert made
        posting = Posting(
            installation_id=1,
            channel_id=CHANNEL,
            ts=ts,
            kind=decisions.CARD,
            subject=str(made.id),
            posted_at=team.machine_now,
        )
        work.session.add(posting)
        hook = posts.kinds()[decisions.CARD].on_posted
        assert hook
        hook(work, posting)
        number = made.number
    return the(team, number)


def the(team: Team, number: int = 1) -> Decision:
    """The decision as it is now."""
    with team.database.reading() as session:
        found = by_number(session, 1, number)
    assert found
    return found


def agreed(team: Team, number: int = 1) -> Decision:
    """Both leads confirm."""
    ask(team, "gist lead", f"확인 R-{number}")
    ask(team, "county lead", f"확인 R-{number}")
    return the(team, number)


def card(team: Team, number: int = 1) -> str:
    """Everything that can be read on its card, as Slack takes it."""
    shown = [row for row in team.queued(decisions.CARD) if row.subject == str(the(team, number).id)]
    post = team.rendered(shown[-1])
    assert post
    blocks.check_message(post.blocks)
    return text_of(post)


def told_once(team: Team, kind: str) -> list[str]:
    """To whom something of a kind will be said, if it is still true."""
    return sorted(row.user_id or "" for row in team.queued(kind) if team.rendered(row))


def acts(team: Team, number: int = 1) -> list[str]:
    """The history, oldest first."""
    with team.database.reading() as session:
        return [change.act for change in history.of(session, ("decision", the(team, number).id or 0))]


def press(team: Team, handle: str, button: dict[str, Any], channel: str | None = CHANNEL) -> Reply:
    """Somebody presses a button about a decision."""
    _, decision_id, more = ids.read_item_value(button["value"])
    act = handler.BUTTONS[ids.without_number(button["action_id"])]
    with team.work() as work:
        return handler.on_decision(act, work, team.asker(work, handle, Surface.BUTTON, channel), decision_id, more)


def send(team: Team, handle: str, memory: dict[str, Any], fields: Fields) -> Reply:
    """Somebody sends the form."""
    with team.work() as work:
        return handler.submitted(work, team.asker(work, handle, Surface.FORM), memory, fields)
