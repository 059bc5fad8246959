"""Two owners at work in the local workspace while the bot is killed again and again; and what must be true afterwards."""

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from slack_sdk import WebClient
from sqlmodel import col, select

from bot.services.items import ASSIGNED, CARD
from playground import Workspace
from storage.database import Database
from storage.outbox import WAITING
from storage.tables import Item, ItemStatus, OutboxRow, OutboxState, Posting
from tests.cast import BOT, CHANNEL, PEOPLE
from tests.windows import Message, Window

GIST_OWNER, COUNTY_OWNER = (PEOPLE[handle][0] for handle in ("gist owner", "county owner"))
DUE = date.today() + timedelta(days=30)  # noqa: DTZ011, TID251  # any day ahead
CHECK = "white_check_mark"


@dataclass
class Story:
    """What people did, and whether the bot said that it is done."""

    workspace: Workspace
    database: Database
    chance: random.Random
    added: dict[str, bool] = field(default_factory=dict)  # title → acknowledged
    reacted: int = 0

    def window(self, user: str) -> Window:
        return Window(self.workspace.url, user, "A0TFT", BOT, CHANNEL)

    # what people do

    def act(self) -> list[threading.Thread]:
        """Begin a few acts at about the same time, as people do."""
        acts = [*[self.add] * (self.chance.random() < 0.5), *[self.toggle] * 3]
        threads = [threading.Thread(target=self._soon(act, self.chance.uniform(0, 1.2))) for act in acts]
        for thread in threads:
            thread.start()
        return threads

    def _soon(self, act: Callable[[], None], after_s: float) -> Callable[[], None]:
        def run() -> None:
            time.sleep(after_s)
            act()

        return run

    def add(self) -> None:
        """`/tft add`: the answer may never come, when the bot was killed on the way."""
        title = f"공동 과제 {len(self.added) + 1:04}"
        self.added[title] = False
        line = f"/tft add {title} <@{GIST_OWNER}> <@{COUNTY_OWNER}> {DUE:%Y-%m-%d}"
        try:
            self.window(PEOPLE["gist secretary"][0]).command(line)
        except AssertionError:  # "the app did not respond"
            return
        self.added[title] = True

    def toggle(self) -> None:
        """An owner puts ✅ on some card, or takes it away."""
        user = self.chance.choice([GIST_OWNER, COUNTY_OWNER])
        window = self.window(user)
        cards = [message for message in window.messages() if "공동 과제" in message.text and message.raw.get("bot_id")]
        if not cards:
            return
        card = self.chance.choice(cards[-6:])
        pressed = user in card.reactions().get(CHECK, [])
        try:
            (window.unreact if pressed else window.react)(card, CHECK)
        except AssertionError:  # the card was taken away, or somebody was quicker
            return
        self.reacted += 1

    # what must be true

    def is_quiet(self) -> bool:
        """Nothing is on its way, in either direction."""
        with self.database.reading() as session:
            waiting = session.exec(select(OutboxRow.id).where(col(OutboxRow.state).in_(WAITING)).limit(1)).first()
            again = session.exec(select(OutboxRow.id).where(col(OutboxRow.look_again_at).is_not(None)).limit(1)).first()
        return waiting is None and again is None and self._undelivered() == 0

    def _undelivered(self) -> int:
        async def count() -> int:
            return int(self.workspace.hub.db.value("SELECT COUNT(*) FROM deliveries"))

        return asyncio.run_coroutine_threadsafe(count(), self.workspace.hub.loop).result(10)

    def problems(self) -> list[str]:
        """Everything that is not as it must be."""
        with self.database.reading() as session:
            items = list(session.exec(select(Item)))
            rows = list(session.exec(select(OutboxRow)))
            standing = list(session.exec(select(Posting).where(col(Posting.lost_at).is_(None))))
        return [
            *self._of_adds(items),
            *self._of_posts(rows, standing),
            *(problem for item in items for problem in self._of_item(item, standing)),
            *(f"parked: {row.kind} {row.subject} {row.error}" for row in rows if row.state is OutboxState.PARKED),
            *(f"the workspace sent what Slack never sends: {one}" for one in self.workspace.violations),
        ]

    def _of_adds(self, items: list[Item]) -> list[str]:
        """What was acknowledged is there, nothing twice; what was not is wholly there or not at all."""
        there = Counter(item.title for item in items)
        lost = [title for title, acknowledged in self.added.items() if acknowledged and not there[title]]
        return [f"lost: {title}" for title in lost] + [
            f"doubled: {title}" for title, count in there.items() if count > 1
        ]

    def _of_posts(self, rows: list[OutboxRow], standing: list[Posting]) -> list[str]:
        """Each message of the bot that stands in Slack is recorded once, and the other way round."""
        in_slack = {(channel, message["ts"]): message for channel, message in self._messages()}
        keys = Counter(message["metadata"]["event_payload"]["key"] for message in in_slack.values())
        recorded = {(posting.channel_id, posting.ts) for posting in standing}
        known = {row.key for row in rows}
        return [
            *(f"doubled: {key}" for key, count in keys.items() if count > 1),
            *(f"posted by nobody: {key}" for key in keys if key not in known),
            *(f"not recorded: {in_slack[place]['text']}" for place in in_slack.keys() - recorded),
            *(f"recorded, but not there: {place}" for place in recorded - in_slack.keys()),
        ]

    def _of_item(self, item: Item, standing: list[Posting]) -> list[str]:
        """One card, which shows what the reactions on it say; one message for each owner."""
        cards = [one for one in standing if one.kind == CARD and one.subject == str(item.id)]
        if len(cards) != 1:
            return [f"{len(cards)} cards: {item.title}"]
        told = [one for one in standing if one.kind == ASSIGNED and one.subject.startswith(f"{item.id}:")]
        problems = [f"told {len(told)} times: {item.title}"] if len(told) > 2 else []
        message = next(one for one in self.window(GIST_OWNER).messages() if one.ts == cards[0].ts)
        return problems + self._of_card(item, message)

    def _of_card(self, item: Item, card: Message) -> list[str]:
        pressed = [user for user in (GIST_OWNER, COUNTY_OWNER) if user in card.reactions().get(CHECK, [])]
        status, shown = {
            0: (ItemStatus.OPEN, "진행 중"),
            1: (ItemStatus.OPEN, "GIST 완료 · 차례" if pressed == [GIST_OWNER] else "영광군 완료 · 차례"),
            2: (ItemStatus.CLOSED, "\n완료 · "),
        }[len(pressed)]
        problems = [] if item.status is status else [f"{item.title} is {item.status}, but {pressed} pressed"]
        seeded = BOT in card.reactions().get(CHECK, [])
        return [
            *problems,
            *([] if shown in card.text else [f"{item.title}: no {shown!r} on its card:\n{card.text}"]),
            *([] if seeded else [f"{item.title}: no first reaction"]),
        ]

    def _messages(self) -> list[tuple[str, dict[str, Any]]]:
        """The bot's messages from its outbox, in the channel and in every direct message."""
        client = WebClient("xoxb-test", self.workspace.api_url)
        with self.database.reading() as session:
            channels = set(session.exec(select(Posting.channel_id)))
        found = []
        for channel in channels | {CHANNEL}:
            for page in client.conversations_history(channel=channel, limit=200, include_all_metadata=True):
                found += [(channel, one) for one in page["messages"] if "metadata" in one]
        return found
