"""A small Slack app for the page's tests: memos as cards, a form with every kind of field, a Home. Plain Bolt over Socket Mode.

Run as `python -m tests.playground.memo_app API_URL`; prints `ready` when connected.
"""

import sys
import threading
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from tests.playground import memo_blocks
from tests.playground.memo_world import APP_TOKEN, BOT_TOKEN

Json = dict[str, Any]


def build(api_url: str) -> App:
    """The app with all its listeners."""
    client = WebClient(
        token=BOT_TOKEN, base_url=api_url, retry_handlers=[RateLimitErrorRetryHandler(max_retry_count=5)]
    )
    app = App(client=client, token_verification_enabled=False)
    _commands(app, client)
    _buttons(app, client)
    _in_forms(app, client)
    _forms(app)
    _events(app, client)
    return app


def _commands(app: App, client: WebClient) -> None:
    @app.command("/memo")
    def memo(ack: Any, command: Json, respond: Any) -> None:
        ack()
        title = command["text"]
        if not title:
            respond("무엇을 적을까요? `/memo 제목`")
            return
        client.chat_postMessage(channel=command["channel_id"], text=title, blocks=memo_blocks.card(title, done=False))
        respond(f"적었습니다: {title}")

    @app.command("/slow")
    def slow(logger: Any) -> None:
        logger.info("this command is never acknowledged")

    @app.command("/kit")
    def kit(ack: Any, command: Json) -> None:
        ack()
        for number, blocks in enumerate(memo_blocks.gallery()):
            client.chat_postMessage(channel=command["channel_id"], text=f"Block Kit {number + 1}", blocks=blocks)


def _buttons(app: App, client: WebClient) -> None:
    def redraw(body: Json, *, done: bool) -> None:
        title = body["message"]["text"]
        client.chat_update(
            channel=body["channel"]["id"],
            ts=body["message"]["ts"],
            text=title,
            blocks=memo_blocks.card(title, done=done),
        )

    @app.action("done")
    def done(ack: Any, body: Json) -> None:
        ack()
        redraw(body, done=True)

    @app.action("remove")
    def remove(ack: Any, body: Json) -> None:
        ack()
        client.chat_delete(channel=body["channel"]["id"], ts=body["message"]["ts"])

    @app.action("more")
    def more(ack: Any, body: Json, respond: Any) -> None:
        ack()
        respond(
            replace_original=False,
            response_type="ephemeral",
            text=f"고름: {body['actions'][0]['selected_option']['value']}",
        )

    @app.action("when")
    def when(ack: Any, body: Json, respond: Any) -> None:
        ack()
        respond(replace_original=False, response_type="ephemeral", text=f"날짜: {body['actions'][0]['selected_date']}")

    @app.action("silent")
    def silent(logger: Any) -> None:
        logger.info("this button is never acknowledged")

    for quiet in (
        "who",
        "link",
        "place",
        "step",
        "tags",
        "ask",
        "feedback",
        "bin",
        "people",
        "room",
        "talk",
        "clock",
        "moment",
        "boxes",
        "circles",
    ):
        app.action(quiet)(lambda ack: ack())


def _in_forms(app: App, client: WebClient) -> None:
    @app.action("details")
    def details(ack: Any, body: Json) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=memo_blocks.form(body["message"]["text"]))

    @app.options("place")
    def places(ack: Any, payload: Json) -> None:
        ack(options=memo_blocks.places(payload["value"]))

    @app.action({"type": "block_actions", "action_id": "kind"})
    def kind(ack: Any, body: Json) -> None:
        ack()
        chosen = body["actions"][0]["selected_option"]["value"]
        client.views_update(
            view_id=body["view"]["id"], view=memo_blocks.form(body["view"]["private_metadata"], kind=chosen)
        )

    @app.action("deeper")
    def deeper(ack: Any, body: Json) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view=memo_blocks.deeper())

    @app.action("home_count")
    def home_count(ack: Any, body: Json) -> None:
        ack()
        count = int(body["actions"][0]["value"]) + 1
        client.views_publish(user_id=body["user"]["id"], view=memo_blocks.home(count))


def _forms(app: App) -> None:
    @app.view("memo_form")
    def submitted(ack: Any, body: Json, client: WebClient) -> None:
        values = body["view"]["state"]["values"]
        title = values["title"]["title"]["value"]
        if "금지" in title:
            ack(response_action="errors", errors={"title": "쓸 수 없는 말이 있습니다: 금지"})
            return
        ack()
        chosen = values["place"]["place"]["selected_option"]
        client.chat_postMessage(
            channel=body["user"]["id"],
            text=f"양식을 받았습니다: {title} · {chosen['text']['text'] if chosen else '장소 없음'}",
        )

    @app.view("deeper_form")
    def deeper(ack: Any) -> None:
        ack()

    @app.shortcut("keep")
    def keep(ack: Any, body: Json, respond: Any) -> None:
        ack()
        respond(response_type="ephemeral", text=f"메모로 남겼습니다: {body['message']['text']}")


def _events(app: App, client: WebClient) -> None:
    @app.event("app_home_opened")
    def opened(event: Json) -> None:
        if event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=memo_blocks.home(0))

    @app.event("app_mention")
    def mentioned(event: Json) -> None:
        client.chat_postMessage(
            channel=event["channel"],
            thread_ts=event.get("thread_ts") or event["ts"],
            text=f"<@{event['user']}> 부르셨나요?",
        )

    @app.event("message")
    def message(event: Json) -> None:
        if event["channel_type"] == "im" and "bot_id" not in event and "subtype" not in event:
            client.chat_postMessage(channel=event["channel"], text=f"받았습니다: {event['text']}")

    @app.event("reaction_added")
    def reacted(event: Json) -> None:
        if event["reaction"] == "white_check_mark":
            client.chat_postEphemeral(channel=event["item"]["channel"], user=event["user"], text="완료로 기록했습니다.")

    for quiet in ("reaction_removed", "member_joined_channel"):
        app.event(quiet)(lambda: None)


def main() -> None:
    api_url = sys.argv[1]
    handler = SocketModeHandler(build(api_url), APP_TOKEN, web_client=WebClient(base_url=api_url))
    handler.connect()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
