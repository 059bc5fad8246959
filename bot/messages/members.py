"""How changing people of the roster looks."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import ids
from bot.messages.blocks import actions, button, field_input, modal, option, section, text_element
from bot.messages.escape import escape
from bot.messages.forms import ANSWER, Values, chosen, memory, select, text_of
from bot.messages.post import Block, Post, View
from bot.messages.roster import name_and_title, role_word
from bot.rules.members import ROLE_WORDS
from bot.rules.roster import DEPARTMENT_LIMIT, NAME_LIMIT, TITLE_LIMIT, Details
from config.words import LANGUAGES, Say
from storage.tables import Person, Role, Side

AS_SLACK_SAYS = "slack"


@dataclass(frozen=True)
class MemberForm:
    """What the form about somebody shows. The language is asked for where Slack hides it."""

    side: Side
    details: Details
    role: Role
    is_new: bool = False
    with_language: bool = False


def details_blocks(say: Say, details: Details, *, with_language: bool = True) -> list[Block]:
    """Name, department, position; and the language, which is one's own choice."""
    name = text_element(ANSWER, initial=details.name, max_length=NAME_LIMIT)
    department = text_element(ANSWER, initial=details.department, max_length=DEPARTMENT_LIMIT)
    title = text_element(ANSWER, initial=details.job_title, max_length=TITLE_LIMIT)
    blocks = [
        field_input(say("member-name"), "name", name, hint=say("member-name-hint")),
        field_input(say("member-department"), "department", department, optional=True),
        field_input(say("member-job-title"), "job-title", title, optional=True),
    ]
    if with_language:
        tags = [option(say(f"language-{tag}"), tag) for tag in (AS_SLACK_SAYS, *LANGUAGES)]
        language = select(tags, details.language or AS_SLACK_SAYS)
        blocks.append(field_input(say("member-language"), "language", language))
    return blocks


def read_details(values: Values) -> Details:
    """What was entered."""
    language = chosen(values, "language")[0]
    return Details(
        text_of(values, "name"),
        text_of(values, "department"),
        text_of(values, "job-title"),
        language if language in LANGUAGES else "",
    )


def own_form(say: Say, details: Details, kept: dict[str, object]) -> View:
    """One's own name, department, position, language."""
    blocks = details_blocks(say, details)
    return modal(ids.MEMBER, say("member-me-title"), say("save"), say("close"), blocks, memory(**kept))


def form(say: Say, shown: MemberForm, kept: dict[str, object]) -> View:
    """Somebody of the own side. Without Slack they are in the roster all the same."""
    kind = "add" if shown.is_new else "change"
    roles = [option(role_word(say, one, shown.side), one) for one in Role]
    blocks = [
        section(say(f"member-{kind}-intro", side=escape(shown.side.name))),
        *details_blocks(say, shown.details, with_language=shown.with_language),
        field_input(say("member-role"), "role", select(roles, shown.role)),
    ]
    if not shown.is_new:
        blocks.append(actions(_remove_button(say, shown.details.name)))
    return modal(ids.MEMBER, say(f"member-{kind}-title"), say("save"), say("close"), blocks, memory(**kept))


def read_role(values: Values) -> Role | None:
    """The role that was chosen; None in the form about oneself."""
    word = chosen(values, "role")[0]
    return Role(word) if word else None


def closed(say: Say, post: Post) -> View:
    """Instead of the form, what came of a button in it."""
    return modal("told", say("member-change-title"), None, say("close"), post.blocks or [section(post.text)])


def role_given(say: Say, person: Person, side: Side, old: Role | None) -> Post:
    """Who has which role now."""
    who, role = escape(name_and_title(person)), escape(role_word(say, person.role, side))
    if old is None:
        return _said(say("member-added", who=who, role=role))
    if old is person.role:
        return _said(say("member-role-same", who=who, role=role))
    return _said(say("member-role-given", who=who, role=role, old=escape(role_word(say, old, side))))


def saved(say: Say, person: Person, side: Side) -> Post:
    role = escape(role_word(say, person.role, side))
    return _said(say("member-saved", who=escape(name_and_title(person)), role=role))


def removed(say: Say, person: Person) -> Post:
    return _said(say("member-removed", who=escape(name_and_title(person))))


def linked(say: Say, person: Person) -> Post:
    return _said(say("member-linked", who=escape(name_and_title(person))))


def told_role(say: Say, name: str, side: Side, person: Person, by: str) -> Post:
    """To somebody whose role was changed, or who was taken into the roster."""
    role = escape(role_word(say, person.role, side))
    return _said(say("member-told", name=escape(name), side=escape(side.name), role=role, by=escape(by)))


def told_removed(say: Say, name: str, by: str) -> Post:
    """To somebody who was taken out of the roster."""
    return _said(say("member-told-removed", name=escape(name), by=escape(by)))


def which_person(say: Say, people: Sequence[Person], sides: dict[int, str]) -> str:
    """People of one name, told apart."""
    return ", ".join(f"{name_and_title(one)} ({sides[one.side_id]})" for one in people)


def role_words(say: Say, side: Side) -> str:
    """The words for roles in the person's language, or what the side calls them."""
    labels = side.role_labels or {}
    return ", ".join(labels.get(role) or words[say.language == "ko"] for role, words in ROLE_WORDS.items())


def _said(text: str) -> Post:
    return Post(text, [section(text)])


def _remove_button(say: Say, name: str) -> Block:
    confirm = {
        "title": {"type": "plain_text", "text": say("member-remove")},
        "text": {"type": "plain_text", "text": say("member-remove-sure", who=name)},
        "confirm": {"type": "plain_text", "text": say("member-remove")},
        "deny": {"type": "plain_text", "text": say("close")},
        "style": "danger",
    }
    return {**button(say("member-remove"), ids.MEMBER_REMOVE, "remove", style="danger"), "confirm": confirm}
