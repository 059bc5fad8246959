"""The people of the tests, always the same: two organisations, their roles, and a stranger.

T1: one workspace, the county's people are guests. T2: a Slack Connect channel, the app on GIST's side only.
T3: the same app in both workspaces. T4: an app of its own in each.
"""

import json
from pathlib import Path
from typing import Any

GIST, COUNTY = "T0GIST", "T0YEONG"
CHANNEL, OTHER_CHANNEL = "C0TFT", "C0OTHER"
BOT, COUNTY_BOT = "U0BOT", "U0CTYBOT"
COUNTY_TOKEN, COUNTY_APP_TOKEN = "xoxb-county", "xapp-1-A0CTY-1-test"

PEOPLE = {
    # handle: (user id, organisation, name, title, locale)
    "gist lead": ("U0GISTLEAD", GIST, "이강민", "단장", "ko-KR"),
    "gist secretary": ("U0GISTSEC", GIST, "김민지", "연구원", "ko-KR"),
    "gist owner": ("U0GISTOWN", GIST, "정하늘", "교수", "ko-KR"),
    "english": ("U0ENGLISH", GIST, "Emma Clarke", "Researcher", "en-GB"),
    "county lead": ("U0CTYLEAD", COUNTY, "박서준", "과장", "ko-KR"),
    "county secretary": ("U0CTYSEC", COUNTY, "최유진", "주무관", "ko-KR"),
    "county owner": ("U0CTYOWN", COUNTY, "한도윤", "주무관", "ko-KR"),
    "stranger": ("U0STRANGE", GIST, "나그네", "", "ko-KR"),
}


def world(manifest: dict[str, Any] | None = None, *, connect: bool = False) -> dict[str, Any]:
    """The local workspace's world. `connect`: T2, else T1."""
    return {
        "name": "GIST × 영광군",
        "teams": [{"id": GIST, "name": "GIST", "domain": "gist"}]
        + ([{"id": COUNTY, "name": "영광군", "domain": "yeonggwang"}] if connect else []),
        "users": [_user(handle, connect) for handle in PEOPLE],
        "channels": [
            {
                "id": CHANNEL,
                "name": "영광-모빌리티-tft",
                "team": GIST,
                "shared_with": [COUNTY] if connect else [],
                "private": False,
                "members": [person[0] for person in PEOPLE.values()],
            },
            {
                "id": OTHER_CHANNEL,
                "name": "다른-모임",
                "team": GIST,
                "shared_with": [],
                "private": False,
                "members": [PEOPLE[handle][0] for handle in ("gist lead", "gist owner", "english", "stranger")],
            },
        ],
        "apps": [
            {
                "id": "A0TFT",
                "manifest": manifest or manifest_file(),
                "app_token": "xapp-1-A0TFT-1-test",
                "signing_secret": "signing-secret-of-the-tests",
                "client_id": "1.2",
                "client_secret": "client-secret-of-the-tests",
                "request_url": None,
                "installs": [
                    {
                        "team": GIST,
                        "bot_token": "xoxb-test",
                        "bot_user": BOT,
                        "bot_id": "B0BOT",
                        "channels": [CHANNEL, OTHER_CHANNEL],
                    }
                ],
            }
        ],
    }


def installed_twice(manifest: dict[str, Any] | None = None) -> dict[str, Any]:
    """T3: the county has installed the app as well."""
    made = world(manifest, connect=True)
    made["apps"][0]["installs"].append(_in_the_county())
    return made


def two_apps() -> dict[str, Any]:
    """T4: the county runs an app of its own."""
    made = world(connect=True)
    own = {"id": "A0CTY", "app_token": COUNTY_APP_TOKEN, "client_id": "3.4", "installs": [_in_the_county()]}
    made["apps"].append({**made["apps"][0], **own})
    return made


def _in_the_county() -> dict[str, Any]:
    return {
        "team": COUNTY,
        "bot_token": COUNTY_TOKEN,
        "bot_user": COUNTY_BOT,
        "bot_id": "B0CTYBOT",
        "channels": [CHANNEL],
    }


def manifest_file() -> dict[str, Any]:
    """The manifest that operators paste."""
    loaded: dict[str, Any] = json.loads((Path(__file__).parents[1] / "manifest.json").read_text(encoding="utf-8"))
    return loaded


def _user(handle: str, connect: bool) -> dict[str, Any]:
    user_id, team, name, title, locale = PEOPLE[handle]
    return {
        "id": user_id,
        "team": team if connect else GIST,
        "name": user_id.lower(),
        "real_name": name,
        "title": title,
        "locale": locale,
        "tz": "Asia/Seoul",
        "color": "4a7dbd",
        "guest": team == COUNTY and not connect,
        "deleted": False,
    }
