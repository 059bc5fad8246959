"""A person's window on the local workspace: what a test's people do and see. It speaks the page's own API."""

import json
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

PATIENCE_S = 30.0  # as in `tests/browser.py`: what comes is waited for, and only what never comes takes so long
EMOJI = {"✅": "white_check_mark", "☑️": "ballot_box_with_check", "✔️": "heavy_check_mark", "👀": "eyes", "📝": "memo"}

Found = TypeVar("Found")


def eventually(look: Callable[[], Found | None], what: str = "what was waited for") -> Found:
    """What `look` finds within some seconds; it may raise AssertionError or give None until then."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            found = look()
            if found is not None:
                return found
            problem: Exception = AssertionError(f"never came: {what}")
        except AssertionError as error:
            problem = error
        if time.monotonic() > deadline:
            raise problem
        time.sleep(0.02)


@dataclass
class Message:
    """A message as somebody sees it."""

    channel: str
    raw: dict[str, Any]

    @property
    def ts(self) -> str:
        return str(self.raw["ts"])

    @property
    def text(self) -> str:
        """Everything that can be read on it, line by line."""
        return "\n".join(_texts(self.raw.get("blocks") or [])) or self.raw.get("text", "")

    @property
    def fallback(self) -> str:
        """What a notification says."""
        return str(self.raw.get("text", ""))

    @property
    def container(self) -> dict[str, Any]:
        return {"type": "message", "channel": self.channel, "ts": self.ts}

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return self.raw.get("blocks") or []

    @property
    def buttons(self) -> list[str]:
        return [element["text"]["text"] for _, element in _elements(self.blocks) if element["type"] == "button"]

    def reactions(self) -> dict[str, list[str]]:
        return {reaction["name"]: reaction["users"] for reaction in self.raw.get("reactions") or []}


@dataclass
class Form:
    """An open modal."""

    raw: dict[str, Any]

    @property
    def text(self) -> str:
        return "\n".join([(self.raw.get("title") or {}).get("text", ""), *_texts(self.raw["blocks"])])

    @property
    def container(self) -> dict[str, Any]:
        return {"type": "home"} if self.raw["type"] == "home" else {"type": "view", "view_id": self.raw["id"]}

    @property
    def blocks(self) -> list[dict[str, Any]]:
        blocks: list[dict[str, Any]] = self.raw["blocks"]
        return blocks

    @property
    def errors(self) -> dict[str, str]:
        return self.raw.get("errors") or {}


@dataclass
class Window:
    """One person, looking at Slack."""

    url: str
    user: str
    app: str
    bot: str
    home_channel: str
    command_allowed: bool = True  # whether this person's organisation has the app
    dms: dict[str, str] = field(default_factory=dict)
    acted_at: float = 0.0

    # doing

    def command(self, line: str, channel: str | None = None) -> dict[str, Any]:
        """Type a slash command and wait for its acknowledgement."""
        command, _, text = line.partition(" ")
        return self.act("command", channel=channel or self.home_channel, command=command, text=text)

    def write(self, text: str, channel: str | None = None, thread: Message | None = None) -> str:
        """Write a message; gives its ts."""
        answer = self.act(
            "post", channel=channel or self.home_channel, text=text, **({"thread_ts": thread.ts} if thread else {})
        )
        return str(answer["ts"])

    def mention(self, line: str, channel: str | None = None) -> str:
        """`@bot line`."""
        return self.write(f"<@{self.bot}> {line}", channel)

    def write_to_bot(self, line: str) -> str:
        """A direct message to the bot."""
        return self.write(line, self.dm())

    def write_to_bot_of(self, bot: str, line: str) -> str:
        """A direct message to another bot than the own side's."""
        return self.write(line, self.act("open_dm", **{"with": bot})["channel"])

    def react(self, message: Message, emoji: str) -> None:
        self.act("react", channel=message.channel, ts=message.ts, name=EMOJI.get(emoji, emoji))

    def unreact(self, message: Message, emoji: str) -> None:
        self.act("unreact", channel=message.channel, ts=message.ts, name=EMOJI.get(emoji, emoji))

    def click(self, label: str, on: Message | Form, **more: Any) -> dict[str, Any]:
        """Press the button (or other control) that bears this label, or has this action id."""
        for block, element in _elements(on.blocks):
            if label in (element.get("action_id"), (element.get("text") or {}).get("text")):
                return self.press(on.container, block, element, **{"app": on.raw.get("app_id") or self.app, **more})
        raise AssertionError(f"no control {label!r} on:\n{on.text}")

    def press(
        self, container: dict[str, Any], block: dict[str, Any], element: dict[str, Any], **more: Any
    ) -> dict[str, Any]:
        value = {"value": element["value"]} if "value" in element else {}
        more.setdefault("app", self.app)
        return self.act(
            "click",
            action_id=element["action_id"],
            block_id=block["block_id"],
            container=container,
            **value,
            **more,
        )

    def submit(self, form: Form, **answers: str) -> dict[str, Any]:
        """Fill a form by block id and send it; what is not named keeps what it holds. Boxes: words of some, between `|`."""
        state: dict[str, Any] = {}
        for block in form.blocks:
            if block["type"] == "input":
                given = answers.pop(block["block_id"], None)
                state[block["block_id"]] = self._chosen(form, block, given) or _answer(block["element"], given)
        assert not answers, f"no such fields: {sorted(answers)} in {[b.get('block_id') for b in form.blocks]}"
        return self.act("submit", view_id=form.raw["id"], state=state)

    def suggestions(self, form: Form, block: dict[str, Any], typed: str) -> list[dict[str, Any]]:
        """What the app offers while this person types into an external select."""
        fields = {"block_id": block["block_id"], "action_id": block["element"]["action_id"], "value": typed}
        options: list[dict[str, Any]] = self.act("suggest", app=self.app, container=form.container, **fields)["options"]
        return options

    def _chosen(self, form: Form, block: dict[str, Any], given: str | None) -> dict[str, Any] | None:
        element = block["element"]
        if element["type"] != "external_select" or given is None:
            return None
        option = next((one for one in self.suggestions(form, block, given) if given in one["text"]["text"]), None)
        assert option, f"{given!r} is not offered in {block['block_id']}"
        return {element["action_id"]: {"type": "external_select", "selected_option": option}}

    def act(self, kind: str, **fields: Any) -> dict[str, Any]:
        """One act of the client API."""
        if kind not in ("suggest", "open_dm"):  # nobody answers these
            self.acted_at = time.time()
        answer = self._call("POST", "/client/act", {"user": self.user, "act": kind, **fields})
        assert answer.get("ok") or "errors" in answer, answer
        return answer

    # seeing

    def messages(self, channel: str | None = None, thread: Message | None = None) -> list[Message]:
        where = channel or self.home_channel
        query = {"user": self.user, "channel": where, **({"thread_ts": thread.ts} if thread else {})}
        raw = self._call("GET", "/client/messages?" + urllib.parse.urlencode(query))["messages"]
        return [Message(where, one) for one in raw]

    def whispers(self, channel: str | None = None) -> list[Message]:
        """What only this person sees."""
        return [message for message in self.messages(channel) if message.raw.get("ephemeral")]

    def direct_messages(self) -> list[Message]:
        """What the bot wrote to this person."""
        return [message for message in self.messages(self.dm()) if message.raw.get("bot_id")]

    def told(self, *parts: str, channel: str | None = None) -> Message:
        """The newest private answer since this person's last act that contains every part; waits for it."""
        return eventually(lambda: _with(self._since(self.whispers(channel)), parts))

    def written(self, *parts: str) -> Message:
        """The newest direct message of the bot that contains every part; waits for it."""
        return eventually(lambda: _with(self.direct_messages(), parts))

    def _since(self, messages: list[Message]) -> list[Message]:
        return [message for message in messages if float(message.ts) > self.acted_at]

    def sees(self, *parts: str, channel: str | None = None) -> Message:
        """The newest message of a channel that contains every part; waits for it."""
        return eventually(lambda: _with(self.messages(channel), parts))

    def form(self) -> Form:
        """The form on top; waits for one."""
        return eventually(self._form, "a form")

    def home(self, *parts: str) -> Form:
        """The app's Home, opened, once it shows every part: what was there before is seen first."""
        self.act("open_home", app=self.app)

        def look() -> Form | None:
            found = self._home()
            missing = [part for part in parts if part not in found.text] if found else []
            assert not missing, f"{missing} not on the Home tab"
            return found

        return eventually(look, "the Home tab")

    def home_shows(self, *parts: str) -> Form:
        """The Home as it stands, without being opened anew, once it contains every part."""

        def look() -> Form:
            home = self._home()
            assert home, "no Home"
            missing = [part for part in parts if part not in home.text]
            assert not missing, f"{missing} not in the Home:\n{home.text}"
            return home

        return eventually(look)

    def dm(self) -> str:
        """The direct-message channel with the bot."""
        if self.bot not in self.dms:
            self.dms[self.bot] = self.act("open_dm", **{"with": self.bot})["channel"]
        return self.dms[self.bot]

    def _form(self) -> Form | None:
        view = self._call("GET", f"/client/modal?user={self.user}")["view"]
        return Form(view) if view else None

    def _home(self) -> Form | None:
        view = self._call("GET", f"/client/home?user={self.user}&app={self.app}")["view"]
        return Form(view) if view else None

    def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(  # noqa: S310  # the workspace on this machine
            self.url + path, data, {"Content-Type": "application/json"}, method=method
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            loaded: dict[str, Any] = json.load(answer)
        return loaded


def _with(messages: list[Message], parts: tuple[str, ...]) -> Message:
    for message in reversed(messages):
        if all(part in message.text or part in message.fallback for part in parts):
            return message
    last = "\n---\n".join(message.text for message in messages[-3:])
    raise AssertionError(f"never came: {parts}; the last of {len(messages)} messages:\n{last}")


def _texts(value: Any) -> Iterator[str]:
    """Every text in blocks, in reading order."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("text", "alt_text", "initial_value", "fallback") and isinstance(inner, str):
                yield inner
            else:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _elements(blocks: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every control with the block it stands in."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def _answer(element: dict[str, Any], given: str | None) -> dict[str, Any]:
    """An input's part of the view state: what was given, else what it shows at first."""
    kind, action = element["type"], element["action_id"]
    if kind == "external_select":
        return {action: {"type": kind, "selected_option": element.get("initial_option")}}
    if kind == "static_select":
        options = element.get("options", [])
        chosen = next((o for o in options if given in (o["value"], o["text"]["text"])), None)
        if given is None:
            chosen = element.get("initial_option")
        return {action: {"type": kind, "selected_option": chosen}}
    if kind == "checkboxes":
        words = (given or "").split("|")
        ticked = [o for o in element["options"] if any(word and word in o["text"]["text"] for word in words)]
        return {action: {"type": kind, "selected_options": ticked}}
    keys = {
        "datepicker": ("selected_date", "initial_date"),
        "timepicker": ("selected_time", "initial_time"),
        "users_select": ("selected_user", "initial_user"),
    }
    name, initial = keys.get(kind, ("value", "initial_value"))
    return {action: {"type": kind, name: element.get(initial) if given is None else given or None}}
