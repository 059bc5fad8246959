"""How people and the roster look in Slack."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.messages import ids
from bot.messages.blocks import actions, button, context, header, option, plain, section
from bot.messages.escape import escape, escape_within
from bot.messages.menu import menu_button
from bot.messages.post import Block, Post
from bot.rules.roster import change_roster
from config.words import Say
from storage.tables import Person, PersonState, Role, Side

PAGE = 12  # people: a section holds 3,000 characters
LINE = 200
MOST_WAITING = 8
MOST_OPTIONS = 100  # Slack's, for a select


@dataclass(frozen=True)
class RosterView:
    """A task force's roster as one of its people sees it. `people` by sides; `reachable`: ids of those who have Slack."""

    name: str
    sides: Sequence[Side]
    people: Sequence[Person]
    reachable: set[int]
    viewer: Person
    planned: Sequence[Post] = ()  # handovers of the viewer's side that wait for their day
    refusing: Collection[
        int
    ] = ()  # ids of those to whom Slack lets nothing be sent: of the side that the viewer looks after

    def of_side(self, side: Side, people: Sequence[Person]) -> list[Person]:
        """Those of `people` who are on the side, by role; who asks to join comes last."""
        order = list(Role)
        mine = [one for one in people if one.side_id == side.id]
        return sorted(mine, key=lambda one: (one.state is PersonState.PENDING, order.index(one.role)))

    def waiting(self) -> list[Person]:
        """Those whom the viewer may let in."""
        asking = [one for one in self.people if one.state is PersonState.PENDING]
        return [one for one in asking if change_roster(self.viewer, one.side_id) is None]

    def may_change(self) -> bool:
        return change_roster(self.viewer, self.viewer.side_id) is None


def role_word(say: Say, role: Role, side: Side | None = None) -> str:
    """The role in the person's language, or what the side calls it; not escaped yet."""
    return ((side.role_labels or {}).get(role) if side else None) or say(f"role-{role}")


def name_and_title(person: Person) -> str:
    """Name and position as offices write them, not escaped yet; never a Slack display name."""
    return f"{person.name} {person.job_title}".strip()


def join_button(say: Say) -> Block:
    """The button that opens the form which joins a side."""
    return button(say("join-button"), f"{ids.RUN}-join", "join", style="primary")


def roster_page(say: Say, view: RosterView, page: int) -> Post:
    """One page of the roster, from 1; a page that is not there is the last one. Whoever may gets the buttons."""
    ordered = [person for side in view.sides for person in view.of_side(side, view.people)]
    pages = max(1, -(-len(ordered) // PAGE))
    page = min(max(page, 1), pages)
    shown = ordered[(page - 1) * PAGE : page * PAGE]
    parts = [_side(say, view, side, shown) for side in view.sides if any(one.side_id == side.id for one in shown)]
    title = say("roster-title", name=view.name)
    blocks = [header(title), *map(section, parts)]
    if pages > 1:
        blocks.append(context(say("roster-page", page=page, pages=pages)))
    if any(one.id in view.refusing for one in shown):
        blocks.append(context(say("roster-no-messages-note")))
    blocks += [
        *(block for one in view.planned for block in one.blocks),
        *_waiting(say, view),
        *_buttons(say, view, page, pages),
    ]
    return Post("\n".join([escape(title), *parts, *(one.text for one in view.planned)]), blocks)


def decide_buttons(say: Say, person: Person) -> Block:
    """Let somebody in, or not."""
    approve = button(say("join-approve"), ids.JOIN_APPROVE, person.id, style="primary")
    return actions(approve, button(say("join-reject"), ids.JOIN_REJECT, person.id, style="danger"))


def _side(say: Say, view: RosterView, side: Side, shown: Sequence[Person]) -> str:
    total = sum(one.side_id == side.id and one.state is PersonState.ACTIVE for one in view.people)
    heading = say("roster-side", side=escape(side.name), count=total)
    lines = [_line(say, person, side, view) for person in view.of_side(side, shown)]
    return "\n".join([heading, *lines])


def _line(say: Say, person: Person, side: Side, view: RosterView) -> str:
    who = name_and_title(person)
    if person.department:
        who = f"{who} · {person.department}"
    role = escape(role_word(say, person.role, side))
    line = say("roster-person", role=role, who=escape_within(who, LINE))
    if person.state is PersonState.PENDING:
        return say("roster-pending", line=line)
    if person.id in view.refusing:
        return say("roster-no-messages", line=line)
    return line if person.id in view.reachable else say("roster-without-slack", line=line)


def _waiting(say: Say, view: RosterView) -> list[Block]:
    waiting = view.waiting()
    blocks: list[Block] = []
    for person in waiting[:MOST_WAITING]:
        blocks += [section(say("roster-asks", who=escape(name_and_title(person)))), decide_buttons(say, person)]
    if len(waiting) > MOST_WAITING:
        blocks.append(context(say("roster-more-ask", count=len(waiting) - MOST_WAITING)))
    return blocks


def _buttons(say: Say, view: RosterView, page: int, pages: int) -> list[Block]:
    buttons = []
    if page > 1:
        buttons.append(button(say("page-before"), f"{ids.RUN}-roster_before", f"roster {page - 1}"))
    if page < pages:
        buttons.append(button(say("page-after"), f"{ids.RUN}-roster_after", f"roster {page + 1}"))
    buttons.append(button(say("handover-open"), f"{ids.RUN}-handover", "handover"))
    buttons.append(button(say("roster-me"), f"{ids.RUN}-member_me", "member me"))
    if not view.may_change():
        return [actions(*buttons, menu_button(say))]
    buttons.append(button(say("roster-add"), f"{ids.RUN}-member_add", "member add"))
    return [actions(_chooser(say, view)), actions(*buttons, menu_button(say))]


def _chooser(say: Say, view: RosterView) -> Block:
    """Own people to change: whoever may change them is among them, so that there is always one."""
    own = [one for one in view.people if one.side_id == view.viewer.side_id and one.state is PersonState.ACTIVE]
    return {
        "type": "static_select",
        "action_id": ids.MEMBER_EDIT,
        "placeholder": plain(say("roster-change"), 150),
        "options": [option(name_and_title(one), one.id) for one in own[:MOST_OPTIONS]],
    }
