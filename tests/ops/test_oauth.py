"""Installing by OAuth, as an administrator's browser walks it through the web application and Slack's page."""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from bot.wiring import build_apps, build_deps
from config.settings import Settings
from handlers.deps import Deps
from handlers.web import Web
from playground import Workspace
from storage import schema
from storage.database import Database
from storage.seal import Seal, is_sealed, new_key
from storage.tables import Installation, OAuthState
from tests import cast
from tests.ops.wsgi import ask

GIST_LEAD, COUNTY_LEAD = cast.PEOPLE["gist lead"][0], cast.PEOPLE["county lead"][0]


@dataclass
class Browser:
    """An administrator's browser: it keeps a cookie and follows links."""

    web: Web
    workspace: Workspace
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, query: str = "") -> tuple[str, str]:
        """Status and page."""
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        status, headers, page = ask(self.web, "GET", path, QUERY_STRING=query, HTTP_COOKIE=kept)
        if "set-cookie" in headers:
            name, _, value = headers["set-cookie"].partition(";")[0].partition("=")
            assert all(rule in headers["set-cookie"] for rule in ("HttpOnly", "Secure", "SameSite=Lax"))
            self.cookies[name] = value
        assert headers["cache-control"] == "no-store"
        return status, page.decode()

    def begin(self) -> str:
        """Open the page that installs; gives its link to Slack."""
        status, page = self.get("/slack/install")
        assert status == "200 OK"
        assert "TFT봇 설치" in page
        assert "Install the TFT bot" in page
        found = re.search(r'class="go" href="([^"]+)"', page)
        assert found
        return unescape(found.group(1))

    def allow(self, link: str, user: str) -> str:
        """Press "Allow" on Slack's page as somebody; gives the query of the address Slack sends back to."""
        assert link.startswith(self.workspace.url + "/oauth/v2/authorize?")
        parts = urlsplit(link)
        connection = HTTPConnection(parts.netloc)
        connection.request("GET", f"{parts.path}?{parts.query}&allow={user}")
        target = urlsplit(connection.getresponse().headers["Location"])
        connection.close()
        assert target.path == "/slack/oauth_redirect"
        return target.query

    def install(self, user: str) -> tuple[str, str]:
        return self.get("/slack/oauth_redirect", self.allow(self.begin(), user))


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    manifest = deepcopy(cast.manifest_file())
    manifest["oauth_config"]["redirect_urls"] = ["https://tft.example/slack/oauth_redirect"]
    manifest["settings"]["token_rotation_enabled"] = True
    with Workspace(cast.world(manifest, connect=True)) as workspace:
        yield workspace
        assert workspace.violations == []


def made(workspace: Workspace, url: str, **more: Any) -> Deps:
    told = {
        "SLACK_SIGNING_SECRET": "s",
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "client-secret-of-the-tests",
        "SLACK_API_URL": workspace.api_url,
        "TFT_SECRET_KEY": new_key(),
        **more,
    }
    return build_deps(Settings(_env_file=None, **told), Database(url))


@pytest.fixture
def deps(workspace: Workspace, database_url: str) -> Iterator[Deps]:
    deps = made(workspace, database_url)
    schema.upgrade(deps.database)
    yield deps
    deps.database.close()


@pytest.fixture
def browser(deps: Deps, workspace: Workspace) -> Browser:
    return Browser(Web(deps, build_apps(deps)), workspace)


def installed(deps: Deps) -> list[Installation]:
    with deps.database.reading() as session:
        return list(session.exec(select(Installation).order_by(Installation.team_id)))


def test_two_workspaces_install_the_app_and_their_tokens_are_sealed_and_work(browser: Browser, deps: Deps):
    for user, team in ((GIST_LEAD, "GIST"), (COUNTY_LEAD, "영광군")):
        status, page = browser.install(user)
        assert status == "200 OK"
        assert f"“{team}”에 TFT봇을 설치했습니다" in page
        assert "/invite @TFT봇" in page

    gist, county = installed(deps)
    assert (gist.team_id, county.team_id, county.app_id) == (cast.GIST, cast.COUNTY, "A0TFT")
    for one in (gist, county):
        assert is_sealed(one.bot_token)
        assert is_sealed(one.refresh_token or "")
        assert one.expires_at
        assert deps.slack.client(one).auth_test()["user_id"] == one.bot_user_id


def test_installing_again_brings_new_tokens_to_the_same_installation(browser: Browser, deps: Deps):
    browser.install(COUNTY_LEAD)
    (before,) = installed(deps)
    with deps.work() as work:
        work.session.get_one(Installation, before.id).removed_at = work.machine_now

    browser.install(COUNTY_LEAD)

    (after,) = installed(deps)
    assert (after.id, after.removed_at) == (before.id, None)
    assert after.installed_at > before.installed_at
    seal = Seal(deps.settings.secret_keys)
    assert seal.open(after.bot_token) != seal.open(before.bot_token)


def test_a_state_is_good_once(browser: Browser, deps: Deps):
    query = browser.allow(browser.begin(), COUNTY_LEAD)
    kept = dict(browser.cookies)
    assert browser.get("/slack/oauth_redirect", query)[0] == "200 OK"

    browser.cookies = kept
    status, page = browser.get("/slack/oauth_redirect", query)

    assert status == "400 Bad Request"
    assert "처음부터 다시" in page
    assert len(installed(deps)) == 1


def test_another_browser_cannot_use_it(browser: Browser, deps: Deps, workspace: Workspace):
    query = browser.allow(browser.begin(), COUNTY_LEAD)

    victim = Browser(browser.web, workspace)
    assert victim.get("/slack/oauth_redirect", query)[0] == "400 Bad Request"
    victim.begin()
    assert victim.get("/slack/oauth_redirect", query)[0] == "400 Bad Request"

    assert installed(deps) == []


def test_after_ten_minutes_one_begins_anew(browser: Browser, deps: Deps):
    query = browser.allow(browser.begin(), COUNTY_LEAD)
    with deps.work() as work:
        work.session.exec(select(OAuthState)).one().expires_at = work.machine_now - timedelta(seconds=1)

    status, page = browser.get("/slack/oauth_redirect", query)

    assert status == "400 Bad Request"
    assert "more than ten minutes old" in page
    assert installed(deps) == []


def test_who_does_not_allow_it_is_told_that_nothing_happened(browser: Browser, deps: Deps):
    state = re.search(r"state=([^&]+)", browser.begin())
    assert state

    status, page = browser.get("/slack/oauth_redirect", f"error=access_denied&state={state.group(1)}")

    assert status == "403 Forbidden"
    assert "설치하지 않았습니다" in page
    assert "Not installed" in page
    assert installed(deps) == []


def test_a_workspace_for_which_it_is_not_meant_is_left_again(deps: Deps, workspace: Workspace, database_url: str):
    for_gist = made(workspace, database_url, TFT_TEAMS=f"{cast.GIST}, T0OTHER")
    browser = Browser(Web(for_gist, build_apps(for_gist)), workspace)

    status, page = browser.install(COUNTY_LEAD)

    assert status == "403 Forbidden"
    assert "영광군" in page
    assert "TFT_TEAMS" in page
    assert installed(deps) == []
    assert [call["method"] for call in workspace.calls][-1] == "auth.revoke"
    assert browser.install(GIST_LEAD)[0] == "200 OK"
    for_gist.database.close()


def test_what_slack_refuses_is_said(browser: Browser, deps: Deps, workspace: Workspace):
    workspace.fault(method="oauth.v2.access", kind="error", error="invalid_code")

    status, page = browser.install(COUNTY_LEAD)

    assert status == "400 Bad Request"
    assert "invalid_code" in page
    assert installed(deps) == []


def test_a_name_cannot_write_into_the_page(browser: Browser, workspace: Workspace):
    workspace.fault(method="oauth.v2.access", kind="error", error="<script>alert(1)</script>")
    assert "<script>" not in browser.install(COUNTY_LEAD)[1]


def test_looking_at_the_page_without_reading_it_begins_nothing(browser: Browser, deps: Deps):
    assert ask(browser.web, "HEAD", "/slack/install")[0] == "404 Not Found"
    with deps.database.reading() as session:
        assert session.exec(select(OAuthState)).all() == []
