"""The demo's past: what its people did is done again by the services that do it for anybody, each act at its own time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import delete, select

from bot.rules.roster import Details
from bot.rules.setup import ChannelPeople, SetupAnswers, SideAnswer
from bot.services import (
    confirmations,
    decision_votes,
    decisions,
    demo_budget,
    demo_meetings,
    item_endings,
    items,
    joining,
    roster,
)
from bot.services.askers import Asker, Surface, Who, find_asker
from bot.services.demo_paper import Message, Paper
from bot.services.items import Draft
from bot.services.reactions import apply_reaction
from bot.services.setup import set_up
from bot.services.turns import count_days
from bot.services.work import Work
from config.demo import Member, PastAct, PastDecision, PastItem, PastLine, PastWord, Story
from config.demo.world import dm
from storage import people
from storage.people import Profile
from storage.reactions import Press
from storage.tables import Account, Decision, Installation, Item, OutboxLane, OutboxRow, Person, Role, Side

Happening = tuple[datetime, Callable[[Work], None]]


def play(work: Work, story: Story, installation: Installation) -> dict[str, list[Message]]:
    """Do everything of the story until it starts, in order; gives each channel's messages as the workspace's world has them.

    Business time ends at `story.start`; machine time is as long before `work.machine_now` as business time is before that.
    """
    stage = Stage(story, installation, Paper(installation, story.facts["team"]["domain"]))
    for at, happen in sorted(stage.happenings(), key=lambda happening: happening[0]):
        then = replace(work, now=at, machine_now=work.machine_now - (story.start - at))
        happen(then)
        stage.paper.deliver(then)
    present = replace(work, now=story.start)
    stage.paper.refresh(present)
    count_days(present)
    for waiting in (OutboxRow, OutboxLane):
        work.session.execute(delete(waiting))
    return stage.paper.channels


@dataclass
class Stage:
    """The people of a story, and where they act."""

    story: Story
    installation: Installation
    paper: Paper
    made: dict[str, Item] = field(default_factory=dict)
    decided: dict[str, Decision] = field(default_factory=dict)

    @property
    def channel_id(self) -> str:
        """The task force's channel."""
        return str(next(channel["id"] for channel in self.story.facts["channels"] if channel.get("bound")))

    def happenings(self) -> Iterator[Happening]:
        """Everything that is done, in any order."""
        begin = self.story.facts["task_force"]["set_up_at"]
        yield begin, self.begin
        for minutes, member in enumerate(self._joiners(), start=1):
            yield begin + timedelta(minutes=minutes), partial(self.join, member)
        for line in self.story.chat:
            yield line.at, partial(self.say, line)
        for item in self.story.items:
            yield item.at, partial(self.add, item)
            for act in item.acts:
                yield act.at, partial(self.act, item, act)
        yield from demo_meetings.happenings(self, self.story.meetings)
        for past in self.story.budget:
            yield past.at, partial(demo_budget.add, self, past)
            for deed in past.acts:
                yield deed.at, partial(demo_budget.act, self, past, deed)
        for decision in self.story.decisions:
            yield decision.at, partial(self.propose, decision)
            for word in decision.words:
                yield word.at, partial(self.answer, decision, word)

    def begin(self, work: Work) -> None:
        """The channel gets its task force, and each side its lead."""
        for member in self.story.members:
            people.remember_profile(work.session, _profile(member, self.story), work.machine_now)
            account = people.account(work.session, member.id)
            account.dm_channel_id, account.dm_installation_id = dm(member.id), self.installation.id
        facts = self.story.facts["task_force"]
        sides = tuple(self._side(name) for name in facts["sides"])
        accounts = {account.user_id: account for account in work.session.exec(select(Account))}
        asker = self.asker(work, facts["set_up_by"])
        bot = self.installation.bot_user_id
        here = ChannelPeople({*accounts, bot}, accounts, asker.who.user_id, bot)
        set_up(work, asker, self.channel_id, SetupAnswers(facts["name"], sides), here)
        for member in self._leads():
            roster.write_details(self.person(work, member.handle), _details(member))

    def join(self, member: Member, work: Work) -> None:
        """Somebody asks to join, is let in by the side's lead, and gets a role."""
        asker = self.asker(work, member.handle)
        side = work.session.exec(select(Side).where(Side.name == member.side)).one()
        joining.ask(work, asker, side.id or 0, _details(member))
        lead = next(one for one in self._leads() if one.side == member.side)
        person = work.session.exec(select(Person).where(Person.name == member.name)).one()
        joining.decide(work, self.asker(work, lead.handle), person.id or 0, approve=True)
        if member.role != Role.MEMBER:
            old = roster.facts(person)
            person.role = Role(member.role or Role.MEMBER)
            roster.record(work, person, "role", self.person(work, lead.handle), old)

    def say(self, line: PastLine, work: Work) -> None:
        """Somebody writes in the channel."""
        self.paper.write(work, self.channel_id, self.id_of(line.by), line.text)

    def add(self, past: PastItem, work: Work) -> None:
        """Somebody adds an item."""
        owners = tuple(self.person(work, handle) for handle in past.owners)
        draft = Draft(past.title, owners, past.due, None, past.stream)
        self.made[past.title] = items.create(work, self.asker(work, past.by), draft)

    def act(self, past: PastItem, act: PastAct, work: Work) -> None:
        """Somebody does something with an item."""
        item, asker = self.made[past.title], self.asker(work, act.by)
        if act.done:
            confirmations.done(work, asker, item)
        elif act.reopen:
            confirmations.reopen(work, asker, item)
        elif act.note:
            item_endings.note(work, asker, item, act.note)
        elif act.cancel:
            item_endings.cancel(work, asker, item, act.cancel)
        else:
            emoji, is_put = (act.put, True) if act.put else (act.take or "", False)
            self._react(work, items.CARD, item.id, asker.who.user_id, emoji, is_put=is_put)

    def propose(self, past: PastDecision, work: Work) -> None:
        """Somebody puts a decision before the sides."""
        draft = decisions.Draft(past.text, past.decided_on, past.stream, past.review_on)
        self.decided[past.text] = decisions.propose(work, self.asker(work, past.by), draft)

    def answer(self, past: PastDecision, word: PastWord, work: Work) -> None:
        """Somebody confirms it for their side, or objects."""
        decision, asker = self.decided[past.text], self.asker(work, word.by)
        if word.object:
            decision_votes.object_to(work, asker, decision, word.object)
        else:
            self._react(work, decisions.CARD, decision.id, asker.who.user_id, word.put or "", is_put=True)

    def asker(self, work: Work, handle: str) -> Asker:
        """Somebody of the story at the door, as any handler would bring them."""
        return find_asker(work, Who(self.id_of(handle), self.channel_id, self.installation, Surface.COMMAND))

    def person(self, work: Work, handle: str) -> Person:
        """Somebody of the story in the roster."""
        found = self.asker(work, handle).person
        if found is None:
            raise LookupError(handle)
        return found

    def id_of(self, handle: str) -> str:
        """Their Slack user id."""
        return self.story.member(handle).id

    def _react(self, work: Work, kind: str, subject: int | None, user_id: str, emoji: str, *, is_put: bool) -> None:
        card = self.paper.posting(work.session, self.channel_id, kind, str(subject))
        self.paper.react(card.ts, user_id, emoji, is_put=is_put)
        stamp = f"{work.machine_now.timestamp():.6f}"
        apply_reaction(work, Press(card.channel_id, card.ts, user_id, emoji, is_put, stamp))

    def _leads(self) -> list[Member]:
        return [member for member in self.story.members if member.role == Role.LEAD]

    def _joiners(self) -> list[Member]:
        return [member for member in self.story.members if member.role not in (None, Role.LEAD)]

    def _side(self, name: str) -> SideAnswer:
        lead = next(member for member in self._leads() if member.side == name)
        return SideAnswer(name, lead.id, lead.name, Role.LEAD)


def _details(member: Member) -> Details:
    return Details(member.name, member.department, member.title, "")


def _profile(member: Member, story: Story) -> Profile:
    return Profile(
        user_id=member.id,
        team_id=story.facts["team"]["id"],
        name=member.name,
        locale=member.locale,
        zone="Asia/Seoul",
        is_bot=False,
        is_deleted=False,
        title=member.title,
    )
