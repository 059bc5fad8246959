"""Slack tells that a user's account was closed, or that a user has another name."""

from storage.tables import Account
from tests.bots import Town
from tests.cast import PEOPLE
from tests.windows import eventually


def account(town: Town, handle: str) -> Account:
    with town.bot.deps.database.reading() as session:
        return session.get_one(Account, PEOPLE[handle][0])


def test_a_closed_account_is_known_at_once_however_often_it_is_told(town: Town):
    town.workspace.fault(event="user_change", kind="twice", times=5)

    town.as_user("gist lead").act("deactivate", target=PEOPLE["gist owner"][0])

    eventually(lambda: account(town, "gist owner").is_deleted or None)
    assert account(town, "gist owner").name == "정하늘"
    assert not account(town, "gist lead").is_deleted
