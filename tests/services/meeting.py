"""Short ways to hold a meeting: started, its card posted, lines as events bring them, buttons and forms."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.messages import ids
from bot.messages.post import Post, Reply
from bot.rules.meeting_off import screen_ends_off
from bot.rules.minutes import LineKind, Minutes, screen
from bot.services import meeting_lines, meetings, posts
from bot.services.askers import Surface, Who, find_asker
from bot.services.meeting_keeping import Said
from bot.services.meeting_minutes import minutes_of
from bot.services.refused import Refused
from handlers import meeting_forms as forms
from handlers import meetings as handler
from playground import blocks
from storage import meetings as stored
from storage.tables import Installation, Meeting, Posting
from tests.services.asking import ask
from tests.services.team import CHANNEL, WORDS, Team, text_of, user_of

THREAD = "1763856000.000100"


def begun(team: Team, handle: str = "gist member", line: str = "회의 시작 실무회의", ts: str = THREAD) -> Meeting:
    """A meeting with its card in the channel."""
    ask(team, handle, line)
    return card_recorded(team, ts)


def card_recorded(team: Team, ts: str = THREAD) -> Meeting:
    """Delivery has posted the card of the meeting that is held, and records where."""
    with team.work() as work:
        made = stored.live_in(work.session, CHANNEL)
        assert made
        posting = Posting(
            installation_id=1,
            channel_id=CHANNEL,
            ts=ts,
            kind=meetings.CARD,
            subject=str(made.id),
            posted_at=team.machine_now,
        )
        work.session.add(posting)
        hook = posts.kinds()[meetings.CARD].on_posted
        assert hook
        hook(work, posting)
        number = made.number
    return the(team, number)


def the(team: Team, number: int = 1) -> Meeting:
    """The meeting as it is now."""
    with team.database.reading() as session:
        found = stored.by_number(session, 1, number)
    assert found
    return found


def minutes(team: Team, number: int = 1) -> Minutes:
    """Its minutes as they are now."""
    with team.database.reading() as session:
        return minutes_of(session, the(team, number))


def ts_of(team: Team, step: int) -> str:
    """When the step-th message of a meeting was written, by Slack's clock."""
    return f"{(team.machine_now + timedelta(seconds=step)).timestamp():.6f}"


def say(team: Team, handle: str, *lines: str, number: int = 1) -> list[str]:
    """Somebody writes in the thread, each line later than the one before; gives the messages' ts."""
    written = []
    for line in lines:
        team.later(seconds=1)
        ts = ts_of(team, 0)
        tell(team, handle, Said(ts, the(team, number).thread_ts, user_of(handle), line), number)
        written.append(ts)
    return written


def edit(team: Team, handle: str, ts: str, text: str, number: int = 1) -> Reply:
    """Somebody edits a message."""
    team.later(seconds=1)
    thread_ts = the(team, number).thread_ts
    return tell(team, handle, Said(ts, thread_ts, user_of(handle), text, LineKind.CHANGED, ts_of(team, 0)), number)


def delete(team: Team, handle: str, ts: str, number: int = 1) -> Reply:
    team.later(seconds=1)
    thread_ts = the(team, number).thread_ts
    return tell(team, handle, Said(ts, thread_ts, user_of(handle), "", LineKind.DELETED, ts_of(team, 0)), number)


def tell(team: Team, handle: str, said: Said, number: int = 1) -> Reply:
    """An event arrives, screened as the middleware does it."""
    screened = screen(said.text)
    heard = Said(
        said.ts,
        said.thread_ts,
        said.writer,
        screened.text,
        said.kind,
        said.stamp,
        off_record=screened.off_record,
        not_disclosed=screened.not_disclosed,
        ends_off=screened.off_record and screen_ends_off(said.text),
    )
    return hear(team, handle, heard, number)


def hear(team: Team, handle: str, said: Said, number: int = 1) -> Reply:
    """The service hears it, screened before or not."""
    with team.work() as work:
        installation = work.session.exec(select(Installation)).one()
        asker = find_asker(work, Who(user_of(handle), CHANNEL, installation, Surface.MENTION))
        return checked(meeting_lines.hear(work, asker, the(team, number).id or 0, said))


def press(team: Team, handle: str, action_id: str, more: str = "", number: int = 1, key: str = "") -> Reply:
    """Somebody presses a button about the meeting."""
    team.presses += 1
    act = handler.BUTTONS[ids.without_number(action_id)]
    with team.work() as work:
        asker = team.asker(work, handle, Surface.BUTTON)
        return checked(
            handler.on_meeting(act, work, asker, the(team, number).id or 0, more, key or f"press:{team.presses}")
        )


def send(team: Team, handle: str, form: Mapping[str, Any], **answers: str) -> Reply:
    """Somebody fills in a form and sends it."""
    memory = json.loads(form["private_metadata"])
    values = {block["block_id"]: _value(block, answers) for block in form["blocks"] if block["type"] == "input"}
    team.later(seconds=1)
    with team.work() as work:
        asker = team.asker(work, handle, Surface.FORM)
        return checked(forms.FORMS[memory["what"]](work, asker, memory, values))


def _value(block: dict[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    element, given = block["element"], answers.get(block["block_id"])
    kind = element["type"]
    if kind == "static_select":
        chosen = next((one for one in element["options"] if one["value"] == given), element.get("initial_option"))
        return {element["action_id"]: {"selected_option": chosen}}
    if kind in ("datepicker", "timepicker"):
        name = kind.removesuffix("picker")
        return {element["action_id"]: {f"selected_{name}": given or element.get(f"initial_{name}")}}
    return {element["action_id"]: {"value": given if given is not None else element.get("initial_value")}}


def ended(team: Team, handle: str = "gist member") -> Meeting:
    say(team, handle, "회의 종료")
    return the(team)


def on_record(team: Team, handle: str = "gist member") -> Meeting:
    """Ended and put on record."""
    ended(team, handle)
    press(team, handle, ids.MEETING_RECORD)
    return the(team)


def confirmed(team: Team, *handles: str) -> Meeting:
    """These confirm the draft as it is."""
    for handle in handles:
        press(team, handle, ids.MEETING_CONFIRM, str(the(team).wording))
    return the(team)


def shown(team: Team, kind: str, number: int = 1) -> str:
    """Everything that can be read on the message of this kind about the meeting, as Slack takes it."""
    rows = [row for row in team.queued(kind) if row.subject.split(":")[0] == str(the(team, number).id)]
    assert rows, kind
    return text_of(posted(team, rows[-1]))


def posted(team: Team, row: Any) -> Post:
    post = team.rendered(row)
    assert post
    blocks.check_message(post.blocks)
    return post


def checked(reply: Reply) -> Reply:
    """A reply as Slack takes it."""
    if reply.post:
        blocks.check_message(reply.post.blocks)
    if reply.view:
        blocks.check_view(reply.view)
    return reply


def told(reply: Reply) -> str:
    return text_of(reply.post) if reply.post else ""


def refusal(team: Team, handle: str, line: str) -> str:
    """Why a line was refused, in Korean."""
    with pytest.raises(Refused) as raised:
        ask(team, handle, line)
    return WORDS.say("ko")(raised.value.key, **raised.value.args_of_key)
