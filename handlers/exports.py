"""Files for whoever asks: the verb."""

from bot.rules.grammar import Verb
from bot.services import exports

VERBS = {Verb.EXPORT: exports.export}
