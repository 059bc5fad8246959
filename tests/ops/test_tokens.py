"""Tokens that expire: refreshed in time, once, by one of several processes, and not lost when something goes wrong."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from datetime import datetime, timedelta
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_sdk import WebClient

from bot.wiring import machine_time
from config.settings import Settings
from handlers.tokens import CLAIM, EARLY, Tokens
from playground import Workspace
from storage import installations, schema
from storage.database import Database
from storage.installations import Installed
from storage.seal import Seal, is_sealed, new_key
from storage.tables import Installation
from tests import cast

LIFE = timedelta(hours=12)
SEAL = Seal([new_key()])


class Process:
    """What one process of the bot has: its own connections, the same database."""

    def __init__(self, url: str, api_url: str) -> None:
        self.database, self.ahead = Database(url), timedelta()
        app = Settings(_env_file=None, SLACK_CLIENT_ID="1.2", SLACK_CLIENT_SECRET="client-secret-of-the-tests").apps
        self.tokens = Tokens(self.database, SEAL, app, api_url, self.now)

    def now(self) -> datetime:
        return machine_time() + self.ahead


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    manifest = deepcopy(cast.manifest_file())
    manifest["settings"]["token_rotation_enabled"] = True
    with Workspace(cast.world(manifest, connect=True)) as workspace:
        yield workspace
        assert workspace.violations == []


@pytest.fixture
def processes(database_url: str, workspace: Workspace) -> Iterator[list[Process]]:
    """Two, and an installation whose token is twelve hours good."""
    made = [Process(database_url, workspace.api_url) for _ in range(2)]
    schema.upgrade(made[0].database)
    code = WebClient(base_url=workspace.api_url).oauth_v2_access(
        client_id="1.2", client_secret="client-secret-of-the-tests", code=code_for_the_county(workspace)
    )
    found = Installed(
        team_id=cast.COUNTY,
        team_name="영광군",
        bot_user_id=code["bot_user_id"],
        bot_id=None,
        bot_token=code["access_token"],
        scopes=code["scope"],
        refresh_token=code["refresh_token"],
        expires_at=machine_time() + LIFE,
    )
    with made[0].database.transaction() as session:
        installations.remember(session, found, SEAL, machine_time(), is_anew=True)
    yield made
    for process in made:
        process.database.close()


def code_for_the_county(workspace: Workspace) -> str:
    """As Slack's page gives it when somebody allows the installation."""
    lead = cast.PEOPLE["county lead"][0]
    answer = HTTPConnection(workspace.url.removeprefix("http://"))
    answer.request(
        "GET", f"/oauth/v2/authorize?client_id=1.2&scope=chat:write&redirect_uri=http://127.0.0.1/x&allow={lead}"
    )
    target = answer.getresponse().headers["Location"]
    answer.close()
    return parse_qs(urlsplit(target).query)["code"][0]


def known(process: Process) -> Installation:
    with process.database.reading() as session:
        return session.get_one(Installation, 1)


def refreshes(workspace: Workspace) -> int:
    return sum(call["arguments"].get("grant_type") == "refresh_token" for call in workspace.calls)


def works(workspace: Workspace, token: str) -> bool:
    return bool(WebClient(token, base_url=workspace.api_url).auth_test()["ok"])


def test_a_token_that_lasts_is_used_as_it_is(processes: list[Process], workspace: Workspace):
    processes[0].ahead = LIFE - EARLY - timedelta(minutes=1)

    assert works(workspace, processes[0].tokens(known(processes[0])))
    assert refreshes(workspace) == 0


def test_of_all_threads_and_processes_one_refreshes(processes: list[Process], workspace: Workspace):
    stale = known(processes[0])
    for process in processes:
        process.ahead = LIFE - EARLY + timedelta(minutes=1)

    with ThreadPoolExecutor(8) as threads:
        given = set(threads.map(lambda number: processes[number % 2].tokens(stale), range(16)))

    assert refreshes(workspace) == 1
    assert len(given) <= 2  # the old one, good for two hours, and the new one
    assert all(works(workspace, token) for token in given)
    after = known(processes[0])
    assert is_sealed(after.bot_token)
    assert is_sealed(after.refresh_token or "")
    assert after.expires_at
    assert after.expires_at > processes[0].now() + LIFE - timedelta(minutes=2)
    assert {process.tokens(stale) for process in processes} == {SEAL.open(after.bot_token)}


def test_with_an_expired_token_everybody_waits_for_the_new_one(processes: list[Process], workspace: Workspace):
    stale = known(processes[0])
    for process in processes:
        process.ahead = LIFE + timedelta(hours=30)

    with ThreadPoolExecutor(6) as threads:
        given = set(threads.map(lambda number: processes[number % 2].tokens(stale), range(6)))

    assert refreshes(workspace) == 1
    assert given == {SEAL.open(known(processes[0]).bot_token)}


def test_who_died_after_the_claim_is_followed_by_another(processes: list[Process], workspace: Workspace):
    first, second = processes
    first.ahead = second.ahead = LIFE - EARLY + timedelta(minutes=1)
    before = known(first)
    with first.database.transaction() as session:  # claimed, then killed
        assert installations.claim_refresh(session, before, first.now(), first.now() + CLAIM)

    assert second.tokens(before) == SEAL.open(before.bot_token)  # meanwhile the old one is used
    assert refreshes(workspace) == 0
    second.ahead += CLAIM + timedelta(seconds=1)

    assert second.tokens(before) != SEAL.open(before.bot_token)
    assert refreshes(workspace) == 1


def test_when_slack_is_away_the_token_is_used_and_asked_for_later(processes: list[Process], workspace: Workspace):
    process = processes[0]
    process.ahead = LIFE - EARLY + timedelta(minutes=1)
    before = known(process)
    workspace.fault(method="oauth.v2.access", kind="drop_before")

    assert works(workspace, process.tokens(before))
    assert process.tokens(before) == SEAL.open(before.bot_token)
    assert refreshes(workspace) == 1
    process.ahead += CLAIM + timedelta(seconds=1)

    assert process.tokens(before) != SEAL.open(before.bot_token)
    assert known(process).refresh_error is None


def test_when_the_answer_is_lost_the_token_works_on_and_the_operator_hears_why(
    processes: list[Process], workspace: Workspace
):
    """Slack gave new tokens to nobody: a refresh token has one use. There are two hours to install again."""
    process = processes[0]
    process.ahead = LIFE - EARLY + timedelta(minutes=1)
    before = known(process)
    assert before.expires_at
    assert before.expires_at - process.now() > timedelta(hours=1)
    workspace.fault(method="oauth.v2.access", kind="drop_after")
    process.tokens(before)
    process.ahead += CLAIM + timedelta(seconds=1)

    assert works(workspace, process.tokens(before))
    assert known(process).refresh_error == "invalid_refresh_token"


def test_a_new_installation_is_not_overwritten_by_an_older_refresh(processes: list[Process]):
    process = processes[0]
    before = known(process)
    anew = Installed(cast.COUNTY, "영광군", "U", None, "new", "", refresh_token="new", expires_at=machine_time() + LIFE)
    late = Installed(cast.COUNTY, "영광군", "U", None, "old", "", refresh_token="old", expires_at=machine_time())
    with process.database.transaction() as session:
        installations.remember(session, anew, SEAL, machine_time(), is_anew=True)
    with process.database.transaction() as session:
        installations.refreshed(session, before, late, SEAL)

    assert process.tokens(known(process)) == "new"
