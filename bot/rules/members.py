"""What stands after `member`: whom it is about and what is to become of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.rules import slack_text
from bot.rules.fields import one_line
from storage.tables import Role

ROLE_WORDS: dict[Role, tuple[str, ...]] = {
    Role.LEAD: ("lead", "단장", "leader"),
    Role.DEPUTY: ("deputy", "부단장"),
    Role.SECRETARY: ("secretary", "간사"),
    Role.MEMBER: ("member", "팀원", "단원", "위원"),
    Role.OBSERVER: ("observer", "참관인", "참관"),
}
_ROLE_OF = {word: role for role, words in ROLE_WORDS.items() for word in words}
_ADD = {"add", "추가", "new"}
_REMOVE = {"remove", "제외", "삭제", "delete"}
_ME = {"me", "나", "내정보"}


class MemberAct(StrEnum):
    """What is asked for."""

    ROLE = "role"
    FORM = "form"
    ADD = "add"
    REMOVE = "remove"
    LINK = "link"
    ME = "me"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class MemberLine:
    """The line as it was understood. People are named by mention (`users`) or by their name in the roster (`name`)."""

    act: MemberAct
    users: tuple[str, ...] = ()
    name: str = ""
    role: Role | None = None
    details: tuple[str, ...] = ()  # for ADD: name, department, position, as far as they were given


Labels = Mapping[str, str]
"""What a side calls roles: role → word."""
_USUAL: Labels = {}


def read_role(word: str, labels: Labels = _USUAL) -> Role | None:
    """The role that a word means, in either language or as the side calls it."""
    own = {label.replace(" ", "").casefold(): Role(role) for role, label in labels.items()}
    return own.get(word.casefold()) or _ROLE_OF.get(word.lower())


def read_member(text: str, labels: Labels = _USUAL) -> MemberLine:
    """Read `@who role`, `@who`, `name role`, `add name, department, position`, `remove @who`, `@second = @first`, `me`."""
    users = tuple(slack_text.mentioned(text))
    words = one_line(slack_text.plain(_without_people(text))).split()
    first = words[0].lower() if words else ""
    if first in _ADD:
        return MemberLine(MemberAct.ADD, users, details=_details(words[1:]))
    if first in _REMOVE or (len(words) > 1 and words[-1].lower() in _REMOVE) or (users and first in _REMOVE):
        kept = [word for word in words if word.lower() not in _REMOVE]
        return _about(MemberAct.REMOVE, users, kept)
    if words == ["="] and len(users) == 2:
        return MemberLine(MemberAct.LINK, users)
    if not users and len(words) == 1 and first in _ME:
        return MemberLine(MemberAct.ME)
    return _role_or_form(users, words, labels)


def _role_or_form(users: tuple[str, ...], words: list[str], labels: Labels) -> MemberLine:
    role = read_role(words[-1], labels) if words else None
    if role:
        return _about(MemberAct.ROLE, users, words[:-1], role)
    return _about(MemberAct.FORM, users, words)


def _about(act: MemberAct, users: tuple[str, ...], words: list[str], role: Role | None = None) -> MemberLine:
    """One person, by mention or by name but not both."""
    name = " ".join(words).lstrip("@")
    if len(users) + bool(name) != 1:
        return MemberLine(MemberAct.UNCLEAR, users, name)
    return MemberLine(act, users, name, role)


def _details(words: list[str]) -> tuple[str, ...]:
    """Parts between commas; without commas, a Korean name is one word and the position the last one."""
    text = " ".join(words)
    if "," in text:
        return tuple(part.strip() for part in text.split(",", 2))
    if len(words) >= 2 and all("가" <= char <= "힣" for char in words[0]):
        return (words[0], " ".join(words[1:-1]), words[-1])
    return (text,) if text else ()


def _without_people(text: str) -> str:
    return slack_text.TOKEN.sub(lambda match: " " if match.group(1) == "@" else match.group(), text)
