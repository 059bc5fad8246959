"""A person's language, where no transaction is open."""

from config.words import Say
from handlers.deps import Deps
from storage.tables import Account


def voice(deps: Deps, user_id: str) -> Say:
    """As the person chose, else as Slack says, else the usual one."""
    with deps.database.reading() as session:
        account = session.get(Account, user_id)
    return deps.words.say(account.language or account.locale if account else None)
