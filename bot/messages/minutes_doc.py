"""From minutes to their document, in one language."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages import minutes_sections as sections
from bot.messages.dates import day
from bot.messages.minutes_votes import votes
from bot.rules.document_text import document_text, item_number
from bot.rules.minutes import Marker, Minutes, Outcome
from bot.rules.minutes_doc import MinutesDoc, Particulars, Row, Section, Signer, Table, attached, without_sir
from config.words import Say

_SIGNER_WIDTHS = (14, 18, 24, 21, 23)
_KEYWORDS_LIMIT = 5


def compose(minutes: Minutes, particulars: Particulars, say: Say) -> MinutesDoc:
    """The document of these minutes. All of people's texts in it are cleaned: no markup, mention or picture is left."""
    keywords = _told_keywords(particulars, say) or _keywords(minutes, say)
    summary = _clean(particulars.summary, say) or _summary(minutes, say)
    doc = MinutesDoc(
        language=say.language,
        heading=say("minutes-doc-heading-draft" if particulars.is_draft else "minutes-doc-heading"),
        title=_clean(minutes.title, say) or say("minutes-doc-untitled"),
        number=say("minutes-doc-number", number=particulars.number) if particulars.number else "",
        draft_mark=say("minutes-doc-draft-mark") if particulars.is_draft else "",
        facts=tuple(_facts(minutes, particulars, keywords, summary, say)),
        sections=tuple(_numbered(_sections(minutes, particulars, say), say)),
        signers_title=say("minutes-doc-signatures"),
        signers=_signers(particulars, say),
        source=say("minutes-doc-from-slack" if particulars.from_slack else "minutes-doc-from-log"),
        attachments=_attachments(minutes, particulars, say),
        attachments_label=say("minutes-doc-attachments"),
        end=say("minutes-doc-end"),
        summary=summary,
        keywords=keywords,
        message_label=say("minutes-doc-open-message"),
        letters_missing=say("minutes-doc-letters-missing"),
    )
    made: MinutesDoc = without_sir(doc, _people(minutes))
    return made


def _people(minutes: Minutes) -> set[str]:
    """The names of whoever was there or has something to do."""
    people = [*(one.who for one in minutes.attendees), *(who for one in minutes.actions for who in one.owners)]
    return {who.name for who in people}


def _clean(text: str, say: Say) -> str:
    return document_text(text, say.language)


def _facts(
    minutes: Minutes, particulars: Particulars, keywords: tuple[str, ...], summary: str, say: Say
) -> Iterable[tuple[str, str]]:
    """The table at the top; what the law asks for is there even if nobody has told it yet."""
    yield say("minutes-doc-title"), _clean(minutes.title, say) or say("minutes-doc-untitled")
    yield say("minutes-doc-host"), _hosts(particulars, say)
    yield say("minutes-doc-when"), _when(minutes.start, minutes.end, particulars.zone, say)
    yield say("minutes-doc-place"), _clean(particulars.place, say)
    rest = {
        "minutes-doc-chair": ", ".join(_clean(who.full, say) for who in minutes.chairs),
        "minutes-doc-disclosure": _clean(particulars.disclosure, say),
        "minutes-doc-keywords": ", ".join(keywords),
        "minutes-doc-summary": summary,
    }
    yield from ((say(key), value) for key, value in rest.items() if value)


def _hosts(particulars: Particulars, say: Say) -> str:
    host, joint = _clean(particulars.host, say), ", ".join(_clean(one, say) for one in particulars.joint_hosts)
    return say("minutes-doc-hosts", host=host, joint=joint) if joint else host


def _when(start: datetime | None, end: datetime | None, zone: str, say: Say) -> str:
    """From when until when, on the clock of the zone; the second day only if it is another one."""
    if start is None:
        return ""
    begins = start.astimezone(ZoneInfo(zone))
    text = f"{day(say, begins.date())} {begins:%H:%M}"
    if end is None:
        return text
    ends = end.astimezone(ZoneInfo(zone))
    return (
        f"{text} ~ {ends:%H:%M}" if ends.date() == begins.date() else f"{text} ~ {day(say, ends.date())} {ends:%H:%M}"
    )


def _summary(minutes: Minutes, say: Say) -> str:
    """문서요지 when nobody has written one: how much was discussed and decided."""
    agreed = sum(one.outcome is Outcome.AGREED for one in minutes.decisions)
    topics = sum(topic.level == 1 and bool(topic.title) for topic in minutes.topics)
    counts = {"topics": topics, "agreed": agreed, "actions": len(minutes.actions)}
    if others := len(minutes.decisions) - agreed:
        return say("minutes-doc-summary-counts", others=others, **counts)
    return say("minutes-doc-summary-agreed", **counts)


def _attachments(minutes: Minutes, particulars: Particulars, say: Say) -> tuple[str, ...]:
    """Those that lines of the record name, then those told beside them."""
    lines = (line.text for line in minutes.lines(Marker.ATTACHMENT))
    return attached(_clean(one, say) for one in [*lines, *particulars.attachments])


def _told_keywords(particulars: Particulars, say: Say) -> tuple[str, ...]:
    return tuple(word for one in particulars.keywords if (word := _clean(one, say)))


def _keywords(minutes: Minutes, say: Say) -> tuple[str, ...]:
    """The topics' titles and the actions' workstreams."""
    titles = [topic.title for topic in minutes.topics if topic.level == 1]
    words = (_clean(word, say) for word in [*titles, *(action.stream for action in minutes.actions)])
    return tuple(dict.fromkeys(word for word in words if word))[:_KEYWORDS_LIMIT]


def _sections(minutes: Minutes, particulars: Particulars, say: Say) -> Iterable[Section | None]:
    yield sections.attendance(minutes, say)
    yield sections.agenda(minutes, say)
    yield sections.order(minutes, particulars.zone, say)
    yield sections.remarks(minutes, say)
    yield sections.decisions(minutes, say)
    yield votes(minutes, say)
    yield sections.actions(minutes, say)
    yield sections.unclear(minutes, say) if particulars.is_draft else None
    yield sections.next_meeting(particulars.next_meeting, say)


def _numbered(every: Iterable[Section | None], say: Say) -> Iterable[Section]:
    there = (section for section in every if section is not None)
    for at, section in enumerate(there, start=1):
        number = item_number(1, at, say.language)
        yield Section(number, section.title, section.items, section.table, section.notes)


def _signers(particulars: Particulars, say: Say) -> Table:
    """작성자 and 확인자 of every side, with room to sign; no 결재란, which is the office's."""
    headers = (
        "minutes-doc-role",
        "minutes-doc-side",
        "minutes-doc-department",
        "minutes-doc-name",
        "minutes-doc-signature",
    )
    rows = [
        *(
            _signer_row("minutes-doc-writer", one, particulars.zone, say)
            for one in particulars.writers or (Signer(""),)
        ),
        *(
            _signer_row("minutes-doc-confirmer", one, particulars.zone, say)
            for one in particulars.confirmers or (Signer(""),)
        ),
    ]
    return Table(tuple(map(say, headers)), _SIGNER_WIDTHS, tuple(rows))


def _signer_row(role: str, signer: Signer, zone: str, say: Say) -> Row:
    who = signer.who
    signed = day(say, signer.at.astimezone(ZoneInfo(zone)).date()) if signer.at else ""
    side, department = _clean(signer.side, say), _clean(who.department, say) if who else ""
    return Row((say(role), side, department, _clean(who.full, say) if who else "", signed))
