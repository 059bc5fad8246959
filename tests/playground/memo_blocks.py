"""What the test app shows: a card, a form with every kind of field, a Home, and one of each block."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(value: str, text: str, description: str | None = None) -> Json:
    return {"text": plain(text), "value": value} | ({"description": plain(description)} if description else {})


def button(action: str, text: str, **more: Any) -> Json:
    return {"type": "button", "action_id": action, "text": plain(text), **more}


def card(title: str, *, done: bool) -> list[Json]:
    sure = {
        "title": plain("메모 삭제"),
        "text": mrkdwn("이 메모를 *삭제* 합니다."),
        "confirm": plain("삭제"),
        "deny": plain("그만두기"),
        "style": "danger",
    }
    return [
        {
            "type": "section",
            "block_id": "what",
            "text": mrkdwn(f"*{title}*\n{'~열림~ :white_check_mark: 완료' if done else ':hourglass: 진행 중'}"),
            "accessory": {
                "type": "overflow",
                "action_id": "more",
                "options": [option("copy", "베끼기"), option("move", "옮기기")],
            },
        },
        {"type": "context", "block_id": "note", "elements": [mrkdwn("✅ 는 완료, 👀 는 확인입니다.")]},
        {
            "type": "actions",
            "block_id": "buttons",
            "elements": [
                button("done", "완료", style="primary"),
                button("details", "자세히"),
                button("remove", "삭제", style="danger", confirm=sure),
                button("silent", "답 없음"),
                {"type": "datepicker", "action_id": "when", "placeholder": plain("기한")},
            ],
        },
    ]


def places(typed: str) -> list[Json]:
    known = ["대마산단 센터", "GIST 오룡관", "영광군청 회의실", "서울역 회의실"]
    return [option(name, name) for name in known if typed in name]


def field(block: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block,
        "label": plain(label),
        "element": {"action_id": block, **element},
        **more,
    }


def form(title: str, kind: str = "task") -> Json:
    kinds = [option("task", "할 일"), option("decision", "결정사항")]
    blocks = [
        {
            "type": "section",
            "block_id": "intro",
            "text": mrkdwn("아래를 채우고 *저장*을 누르세요."),
            "accessory": button("deeper", "도움말"),
        },
        field(
            "kind",
            "종류",
            {"type": "static_select", "options": kinds, "initial_option": kinds[0]},
            dispatch_action=True,
        ),
        field("title", "제목", {"type": "plain_text_input", "max_length": 40}, hint=plain("40자까지")),
        field(
            "body",
            "내용",
            {"type": "plain_text_input", "multiline": True, "placeholder": plain("여러 줄을 쓸 수 있습니다")},
            optional=True,
        ),
        field(
            "place",
            "장소",
            {"type": "external_select", "min_query_length": 1, "placeholder": plain("장소 찾기")},
            optional=True,
        ),
        field(
            "people", "함께할 사람", {"type": "multi_users_select", "placeholder": plain("사람 고르기")}, optional=True
        ),
        field(
            "count",
            "인원",
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "20"},
            optional=True,
        ),
        field("due", "기한", {"type": "datepicker"}, optional=True),
        field(
            "boxes",
            "알림",
            {"type": "checkboxes", "options": [option("mail", "메일", "업무 시간에만"), option("slack", "슬랙")]},
            optional=True,
        ),
        field(
            "circles",
            "공개구분",
            {"type": "radio_buttons", "options": [option("open", "공개"), option("closed", "비공개")]},
            optional=True,
        ),
    ]
    if kind == "decision":
        blocks.insert(2, {"type": "context", "block_id": "why", "elements": [mrkdwn("결정사항은 양측이 확인합니다.")]})
    return {
        "type": "modal",
        "callback_id": "memo_form",
        "private_metadata": title,
        "title": plain("메모"),
        "submit": plain("저장"),
        "close": plain("취소"),
        "blocks": blocks,
    }


def deeper() -> Json:
    blocks = [
        {"type": "alert", "block_id": "tip", "level": "info", "text": mrkdwn("제목은 짧게 적습니다.")},
        field("tip_name", "이름", {"type": "plain_text_input"}, optional=True),
    ]
    return {
        "type": "modal",
        "callback_id": "deeper_form",
        "title": plain("도움말"),
        "submit": plain("알겠습니다"),
        "close": plain("뒤로"),
        "blocks": blocks,
    }


def home(count: int) -> Json:
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "block_id": "head", "text": plain("내 메모")},
            {
                "type": "section",
                "block_id": "count",
                "text": mrkdwn(f"누른 횟수: *{count}*"),
                "accessory": button("home_count", "하나 더", value=str(count), style="primary"),
            },
            {"type": "divider", "block_id": "line"},
            {
                "type": "input",
                "block_id": "room",
                "optional": True,
                "label": plain("채널"),
                "element": {"type": "channels_select", "action_id": "room", "placeholder": plain("채널 고르기")},
            },
            {"type": "context", "block_id": "foot", "elements": [mrkdwn("여기는 *나에게만* 보입니다.")]},
        ],
    }


def gallery() -> list[list[Json]]:
    """One of each block, in messages of at most a dozen."""
    return [_texts(), _elements(), _figures(), _frames()]


def _texts() -> list[Json]:
    runs = [
        {"type": "text", "text": "굵게 ", "style": {"bold": True}},
        {"type": "text", "text": "기울임 ", "style": {"italic": True}},
        {"type": "text", "text": "취소선 ", "style": {"strike": True}},
        {"type": "text", "text": "코드", "style": {"code": True}},
        {"type": "text", "text": " 그리고 "},
        {"type": "user", "user_id": "U0SEAN"},
        {"type": "text", "text": " 님, "},
        {"type": "link", "url": "https://example.org/plan", "text": "계획서"},
        {"type": "text", "text": " "},
        {"type": "emoji", "name": "tada"},
    ]
    items = [{"type": "rich_text_section", "elements": [{"type": "text", "text": text}]} for text in ("첫째", "둘째")]
    rich = [
        {"type": "rich_text_section", "elements": runs},
        {"type": "rich_text_list", "style": "bullet", "indent": 0, "elements": items},
        {"type": "rich_text_list", "style": "ordered", "indent": 1, "elements": items},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "인용한 말"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "if (a < b) {}"}]},
    ]
    return [
        {"type": "header", "text": plain("글 블록")},
        {
            "type": "section",
            "text": mrkdwn(
                "*굵게* _기울임_ ~취소~ `코드` <https://example.org|링크> <@U0JUNG> <!here>\n> 인용\n• 하나\n• 둘\n```if (a &lt; b) {}```"
            ),
        },
        {"type": "section", "fields": [mrkdwn("*담당*\n김민지"), mrkdwn("*기한*\n2026. 12. 5.(토)")]},
        {"type": "rich_text", "elements": rich},
        {
            "type": "markdown",
            "text": "## 표준 마크다운\n1. **굵게** 와 *기울임*\n2. [링크](https://example.org) 와 `코드`\n\n| 이름 | 금액 |\n|---|--:|\n| 센터 | 350 |\n\n- [x] 끝난 일\n- [ ] 남은 일",
        },
        {"type": "divider"},
        {
            "type": "context",
            "elements": [
                {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "작은 그림"},
                mrkdwn("덧붙이는 말"),
            ],
        },
        {
            "type": "image",
            "image_url": "https://example.org/map.png",
            "alt_text": "대마산단 지도",
            "title": plain("지도"),
        },
    ]


def _elements() -> list[Json]:
    choices = [option("a", "가"), option("b", "나"), option("c", "다")]
    return [
        {
            "type": "section",
            "text": mrkdwn("고르기"),
            "accessory": {
                "type": "static_select",
                "action_id": "step",
                "placeholder": plain("단계"),
                "options": choices,
            },
        },
        {
            "type": "actions",
            "elements": [
                {"type": "users_select", "action_id": "who", "placeholder": plain("사람")},
                {"type": "conversations_select", "action_id": "talk", "placeholder": plain("대화")},
                {"type": "timepicker", "action_id": "clock", "initial_time": "09:30"},
                button("link", "열기", url="https://example.org/"),
            ],
        },
        {
            "type": "section",
            "text": mrkdwn("여럿"),
            "accessory": {
                "type": "multi_static_select",
                "action_id": "tags",
                "placeholder": plain("분과"),
                "options": choices,
                "initial_options": choices[:2],
            },
        },
        {
            "type": "actions",
            "elements": [
                {"type": "radio_buttons", "action_id": "circles", "options": choices[:2]},
                {"type": "checkboxes", "action_id": "boxes", "options": choices[:2]},
            ],
        },
        {
            "type": "context_actions",
            "elements": [
                {
                    "type": "feedback_buttons",
                    "action_id": "feedback",
                    "positive_button": {"text": plain("👍"), "value": "good"},
                    "negative_button": {"text": plain("👎"), "value": "bad"},
                },
                {"type": "icon_button", "action_id": "bin", "icon": "trash", "text": plain("버리기")},
            ],
        },
    ]


def _figures() -> list[Json]:
    def text(value: str) -> Json:
        return {"type": "raw_text", "text": value}

    def series(name: str, values: list[int]) -> Json:
        return {
            "name": name,
            "data": [
                {"label": label, "value": value} for label, value in zip(("1월", "2월", "3월"), values, strict=True)
            ],
        }

    axis = {"categories": ["1월", "2월", "3월"], "x_label": "달", "y_label": "백만원"}
    rows = [
        [text("사업"), text("요구")],
        *([text(f"사업 {n}"), {"type": "raw_number", "value": n * 100, "text": f"{n * 100:,}"}] for n in range(1, 8)),
    ]
    return [
        {
            "type": "table",
            "rows": [[text("구분"), text("금액")], [text("국비"), text("350")], [text("군비"), text("120")]],
            "column_settings": [{"align": "left"}, {"align": "right"}],
        },
        {"type": "data_table", "caption": "예산 사업", "page_size": 5, "rows": rows},
        {
            "type": "data_visualization",
            "title": "요구와 확보",
            "chart": {
                "type": "bar",
                "series": [series("요구", [120, 300, 350]), series("확보", [80, 180, 320])],
                "axis_config": axis,
            },
        },
        {
            "type": "data_visualization",
            "title": "재원",
            "chart": {
                "type": "pie",
                "segments": [
                    {"label": "국비", "value": 350},
                    {"label": "군비", "value": 120},
                    {"label": "대학", "value": 60},
                ],
            },
        },
    ]


def _frames() -> list[Json]:
    def one(title: str) -> Json:
        return {
            "type": "card",
            "title": mrkdwn(title),
            "subtitle": mrkdwn("대마산단"),
            "body": mrkdwn("*준비 중*입니다."),
            "actions": [button("ask", "보기")],
        }

    return [
        one("센터 개소"),
        {"type": "carousel", "elements": [one("하나"), one("둘"), one("셋")]},
        {
            "type": "container",
            "title": plain("접을 수 있는 묶음"),
            "is_collapsible": True,
            "child_blocks": [{"type": "section", "text": mrkdwn("묶음 안의 글")}],
        },
        {
            "type": "video",
            "title": plain("소개 영상"),
            "title_url": "https://example.org/v",
            "video_url": "https://example.org/v.mp4",
            "thumbnail_url": "https://example.org/t.png",
            "alt_text": "센터 소개 영상",
        },
    ]
