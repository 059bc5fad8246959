"""Somebody whom Slack does not let the bot write to is mentioned in the thread of the card."""

from tests.bots import Town
from tests.cast import PEOPLE
from tests.windows import Message, eventually

OWNER = PEOPLE["county owner"][0]


def test_an_owner_who_cannot_be_written_to_is_mentioned_once(town: Town):
    refusal = {"kind": "error", "error": "user_not_visible", "match": {"users": OWNER}, "times": 5}
    town.workspace.fault(method="conversations.open", **refusal)
    secretary = town.as_user("gist secretary")
    secretary.command(f"/tft add 교육과정 초안 <@{OWNER}> 2027-03-05")
    card = town.card("A-1").opened()

    def in_thread() -> list[Message] | None:
        return [one for one in secretary.messages(thread=card) if one.ts != card.ts] or None

    (mention,) = eventually(in_thread)
    assert f"<@{OWNER}>" in mention.text
    assert "A-1" in mention.text
    assert town.as_user("county owner").direct_messages() == []
