"""How it was voted, as the document of minutes says it."""

from bot.rules.document_text import document_text, item_number
from bot.rules.minutes import Choice, Minutes, Outcome, Tally, Votes
from bot.rules.minutes_doc import Item, Section
from config.words import Say


def _clean(text: str, say: Say) -> str:
    return document_text(text, say.language)


def votes(minutes: Minutes, say: Say) -> Section | None:
    """표결 내용, each side for itself; what was agreed without a vote says so."""
    items = [
        Item(2, item_number(2, at, say.language), f"{_clean(one.text, say)}: {_voted(one.votes, say)}")
        for at, one in enumerate((one for one in minutes.decisions if one.votes), start=1)
    ]
    silent = any(one.outcome is Outcome.AGREED and not one.votes for one in minutes.decisions)
    notes = (say("minutes-doc-no-vote" if items else "minutes-doc-no-vote-at-all"),) if silent else ()
    return Section("", say("minutes-doc-votes"), tuple(items), notes=notes) if items or notes else None


def _voted(votes: Votes, say: Say) -> str:
    """`GIST 찬성 3·반대 0·기권 0, 영광군 찬성 2·반대 0·기권 1`."""
    parts = [_tally(tally, say) for tally in votes.tallies]
    if votes.consent:
        parts.append(say(f"minutes-doc-consent-{votes.consent.value}"))
    text = ", ".join(parts)
    names = [_voters(votes, choice, say) for choice in Choice]
    return f"{text} ({'; '.join(filter(None, names))})" if votes.voters else text


def _tally(tally: Tally, say: Say) -> str:
    counts = {"yes": str(tally.yes), "no": str(tally.no), "abstained": str(tally.abstained)}
    return (
        say("minutes-doc-tally", side=_clean(tally.side, say), **counts)
        if tally.side
        else say("minutes-doc-counts", **counts)
    )


def _voters(votes: Votes, choice: Choice, say: Say) -> str:
    names = [_clean(who.full, say) for who, theirs in votes.voters if theirs is choice]
    return f"{say(f'minutes-doc-choice-{choice.value}')}: {', '.join(names)}" if names else ""
