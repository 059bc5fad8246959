"""Verbs that are followed by a number: its letter says which noun's act is meant."""

from collections.abc import Callable, Mapping

from bot.messages.post import Reply
from bot.rules.grammar import Noun, Verb, read_ref
from bot.services.askers import Asker
from bot.services.refused import Refused
from bot.services.work import Work

VerbAct = Callable[[Work, Asker, str], Reply]


def told_apart(nouns: Mapping[Noun, Mapping[Verb, VerbAct]]) -> dict[Verb, VerbAct]:
    """One act for every verb of the nouns; without a letter the number, or none, is the first noun's that has the verb."""
    verbs = dict.fromkeys(verb for table in nouns.values() for verb in table)
    return {verb: _choosing({noun: table[verb] for noun, table in nouns.items() if verb in table}) for verb in verbs}


def _choosing(acts: Mapping[Noun, VerbAct]) -> VerbAct:
    first = next(iter(acts))

    def run(work: Work, asker: Asker, rest: str) -> Reply:
        ref = read_ref(rest)
        noun = ref.noun if ref and ref.noun else first
        if noun not in acts:
            raise Refused("ref-other-noun", ref=str(ref), letters=", ".join(acts))
        return acts[noun](work, asker, rest)

    return run
