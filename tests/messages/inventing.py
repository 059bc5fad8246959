"""Arguments for any builder of messages, made from its annotations, with hostile text wherever there is text."""

import dataclasses
import inspect
import random
import re
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from itertools import count
from typing import Any, get_args, get_origin, get_type_hints

from pydantic_core import PydanticUndefined
from sqlmodel import SQLModel

from bot.messages.blocks import section
from bot.messages.escape import clean, escape
from bot.messages.post import Post
from config.words import Say

PIECES = (
    *("<!channel>", "<!here>", "<!everyone>", "<!subteam^S1>", "<@U0GISTOWN>", "<#C0TFT|tft>", "@here", "@channel"),
    *("<https://evil.example|https://good.example>", "<mailto:a@evil.example|b>", "https://evil.example/?a=1&b=2"),
    *(
        "&lt;!channel&gt;",
        "&amp;",
        "&",
        "<",
        ">",
        "*굵게*",
        "_기울임_",
        "~취소~",
        "`코드`",
        "```코드 울타리",
        "> 인용",
        ":tada:",
    ),
    *(
        "\u202egnp.exe\u202c",
        "\u200b",
        "\u200f",
        "\u2066격리\u2069",
        "\ufeff",
        "\u0000",
        "\u0007",
        "\u001b[31m",
        "\u2028",
    ),
    *(
        "👩\u200d👩\u200d👧",
        "🇰🇷",
        "👍🏽",
        "𠮷野家",
        "𝕏",
        "\u1112\u1161\u11ab\u1100\u1173\u11af",
        "e\u0301",
        "가" * 90,
        "Donaudampf" * 9,
    ),
    *(
        "\n",
        "\r\n",
        "\t",
        "  ",
        "=cmd|' /C calc'!A0",
        "'; DROP TABLE item; --",
        "{ $name }",
        "%s",
        "\\",
        "|",
        "A-1",
        "12월 5일까지",
    ),
    *("센터", "개소", "계획서", "초안", "budget", "plan", "홍길동", "주무관"),
)
LIMITS = {
    "name": 60,
    "Side.name": 40,
    "SideAnswer.name": 40,
    "job_title": 40,
    "department": 60,
    "title": 200,
    "stream": 40,
    "disclosure": 100,
    "place": 100,
    "upper_government": 40,
    "text": 2000,
    "description": 2000,
    "reason": 500,
}
SHORT = 200
ONE_LINE = frozenset({"name", "job_title", "department", "title", "stream"})  # as they are kept, whoever typed them
NOW = datetime.fromisoformat("2026-11-23T09:00+09:00")
# Text that comes into a builder in words of the bot's own, in which what people wrote is escaped already.
WORDED = frozenset({"notes", "why", "what", "saved", "made", "opening", "problem"}) | {
    *(
        "More.links",
        "More.moved",
        "More.said",
        "link_form.links",
        "budget_forms.link_form.links",
        "which_date.written",
        "milestones.which_date.written",
    ),
    "MeetingLine.text",  # as Slack hands it over
}
RAW = frozenset({"Section.notes"})


class Inventor:
    """Makes values of any type; `drawn` is every text that it put into them."""

    def __init__(self, seed: int, say: Say, made: Mapping[str, Callable[["Inventor"], Any]]) -> None:
        self.random = random.Random(seed)
        self.say = say
        self.drawn: list[str] = []
        self._ids = count(1)
        self._made = made  # what annotations do not tell: by `module.function.parameter`, `Class.field` or name

    def text(self, limit: int, *, one_line: bool = False) -> str:
        """At most this long; it begins with letters by which it is found again."""
        whole = f"글{len(self.drawn):05}" + "".join(
            self.random.choice(PIECES) + self.random.choice(("", " ")) for _ in range(self.random.randint(1, 12))
        )
        whole = re.sub(r"\s+", " ", whole) if one_line else whole
        self.drawn.append(whole[:limit])
        return self.drawn[-1]

    def call(self, builder: Callable[..., Any]) -> Any:
        """What a builder gives for arguments that are made up."""
        hints, of = get_type_hints(builder), f"{builder.__module__.rpartition('.')[2]}.{builder.__name__}"
        args: list[Any] = []
        named: dict[str, Any] = {}
        for name, one in inspect.signature(builder).parameters.items():
            value = self.value(hints[name], of, name)
            if one.kind is one.KEYWORD_ONLY:
                named[name] = value
            elif one.kind is not one.VAR_KEYWORD:
                args += [value] if one.kind is not one.VAR_POSITIONAL else [value, value]
        return builder(*args, **named, **(self._made[of](self) if of in self._made else {}))

    def value(self, hint: Any, of: str, name: str) -> Any:
        """A value of a type, for a parameter or field."""
        for key in (f"{of}.{name}", name):
            if key in self._made:
                return self._made[key](self)
        if name == "id":
            return self.number()
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (typing.Union, types.UnionType):
            chosen = [one for one in inner if one is not type(None)]
            return None if type(None) in inner and self.random.random() < 0.2 else self.value(chosen[0], of, name)
        if origin is tuple and Ellipsis not in inner:
            return tuple(self.value(one, of, name) for one in inner)
        if origin is not None and issubclass(origin, Mapping | dict):
            return {}
        if origin is not None:
            many = [self.value(inner[0], of, name) for _ in range(self.random.randint(1, 3))]
            return origin(many) if origin in (tuple, list, set) else many
        return self.single(hint, of, name)

    def single(self, kind: Any, of: str, name: str) -> Any:
        """A value of a type that holds one thing."""
        for key in (f"{kind.__module__.rpartition('.')[2]}.{kind.__name__}", kind.__name__):
            if key in self._made:
                return self._made[key](self)
        if kind is str:
            limit = LIMITS.get(f"{of}.{name}", LIMITS.get(name, SHORT))
            written = self.text(limit, one_line=name in ONE_LINE)
            is_worded = f"{of}.{name}" in WORDED or (name in WORDED and f"{of}.{name}" not in RAW)
            return escape(written) if is_worded else written
        if kind in SIMPLE:
            return SIMPLE[kind](self)
        if issubclass(kind, Enum):
            return self.random.choice(list(kind))
        return self.record(kind)

    def number(self) -> int:
        """Another one each time."""
        return next(self._ids)

    def post(self) -> Post:
        """A message as it comes into another one."""
        shown = escape(self.text(SHORT))
        return Post(shown, [section(shown)])

    def record(self, kind: Any) -> Any:
        """A row of a table, or a dataclass."""
        hints = get_type_hints(kind)
        if issubclass(kind, SQLModel):
            asked = {name: one for name, one in kind.model_fields.items() if wanted(name, one)}
            return kind(**{name: self.value(hints[name], kind.__name__, name) for name in asked})
        return kind(
            **{one.name: self.value(hints[one.name], kind.__name__, one.name) for one in dataclasses.fields(kind)}
        )


def wanted(name: str, field: Any) -> bool:
    """Ids and what has no default are given, and every text; other columns are as they are in a new row."""
    return name == "id" or field.default is PydanticUndefined or field.default == ""


SIMPLE: dict[Any, Callable[[Inventor], Any]] = {
    Say: lambda made: made.say,
    bool: lambda made: made.random.random() < 0.5,
    int: lambda made: made.random.randint(1, 3),
    bytes: lambda _made: b"x",
    Any: lambda _made: {},
    Post: Inventor.post,
    datetime: lambda made: NOW + timedelta(days=made.random.randint(0, 60)),
    date: lambda made: (NOW + timedelta(days=made.random.randint(0, 60))).date(),
    time: lambda made: time(made.random.randint(0, 23)),
}


def plain_texts(value: Any) -> Iterator[str]:
    """Every text of a payload that Slack shows as it is."""
    if isinstance(value, dict) and value.get("type") != "mrkdwn":
        for name, inner in value.items():
            if isinstance(inner, str) and name in ("text", "initial_value"):
                yield inner
            yield from plain_texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from plain_texts(inner)


def marked_up(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a payload whose text Slack reads as markup."""
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            yield value
        for inner in value.values():
            yield from marked_up(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from marked_up(inner)


def squeezed(text: str) -> str:
    """What the eye sees of a text, without spaces and the marks of quotations, which builders set anew."""
    return re.sub(r"[\s>]+", "", clean(text))
