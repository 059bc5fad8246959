"""Programs that take part in chats: what they write is not a person's."""

import re

NAMES = """zakim rrsagent trackbot ghurlbot gb agendabot meetbot meetingology mootbot ubottu ubot lubotu supybot limnoria zodbot
linarobot openstack opendevmeet opendevreview openstackgerrit collabot lightningbot eucabot github-bot hubbot nickserv chanserv botbot slackbot logbot irccloud""".split()

BOT = re.compile(rf"(?:(?:\w+[-_])?(?:{'|'.join(NAMES)})|\w+[-_]?meetbot|tft봇|tft[-_ ]?bot)[-_\d`]*", re.IGNORECASE)

IS_ITSELF = re.compile(
    r"Meeting (?:started|ended) .*\d|Minutes:\s+https?://|I have made the request to generate https?://"
)
"""What only the bot that keeps a meeting's minutes says: whoever says it is one, under whatever name."""


def is_bot(nick: str) -> bool:
    """Whether a nickname is a known program's."""
    return BOT.fullmatch(nick) is not None
