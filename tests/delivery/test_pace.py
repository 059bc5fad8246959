"""The pace: never faster than Slack allows, hardly slower. Slack's side of it is the local workspace's own limits."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config.slack import Fate, SlackRulesError, read, rules
from handlers import pace
from playground.limits import PER_MINUTE, TIERS, Limits
from storage.database import Database
from tests.delivery.office import Office, install, opened

pytestmark = pytest.mark.timeout(180)  # these wait for what takes its time

NOW = datetime(2026, 11, 23, tzinfo=UTC)
STEP = timedelta(milliseconds=100)


@pytest.fixture
def database(database_url: str):
    database = Database(database_url)
    install(database)
    yield database
    database.close()


@pytest.mark.parametrize("method", ["chat.update", "reactions.add", "pins.add", "conversations.history"])
def test_a_method_is_called_as_often_as_its_tier_says(database: Database, method: str):
    """Five simulated minutes of a bot that would always call, looked at every tenth of a second."""
    limits, made, now = Limits(True), 0, NOW
    with database.transaction() as session:
        while now < NOW + timedelta(minutes=5):
            wait = pace.book(session, 1, method, now)
            if wait is None:
                assert limits.wait("A", "T", method, None, now.timestamp()) == 0, f"a 429 at {now - NOW}"
                made += 1
            now = wait or now + timedelta(milliseconds=1)
    allowed = 5 * PER_MINUTE[TIERS[method]]
    assert 0.95 * allowed <= made <= 1.05 * allowed


def test_a_channel_gets_one_message_a_second(database: Database):
    limits, made, now, free_at = Limits(True), 0, NOW, None
    while now < NOW + timedelta(minutes=4):
        if free_at is None or free_at <= now:
            assert limits.wait("A", "T", "chat.postMessage", "C1", now.timestamp()) == 0, f"a 429 at {now - NOW}"
            made, free_at = made + 1, pace.next_message_at(free_at, now)
        now += STEP * 1.7
    assert made >= 0.95 * 240


def test_after_a_429_nothing_is_called_before_its_time(database: Database):
    with database.transaction() as session:
        pace.book(session, 1, "chat.update", NOW)
        pace.hold(session, 1, "chat.update", NOW + timedelta(seconds=30), NOW)
        assert pace.book(session, 1, "chat.update", NOW + timedelta(seconds=29)) == NOW + timedelta(seconds=30)
        assert pace.book(session, 2, "chat.update", NOW) is None, "another installation is not concerned"
        assert pace.book(session, 1, "chat.update", NOW + timedelta(seconds=30)) is None


def test_processes_share_one_pace(database: Database):
    """What one transaction books, the next one sees: the pace is in the database."""
    booked = []
    for _ in range(20):
        with database.transaction() as session:
            booked.append(pace.book(session, 1, "chat.update", NOW) is None)
    assert booked == [True] * 5 + [False] * 15


@pytest.mark.slow
def test_no_429_comes_from_us_while_limits_are_enforced(sqlite_tables_url: str, monkeypatch: pytest.MonkeyPatch):
    """It waits for what Slack allows, on one engine: that both book alike is shown above."""
    with opened(sqlite_tables_url, monkeypatch, limits=True, channels=4) as office:
        busy(office)
        office.done(50)
        assert [refusal for refusal in office.workspace.refusals if refusal["error"] == "ratelimited"] == []
        assert all(len(office.texts(f"C{number}")) == 4 for number in range(1, 5))


def busy(office: Office) -> None:
    """More at once than Slack takes: messages in four channels, and changes of cards."""
    office.deliver(4)
    for number in range(4):
        for channel in range(1, 5):
            office.say(f"{channel}-{number}", f"{number}", kind="card", to=f"C{channel}")
    for number in range(8):
        office.say(f"1-{number % 4}", f"changed {number}", kind="card", to="C1")


def test_every_method_has_its_tier():
    per_minute = {method: PER_MINUTE.get(TIERS[method], 300) for method in rules().per_minute}
    assert rules().per_minute == per_minute


def test_an_error_that_is_not_listed_is_a_refusal():
    assert rules().fate_of("never_seen") is Fate.REFUSED
    assert rules().fate_of("internal_error") is Fate.DOUBTFUL


@pytest.mark.parametrize(
    ("change", "problem"),
    [(("lost = [", 'lost = ["internal_error", '), "twice"), (('"pins.add" = 20', '"pins.add" = 0'), "never be called")],
)
def test_a_file_that_cannot_be_right_is_refused(tmp_path: Path, change: tuple[str, str], problem: str):
    shipped = (Path(__file__).parents[2] / "config" / "slack.toml").read_text(encoding="utf-8")
    assert change[0] in shipped
    (tmp_path / "slack.toml").write_text(shipped.replace(*change), encoding="utf-8")
    with pytest.raises(SlackRulesError, match=problem):
        read(tmp_path / "slack.toml")
