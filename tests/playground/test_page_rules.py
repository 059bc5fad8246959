"""What holds everywhere on the page: text stays text, keys and focus behave, nothing is lost, much stays quick."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

from playground import Workspace
from tests.browser import chromium
from tests.playground import memo_blocks
from tests.playground import memo_world as cast
from tests.playground.hands import wait_for
from tests.playground.page_window import Window, act, reaction
from tests.ports import quiet_port

__all__ = ["chromium"]
pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
PAGE = Path(__file__).parents[2] / "playground" / "page"
HOSTILE = [
    '<img src=x onerror="window.hit=1">',
    "<script>window.hit=1</script>",
    '"><svg onload=window.hit=1>',
    "javascript:window.hit=1",
    "{{7*7}}${7*7}",
]


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with Workspace(cast.world()) as running:
        yield running


@pytest.fixture
def minji(chromium: Browser, workspace: Workspace) -> Iterator[Window]:
    window = Window(chromium, workspace.url).open(cast.MINJI, cast.TFT)
    expect(window.by("composer")).to_be_visible()
    yield window
    window.close()


def instead(window: Window, path: str, change: Any) -> None:
    """Lets the page read `change(answer)` instead of the workspace's answer."""

    def serve(route: Route) -> None:
        try:
            route.fulfill(json=change(route.fetch().json()))
        except Error:
            return  # the page that asked has gone to another address

    window.page.route(re.compile(re.escape(path)), serve)


def app_message(blocks: list[dict[str, Any]], text: str = "", **more: Any) -> dict[str, Any]:
    message = {
        "ts": "1795395800.000100",
        "user": cast.BOT,
        "bot_id": "B0MEMO",
        "app_id": "A0MEMO",
        "text": text,
        "blocks": blocks,
        "files": [],
        "reactions": [],
    }
    return message | {"ephemeral": False, "deleted": False, "reply_count": 0} | more


def show_blocks(window: Window, blocks: list[dict[str, Any]], **more: Any) -> None:
    """A message of the app with these blocks, whatever the workspace would say to them."""
    numbered = [{"block_id": f"b{number}", **block} for number, block in enumerate(blocks)]
    instead(
        window,
        "/client/messages",
        lambda answer: answer | {"messages": [*answer["messages"], app_message(numbered, **more)]},
    )
    window.open(cast.MINJI, cast.TFT)
    expect(window.page.locator('[data-ts="1795395800.000100"]')).to_be_visible()


def test_words_are_the_same_keys_in_both_languages_and_all_are_used(minji: Window) -> None:
    words = minji.page.evaluate("import('/page/js/words.js').then((m) => m.WORDS)")
    assert set(words["ko"]) == set(words["en"])
    for key, word in words["ko"].items():
        assert set(re.findall(r"\{\w+\}", word)) == set(re.findall(r"\{\w+\}", words["en"][key])), key
    code = "\n".join(file.read_text("utf-8") for file in (PAGE / "js").glob("*.js") if file.name != "words.js")
    used = set(re.findall(r'"(\w+)"', code)) | {
        f"task_{status}" for status in ("pending", "in_progress", "complete", "error")
    }
    assert set(words["ko"]) - used == set()


def test_no_sentence_stands_in_the_code() -> None:
    for file in (PAGE / "js").glob("*.js"):
        if file.name in ("words.js", "times.js"):
            continue
        strings = re.findall(r'"([^"\n]*[가-힣][^"\n]*)"', re.sub(r"//.*|/\*[\s\S]*?\*/", "", file.read_text("utf-8")))
        assert strings == [], file.name


def test_files_stay_short() -> None:
    long = {
        file.name: count
        for file in PAGE.rglob("*.[jc]s*")
        if (count := len(file.read_text("utf-8").splitlines())) > 350
    }
    assert long == {}


def test_hostile_text_stays_text(minji: Window) -> None:
    evil = HOSTILE[0]
    for text in HOSTILE:
        minji.say(text)
        expect(minji.by("messages")).to_contain_text(text)
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": memo_blocks.plain(evil)},
        {
            "type": "section",
            "text": memo_blocks.mrkdwn(
                f'{evil} <javascript:alert(1)|click> <https://x.example/"onmouseover=alert(1)|{evil}>'
            ),
            "accessory": memo_blocks.button("a", evil),
        },
        {"type": "section", "fields": [memo_blocks.plain(evil)]},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "link", "url": "javascript:window.hit=1", "text": evil},
                        {"type": "color", "value": "red;background:url(x)"},
                    ],
                }
            ],
        },
        {
            "type": "markdown",
            "text": f"# {evil}\n[x](javascript:window.hit=1) ![y](https://x.example/i.png)\n```\n{evil}\n```",
        },
        {"type": "image", "image_url": "https://x.example/i.png", "alt_text": evil},
        {"type": "table", "rows": [[{"type": "raw_text", "text": evil}], [{"type": "raw_text", "text": evil}]]},
        {"type": evil, "text": evil},
    ]
    show_blocks(minji, blocks, username=evil, text=evil)
    page = minji.page
    assert page.evaluate("window.hit") is None
    assert page.locator("#page img, #page script, #page iframe").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.locator("[onmouseover], [onerror], [onload]").count() == 0
    assert [url for url in minji.requests if not url.startswith(minji.base)] == []


def test_names_of_people_and_channels_are_text_too(chromium: Browser) -> None:
    world = cast.world()
    world["name"] = world["users"][1]["real_name"] = world["users"][1]["title"] = HOSTILE[0]
    world["banner"]["ko"] = world["steps"][0]["ko"] = HOSTILE[2]
    with Workspace(world) as workspace:
        window = Window(chromium, workspace.url).open(cast.MINJI, cast.TFT)
        expect(window.by("messages")).to_contain_text(HOSTILE[0])
        window.by("switch-person").click()
        expect(window.by("chooser")).to_contain_text(HOSTILE[0])
        assert window.page.evaluate("window.hit") is None
        window.close()


def test_an_unknown_block_shows_its_json(minji: Window) -> None:
    show_blocks(
        minji, [{"type": "hologram", "depth": 3}, {"type": "actions", "elements": [{"type": "dial", "action_id": "d"}]}]
    )
    expect(minji.by("unknown-block")).to_contain_text('"depth": 3')
    expect(minji.by("unknown-element")).to_contain_text('"dial"')


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_kind_of_block_is_drawn(chromium: Browser, workspace: Workspace, width: int, scheme: str) -> None:
    window = Window(chromium, workspace.url, width=width, scheme=scheme)
    blocks = [block for part in memo_blocks.gallery() for block in part]
    show_blocks(window, blocks)
    assert window.by("unknown-block").count() == 0
    assert window.by("unknown-element").count() == 0
    drawn = set(window.page.locator("[data-block]").evaluate_all("(all) => all.map((one) => one.dataset.block)"))
    assert drawn == {block["type"] for block in blocks}
    for number in range(6):
        window.page.evaluate(
            "(n) => { const list = document.querySelector('.message-list'); list.scrollTop = n * list.clientHeight * 0.9; }",
            number,
        )
        window.shot(f"kit-{scheme}-{number}")
    window.close()


def test_a_form_with_every_field_gives_slacks_state(minji: Window) -> None:
    choices = [memo_blocks.option("a", "가"), memo_blocks.option("b", "나")]
    kinds: dict[str, dict[str, Any]] = {
        "text": {"type": "plain_text_input"},
        "rich": {"type": "rich_text_input"},
        "mail": {"type": "email_text_input"},
        "web": {"type": "url_text_input"},
        "number": {"type": "number_input", "is_decimal_allowed": True},
        "date": {"type": "datepicker"},
        "time": {"type": "timepicker"},
        "when": {"type": "datetimepicker"},
        "one": {"type": "static_select", "options": choices},
        "many": {"type": "multi_static_select", "options": choices},
        "who": {"type": "users_select"},
        "room": {"type": "channels_select"},
        "talk": {"type": "conversations_select"},
        "boxes": {"type": "checkboxes", "options": choices},
        "circle": {"type": "radio_buttons", "options": choices},
        "file": {"type": "file_input"},
    }
    blocks = [memo_blocks.field(name, name, element, optional=True) for name, element in kinds.items()]
    view: dict[str, Any] = {
        "id": "V1",
        "type": "modal",
        "app_id": "A0MEMO",
        "title": memo_blocks.plain("모두"),
        "submit": memo_blocks.plain("저장"),
        "close": None,
        "blocks": blocks,
        "errors": None,
        "state": {"values": {}},
    }
    instead(minji, "/client/modal", lambda answer: {"view": view})
    sent: list[dict[str, Any]] = []

    def keep(route: Route) -> None:
        sent.append(json.loads(route.request.post_data or "{}"))
        route.fulfill(json={"ok": True})

    minji.page.route(re.compile("/client/act"), keep)
    minji.open(cast.MINJI, cast.TFT)
    for name, value in {
        "text": "글",
        "rich": "글",
        "mail": "a@b.kr",
        "web": "https://b.kr",
        "number": "1.5",
        "date": "2026-12-05",
        "time": "09:30",
        "when": "2026-12-05T09:30",
    }.items():
        minji.field(name).locator("input, textarea").fill(value)
    for name, typed, wanted in (
        ("one", "나", "나"),
        ("who", "이정", "이정훈"),
        ("room", "영광", "#영광-모빌리티-tft"),
        ("talk", "gen", "#general"),
    ):
        minji.pick(minji.field(name).get_by_test_id("picker"), typed, wanted)
    minji.field("many").get_by_test_id("picker").click()
    for label in ("가", "나"):
        minji.page.get_by_role("option", name=label).click()
    minji.page.keyboard.press("Escape")
    minji.field("boxes").get_by_label("나").check()
    minji.field("circle").get_by_label("가").check()
    minji.shot("form-all")
    minji.by("modal-submit").click()
    expect(minji.by("modal-submit")).not_to_have_attribute("aria-disabled", "true")
    state = {name: values[name] for name, values in sent[-1]["state"].items()}
    assert state["text"] == {"type": "plain_text_input", "value": "글"}
    assert state["rich"]["rich_text_value"]["elements"][0]["elements"] == [{"type": "text", "text": "글"}]
    assert (state["date"]["selected_date"], state["time"]["selected_time"], state["when"]["selected_date_time"]) == (
        "2026-12-05",
        "09:30",
        1796430600,
    )
    assert (state["one"]["selected_option"], state["many"]["selected_options"]) == (choices[1], choices)
    assert (
        state["who"]["selected_user"],
        state["room"]["selected_channel"],
        state["talk"]["selected_conversation"],
    ) == (cast.JUNG, cast.TFT, cast.GENERAL)
    assert (state["boxes"]["selected_options"], state["circle"]["selected_option"]) == ([choices[1]], choices[0])


def test_enter_that_ends_a_syllable_does_not_send(minji: Window) -> None:
    minji.write("안녕하세ㅇ")
    for event in ("{key: 'Enter', isComposing: true}", "{key: 'Enter', keyCode: 229}"):
        minji.by("composer").evaluate(
            f"(area) => area.dispatchEvent(new KeyboardEvent('keydown', {{...{event}, bubbles: true, cancelable: true}}))"
        )
    expect(minji.by("composer")).to_have_value("안녕하세ㅇ")
    expect(minji.by("message")).to_have_count(2)
    minji.by("composer").press("Enter")
    expect(minji.by("message")).to_have_count(3)


def test_keys_stay_in_a_dialog_and_escape_leaves_it(minji: Window) -> None:
    minji.by("start-dm").click()
    expect(minji.by("person-search")).to_be_focused()
    for _ in range(12):
        minji.page.keyboard.press("Tab")
        assert minji.page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    minji.page.keyboard.press("Shift+Tab")
    assert minji.page.evaluate("document.querySelector('dialog').contains(document.activeElement)")
    minji.page.keyboard.press("Escape")
    expect(minji.by("choose-person")).to_have_count(0)
    expect(minji.by("start-dm")).to_be_focused()


def test_menus_are_walked_with_arrows(minji: Window) -> None:
    minji.by("message").first.hover()
    minji.by("message").first.get_by_test_id("message-menu").press("Enter")
    minji.page.keyboard.press("ArrowDown")
    expect(minji.page.get_by_role("menuitem").nth(1)).to_be_focused()
    minji.page.keyboard.press("Escape")
    expect(minji.page.get_by_role("menu")).to_have_count(0)
    expect(minji.by("message").first.get_by_test_id("message-menu")).to_be_focused()


def test_every_control_has_a_name(minji: Window) -> None:
    show_blocks(minji, [block for part in memo_blocks.gallery() for block in part])
    nameless = """() => [...document.querySelectorAll('button, a[href], input, textarea, select, [role=dialog], [role=img]')]
      .filter((e) => e.offsetParent !== null && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length || e.getAttribute('aria-labelledby') || e.title || e.placeholder) && !e.disabled)
      .map((e) => e.outerHTML.slice(0, 120))"""
    assert minji.page.evaluate(nameless) == []


def test_what_was_typed_outlives_a_lost_connection(chromium: Browser, workspace: Workspace) -> None:
    window = Window(chromium, workspace.url).open(cast.MINJI, cast.TFT)
    expect(window.by("composer")).to_be_visible()
    window.context.set_offline(True)
    window.say("아주 중요한 글")
    expect(window.by("send-error")).to_have_text(window.word("network"))
    expect(window.by("composer")).to_have_value("아주 중요한 글")
    window.context.set_offline(False)
    window.by("composer").press("Enter")
    expect(window.message("아주 중요한 글")).to_be_visible()
    window.problems.clear()  # the browser's own line about the lost connection
    window.close()


def test_after_a_restart_of_the_workspace_the_page_catches_up(chromium: Browser, tmp_path: Path) -> None:
    port = quiet_port()
    with Workspace(cast.world(), state=tmp_path / "state.db", port=port) as first:
        window = Window(chromium, first.url).open(cast.MINJI, cast.TFT)
        expect(window.by("composer")).to_be_visible()
    expect(window.by("offline")).to_have_text(window.word("offline"))
    with Workspace(cast.world(), state=tmp_path / "state.db", port=port):
        act(window.page, user=cast.SEAN, act="post", channel=cast.TFT, text="그동안 쓴 글")
        expect(window.message("그동안 쓴 글")).to_be_visible()
        expect(window.by("offline")).to_be_hidden()
        window.problems.clear()  # the browser's own lines about the lost connection
        window.close()


def hold_the_next_act(window: Window) -> list[Route]:
    """The next act goes no further until `continue_` is called on what is found here."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    window.page.route(re.compile("/client/act"), hold, times=1)
    return held


def test_what_is_sent_while_something_is_on_its_way_follows_it(minji: Window) -> None:
    held = hold_the_next_act(minji)
    minji.say("첫째")
    minji.say("둘째")
    expect(minji.by("composer")).to_have_value("")
    wait_for(lambda: minji.by("message").count() == 2 and held)
    held[0].continue_()
    expect(minji.message("둘째")).to_be_visible()
    assert minji.by("messages").locator(".prose").all_inner_texts()[-2:] == ["첫째", "둘째"]


def test_a_reaction_pressed_twice_is_as_it_was(minji: Window) -> None:
    first = minji.by("message").first
    ts = first.get_attribute("data-ts")
    act(minji.page, user=cast.SEAN, act="react", channel=cast.TFT, ts=ts, name="eyes")
    eyes = reaction(first, "eyes")
    eyes.click()
    expect(eyes).to_contain_text("2")
    held = hold_the_next_act(minji)
    eyes.dblclick()
    wait_for(lambda: eyes.get_attribute("aria-pressed") == "true" and held)
    with minji.page.expect_response(lambda answer: '"react"' in (answer.request.post_data or "")):
        held[0].continue_()
    expect(eyes).to_contain_text("2")


def test_what_is_drawn_anew_under_the_finger_is_pressed_all_the_same(minji: Window) -> None:
    first = minji.by("message").first
    ts = first.get_attribute("data-ts")
    for name in ("eyes", "tada"):
        act(minji.page, user=cast.SEAN, act="react", channel=cast.TFT, ts=ts, name=name)
    eyes = reaction(first, "eyes")
    expect(reaction(first, "tada")).to_be_visible()
    eyes.hover()
    minji.page.mouse.down()
    with minji.page.expect_response(re.compile("/client/messages")):
        act(minji.page, user=cast.SEAN, act="unreact", channel=cast.TFT, ts=ts, name="tada")
    minji.page.mouse.up()
    expect(eyes).to_contain_text("2")
    expect(reaction(first, "tada")).to_have_count(0)


def test_a_draft_stays_in_its_conversation(minji: Window) -> None:
    minji.write("나중에 보낼 글")
    minji.go("general")
    expect(minji.by("composer")).to_have_value("")
    minji.go("영광-모빌리티-tft")
    expect(minji.by("composer")).to_have_value("나중에 보낼 글")


def test_pasted_lines_stay_lines_and_notation_is_escaped(minji: Window) -> None:
    minji.write("안건: R&D <예산>\n결정: @sean.park 담당, https://example.org/a?b=1&c=2.\n@here")
    minji.by("composer").press("Enter")
    expect(minji.message("안건: R&D <예산>")).to_be_visible()
    answer = minji.page.request.get(f"{minji.base}/client/messages?user={cast.MINJI}&channel={cast.TFT}").json()
    assert (
        answer["messages"][-1]["text"]
        == "안건: R&amp;D &lt;예산&gt;\n결정: <@U0SEAN> 담당, <https://example.org/a?b=1&amp;c=2>.\n<!here>"
    )


def busy_seconds(page: Page) -> Callable[[], float]:
    """Tells how long the page's thread has computed so far, whatever else the machine does."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def so_far() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "ThreadTime"))

    return so_far


# Where the list stands once it has for ten frames: what is seen for the first time takes its height, and moves it.
_STANDS = """() => {
  const list = document.querySelector('.message-list');
  list.frames = list.scrollTop === list.stood ? (list.frames || 0) + 1 : 0;
  list.stood = list.scrollTop;
  return list.frames > 10 && list.scrollTop;
}"""


def test_500_messages_stay_quick_and_nothing_flickers(chromium: Browser) -> None:
    world = cast.world()
    world["channels"][0]["messages"] = [
        {
            "user": (cast.SEAN, cast.JUNG)[n % 2],
            "text": f"*{n}번째* 메시지입니다. <@{cast.MINJI}> 님, `확인` 부탁드립니다 :eyes:\n• 하나\n• 둘",
            "ts": f"{1795000000 + n * 400}.000100",
        }
        for n in range(500)
    ]
    with Workspace(world) as workspace:
        window = Window(chromium, workspace.url)
        window.open(cast.SEAN, cast.GENERAL)
        page = window.page
        busy = busy_seconds(page)
        began = busy()
        window.go("영광-모빌리티-tft")
        page.wait_for_function("() => document.querySelectorAll('[data-testid=message]').length === 500")
        opened = busy() - began
        page.evaluate(
            "document.querySelectorAll('[data-testid=message]').forEach((one) => { one.dataset.mark = '1'; })"
        )
        page.evaluate("document.querySelector('.message-list').scrollTop = 3000")
        at = page.wait_for_function(_STANDS).json_value()
        began = busy()
        act(page, user=cast.JUNG, act="post", channel=cast.TFT, text="새로 온 글")
        page.wait_for_function("() => !document.querySelector('.new-below').hidden")
        updated = busy() - began
        assert page.wait_for_function(_STANDS).json_value() == at
        assert page.locator("[data-mark]").count() >= 499
        page.locator(".new-below").click()
        expect(window.message("새로 온 글")).to_be_in_viewport()
        assert (opened < 1, updated < 0.5) == (True, True), f"opened in {opened:.2f} s, updated in {updated:.2f} s"
        window.close()


def test_a_file_is_sent_and_can_be_had_back(minji: Window) -> None:
    minji.page.locator('.composer input[type="file"]').set_input_files(
        {"name": "예산안.csv", "mimeType": "text/csv", "buffer": "구분,금액\n국비,350\n".encode()}
    )
    expect(minji.page.locator(".composer-file")).to_contain_text("예산안.csv")
    minji.say("예산안입니다")
    expect(minji.message("예산안입니다")).to_be_visible()
    with minji.page.expect_download() as download:
        minji.by("messages").get_by_role("link", name="예산안.csv").click()
    assert download.value.suggested_filename == "예산안.csv"
    assert download.value.path().read_text("utf-8").startswith("구분")


def test_a_place_one_cannot_see_leads_to_ones_own(chromium: Browser, workspace: Workspace) -> None:
    window = Window(chromium, workspace.url).open(cast.JUNG, cast.GENERAL)
    expect(window.by("conversation")).to_have_attribute("data-channel", cast.TFT)
    window.close()


def test_a_new_direct_message_reaches_the_other_person(chromium: Browser, workspace: Workspace, minji: Window) -> None:
    minji.by("start-dm").click()
    minji.by("person-search").fill("이정")
    minji.by("choose-person").get_by_role("button", name="이정훈").click()
    expect(minji.by("conversation")).to_have_attribute("data-channel", re.compile("^D"))
    minji.say("따로 여쭙니다")
    expect(minji.message("따로 여쭙니다")).to_be_visible()
    other = Window(chromium, workspace.url, lang="en").open(cast.JUNG, cast.TFT)
    expect(other.by("dm")).to_contain_text("김민지")
    expect(other.by("dm")).to_contain_text("1")
    other.by("dm").click()
    expect(other.message("따로 여쭙니다")).to_be_visible()
    expect(other.by("dm").get_by_label("1 unread")).to_have_count(0)
    other.close()


def test_a_newcomer_finds_the_commands_behind_a_button(minji: Window) -> None:
    minji.page.get_by_role("button", name=minji.word("shortcuts")).click()
    minji.choose("/memo")
    expect(minji.by("composer")).to_have_value("/memo ")
    expect(minji.by("usage-hint")).to_be_visible()
