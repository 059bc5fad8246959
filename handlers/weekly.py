"""The verbs about what the schedule says: the summary now, and what would be sent next."""

from bot.rules.grammar import Verb
from bot.services import previews, weekly

VERBS = {Verb.SUMMARY: weekly.summary, Verb.PREVIEW: previews.preview}
