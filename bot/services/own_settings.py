"""What a person chooses for themselves, in all their task forces."""

import secrets

from bot.messages import own_settings as messages
from bot.messages.post import Reply
from bot.rules.own_settings import AS_SLACK_SAYS, OwnSettings, own_settings, problems, read_language
from bot.rules.settings import DAY_BEGINS, DAY_ENDS
from bot.services.askers import Asker
from bot.services.refused import Misfilled, Refused
from bot.services.work import Work
from config.words import LANGUAGES
from storage import people


def settings(work: Work, asker: Asker, rest: str) -> Reply:
    """`settings [language]`: the form; a language in the line is chosen at once."""
    if rest:
        language = read_language(rest)
        if language is None:
            raise Refused("own-language-unclear", words=messages.language_words(asker.say))
        return choose_language(work, asker, language)
    task_force_id = asker.task_force.id if asker.task_force else None
    kept = {"channel": asker.who.channel_id, "task_force": task_force_id, "nonce": secrets.token_urlsafe(9)}
    return Reply(view=messages.form(asker.say, own_settings(asker.account), slack_zone(asker), kept))


def save(work: Work, asker: Asker, wanted: OwnSettings) -> Reply:
    """The form was sent; usual hours are kept as no choice, so that they follow when the usual ones change."""
    if wrong := problems(wanted):
        raise Misfilled([Refused(one.key, field=one.block, **one.args) for one in wrong])
    account = asker.account
    account.language = wanted.language if wanted.language in LANGUAGES else None
    account.own_zone = None if wanted.zone == AS_SLACK_SAYS else wanted.zone
    usual = (wanted.hours_from, wanted.hours_until) == (DAY_BEGINS, DAY_ENDS)
    account.hours_from, account.hours_until = (None, None) if usual else (wanted.hours_from, wanted.hours_until)
    people.reckon_later_for(work.session, account.user_id)
    return _said(work, asker)


def choose_language(work: Work, asker: Asker, language: str) -> Reply:
    """From now on the bot speaks this language with the person; anything but a language we have: what Slack says."""
    asker.account.language = language if language in LANGUAGES else None
    return _said(work, asker)


def slack_zone(asker: Asker) -> str:
    """The zone without a choice of one's own: Slack's, else the task force's."""
    return asker.account.zone or (asker.task_force.zone if asker.task_force else "UTC")


def _said(work: Work, asker: Asker) -> Reply:
    """In the language that is spoken from now on."""
    say = work.words.say(asker.account.language or asker.account.locale)
    return Reply(messages.saved(say, own_settings(asker.account), slack_zone(asker)))
