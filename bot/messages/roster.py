"""How people and the roster look in Slack."""

from bot.messages import ids
from bot.messages.blocks import button
from bot.messages.post import Block
from config.words import Say
from storage.tables import Person, Role


def role_word(say: Say, role: Role) -> str:
    """The role in the person's language."""
    return say(f"role-{role}")


def name_and_title(person: Person) -> str:
    """Name and position as offices write them, not escaped yet; never a Slack display name."""
    return f"{person.name} {person.job_title}".strip()


def join_button(say: Say) -> Block:
    """The button that opens the form which joins a side."""
    return button(say("join-button"), f"{ids.RUN}-join", "join", style="primary")
