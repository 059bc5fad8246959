"""The sweep: after every gap without connection, the reactions on cards as Slack shows them now.

What differs from what is known goes the way that events go. Paced, so that many cards take minutes, the newest first.
"""

import threading
from datetime import timedelta
from functools import partial

import structlog

from bot.services.reactions import TAKERS, apply_reaction, say_later, subject_id
from bot.services.settings import done_emoji
from bot.services.speakers import AGAIN, LOST
from config import emoji
from config.slack import Fate
from handlers import meeting_sweep, pace
from handlers.calls import Outcome, attempt, seen_at
from handlers.deps import Deps
from storage import installations, reactions
from storage import meetings as storage_meetings
from storage.outbox import lane_to
from storage.reactions import Press
from storage.tables import Installation, Meeting, Posting

log = structlog.get_logger()
METHOD = "reactions.get"
LATELY = timedelta(days=7)  # a ✅ that was taken away while nobody heard it opens an item again that was closed since
TRIES = 3
SETTLED_S = 1.0  # Slack says in whole seconds when it looked: what was heard just before a gap would seem newer
PLACED_S, PLACED_TRIES = 2.0, 60  # a card in doubt is looked for after half a minute


class Sweep:
    """One thread that sweeps whenever it is asked to; asked while it sweeps, it does so once more."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="sweep", daemon=True)

    def start(self) -> None:
        """Be ready to sweep."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the card in hand."""
        self._stopping.set()
        self._wanted.set()
        self._thread.join()

    def request(self) -> None:
        """There was a gap: sweep now."""
        self._wanted.set()

    def _work(self) -> None:
        while self._wanted.wait() and not self._stopping.wait(SETTLED_S):
            self._wanted.clear()
            try:
                self.run()
            except Exception:  # the database may be away; the next gap asks again
                log.exception("sweep-failed")

    def run(self) -> None:
        """Look at every card that counts."""
        with self._deps.database.reading() as session:
            since = self._deps.clock() - LATELY
            cards = [card for kind, taker in TAKERS.items() for card in taker.cards(session, kind, since)]
            threads = [*storage_meetings.heard(session), *storage_meetings.recorded_since(session, since)]
            unplaced = storage_meetings.unplaced(session)
        for meeting in threads:
            self._read(meeting)
        for card in cards:
            for _ in range(TRIES):
                if self._stopping.is_set() or self._look_at(card):
                    break
        log.info("swept", cards=len(cards), threads=len(threads))
        self._read_later({meeting.id for meeting in unplaced})

    def _read_later(self, unplaced: set[int | None]) -> None:
        """Threads of meetings whose cards were on their way, as soon as those are found."""
        for _ in range(PLACED_TRIES):
            if not unplaced or self._stopping.wait(PLACED_S):
                return
            with self._deps.database.reading() as session:
                placed = [meeting for meeting in storage_meetings.heard(session) if meeting.id in unplaced]
            for meeting in placed:
                self._read(meeting)
                unplaced.discard(meeting.id)

    def _read(self, meeting: Meeting) -> None:
        """What was written in a meeting's thread meanwhile, and pressed on messages beside it."""
        for look in meeting_sweep.LOOKS:
            for _ in range(TRIES):
                seen = look(self._deps, meeting, self._stopping)
                if seen.is_whole or self._stopping.is_set():
                    break
                if seen.is_refused:
                    log.warning("thread-not-read", meeting=meeting.id, error=seen.error)
                    break

    def _look_at(self, card: Posting) -> bool:
        """False if Slack did not answer and should be asked again."""
        if not pace.take_turn(self._deps, card.installation_id, METHOD, self._stopping):
            return True
        with self._deps.database.reading() as session:
            installation = session.get_one(Installation, card.installation_id)
        client = self._deps.slack.client(installation)
        began = self._deps.machine_clock()
        outcome = attempt(METHOD, partial(client.reactions_get, channel=card.channel_id, timestamp=card.ts, full=True))
        if outcome.fate in (Fate.AGAIN, Fate.DOUBTFUL):
            pace.rest(self._deps, card.installation_id, outcome)
            return False
        if outcome.fate is Fate.LOST:
            self._lost(card)
        elif outcome.is_done:
            self._compare(card, installation, outcome, seen_at(outcome, began, self._deps.machine_clock()))
        else:
            log.warning("card-not-seen", channel=card.channel_id, ts=card.ts, error=outcome.error)
        return True

    def _compare(self, card: Posting, installation: Installation, outcome: Outcome, at: str) -> None:
        with self._deps.database.reading() as session:
            known = {(one.user_id, one.emoji) for one in reactions.on(session, card.channel_id, card.ts)}
            bots = installations.bot_users(session)
            own = done_emoji(session, card.channel_id)
        there, complete = _there(outcome, {*own, *(name for _, name in known)})
        there = {(user_id, name) for user_id, name in there if user_id not in bots}
        gone = known - there if complete else set()
        if there == known:
            return
        for user_id in {user_id for user_id, _ in there - known}:
            self._deps.profiles.refresh(user_id, installation)
        with self._deps.work() as work:
            for user_id, name in sorted(there | gone):
                press = Press(card.channel_id, card.ts, user_id, name, (user_id, name) in there, at)
                say_later(work, card.installation_id, apply_reaction(work, press))

    def _lost(self, card: Posting) -> None:
        """The message is gone. The card of something open is posted again."""
        with self._deps.work() as work:
            work.session.get_one(Posting, card.id).lost_at = work.now
            if TAKERS[card.kind].is_open(work.session, subject_id(card)):
                lane = lane_to(work.session, card.installation_id, card.channel_id)
                work.queue(lane, card.kind, card.subject, {AGAIN: LOST})


def _there(outcome: Outcome, names: set[str]) -> tuple[set[tuple[str, str]], bool]:
    """Who has put which meaningful emoji on the message, and whether Slack named everybody. `names` count as well."""
    found = outcome.answer["message"].get("reactions", [])
    shown = [one for one in found if emoji.meaning(one["name"]) or emoji.bare(one["name"]) in names]
    there = {(user, emoji.bare(one["name"])) for one in shown for user in one["users"]}
    return there, all(one["count"] == len(one["users"]) for one in shown)
