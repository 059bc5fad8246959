"""Whom the lines of a saved log mean: people of the roster under their own names, whatever the log calls them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.rules.minutes import Known


def joined(roster: Sequence[Known], others: Sequence[Known]) -> list[Known]:
    """The roster, with the accounts that a log has for the same names; and whoever is in the log alone."""
    by_name = {_key(one.name): one for one in roster}
    alone = []
    for other in others:
        same = by_name.get(_key(other.name))
        if same is None:
            alone.append(other)
        else:
            accounts = tuple(dict.fromkeys([*same.accounts, other.key, *other.accounts]))
            by_name[_key(other.name)] = replace(same, accounts=accounts)
    return [*by_name.values(), *alone]


def _key(name: str) -> str:
    return "".join(name.split()).casefold()
