"""A small world for the page's tests: two organisations, four people, one shared channel, the memo app on one side."""

from typing import Any

Json = dict[str, Any]
APP_TOKEN = "xapp-1-A0MEMO-1-test"
BOT_TOKEN = "xoxb-memo-test"
MINJI, SEAN, JUNG, SEO, BOT = "U0MINJI", "U0SEAN", "U0JUNG", "U0SEO", "U0MEMO"
TFT, GENERAL, OPEN = "C0TFT", "C0GENERAL", "C0OPEN"

_SCOPES = [
    "commands",
    "chat:write",
    "reactions:read",
    "reactions:write",
    "users:read",
    "channels:read",
    "groups:read",
    "im:write",
    "im:history",
    "app_mentions:read",
    "channels:history",
    "groups:history",
    "files:write",
    "pins:write",
]
_EVENTS = [
    "app_mention",
    "message.channels",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "app_home_opened",
    "member_joined_channel",
]

MANIFEST: Json = {
    "display_information": {"name": "메모봇"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "메모봇", "always_online": True},
        "shortcuts": [
            {"name": "메모로 남기기", "type": "message", "callback_id": "keep", "description": "이 메시지를 메모로"}
        ],
        "slash_commands": [
            {
                "command": "/memo",
                "description": "메모를 남깁니다",
                "usage_hint": "[제목] [@사람]",
                "should_escape": True,
            },
            {"command": "/kit", "description": "블록을 모두 보입니다", "should_escape": False},
            {"command": "/slow", "description": "답하지 않습니다", "should_escape": False},
        ],
    },
    "oauth_config": {"scopes": {"bot": _SCOPES}},
    "settings": {
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
        "event_subscriptions": {"bot_events": _EVENTS},
    },
}


def person(id: str, team: str, name: str, real_name: str, title: str, *, color: str) -> Json:
    locale = "ko-KR" if name != "sean.park" else "en-US"
    return {
        "id": id,
        "team": team,
        "name": name,
        "real_name": real_name,
        "title": title,
        "locale": locale,
        "tz": "Asia/Seoul",
        "color": color,
    }


def world() -> Json:
    return {
        "name": "GIST × 영광군",
        "banner": {
            "ko": "가상 사례입니다. 사람·금액·의결은 지어낸 것입니다.",
            "en": "An invented case: people, amounts and votes are made up.",
        },
        "steps": [
            {
                "as": MINJI,
                "channel": TFT,
                "ko": "`/memo 센터 개소 계획서`를 입력합니다",
                "en": "Type `/memo centre opening plan`",
            },
            {"as": JUNG, "channel": TFT, "ko": "카드에 ✅ 를 누릅니다", "en": "Press ✅ on the card"},
            {
                "as": MINJI,
                "channel": TFT,
                "ko": "카드의 *자세히* 를 눌러 양식을 채웁니다",
                "en": "Press *자세히* and fill the form",
            },
            {"as": SEAN, "channel": TFT, "ko": "스레드에 답글을 씁니다", "en": "Reply in the thread"},
            {"as": MINJI, "channel": TFT, "ko": "메모봇의 홈을 엽니다", "en": "Open the app's Home"},
            {"as": SEO, "channel": TFT, "ko": "시계를 월요일 아침으로 옮깁니다", "en": "Move the clock to Monday"},
        ],
        "teams": [
            {"id": "T0GIST", "name": "GIST", "domain": "gist"},
            {"id": "T0YEONG", "name": "영광군", "domain": "yeonggwang"},
        ],
        "users": [
            person(MINJI, "T0GIST", "minji.kim", "김민지", "메모 담당 교수", color="4a7dbd"),
            person(SEAN, "T0GIST", "sean.park", "Sean Park", "Programme manager", color="7c5fae"),
            person(JUNG, "T0YEONG", "jh.lee", "이정훈", "주무관", color="3b8f6d"),
            person(SEO, "T0YEONG", "sy.choi", "최서연", "팀장", color="c4683f"),
        ],
        "channels": [
            {
                "id": TFT,
                "name": "영광-모빌리티-tft",
                "team": "T0GIST",
                "shared_with": ["T0YEONG"],
                "private": False,
                "members": [MINJI, SEAN, JUNG, SEO],
                "messages": [
                    {
                        "user": SEAN,
                        "text": "안녕하세요. 이번 주 안건입니다.\n• 센터 개소 계획서\n• 2027년도 예산 요구",
                        "ts": "1795395600.000100",
                    },
                    {
                        "user": JUNG,
                        "text": "*확인*했습니다 :eyes: <@U0MINJI> 교수님, `1차 안`을 <https://example.org/draft|여기>에 두었습니다.",
                        "ts": "1795395700.000100",
                    },
                ],
            },
            {"id": GENERAL, "name": "general", "team": "T0GIST", "private": False, "members": [MINJI, SEAN]},
            {"id": OPEN, "name": "budget-2027", "team": "T0GIST", "private": False, "members": [SEAN]},
        ],
        "apps": [
            {
                "id": "A0MEMO",
                "app_token": APP_TOKEN,
                "signing_secret": "s",
                "client_id": "1.2",
                "client_secret": "c",
                "request_url": None,
                "manifest": MANIFEST,
                "installs": [
                    {
                        "team": "T0GIST",
                        "bot_token": BOT_TOKEN,
                        "bot_user": BOT,
                        "bot_id": "B0MEMO",
                        "channels": [TFT, GENERAL],
                    }
                ],
            }
        ],
        "clock": "2026-11-23T09:00:00+09:00",
    }
