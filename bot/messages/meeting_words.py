"""Lines about meetings that several messages share; all escaped."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.messages import dates
from bot.messages.escape import escape, escape_within, whole_lines
from bot.messages.roster import name_and_title
from bot.rules.meeting_filing import Filed
from bot.rules.meeting_views import MeetingView, by_side
from bot.rules.minutes import Marker, Presence, Who
from config.words import Say
from storage.tables import Person

TEXT_SHOWN = 300
NAMES_SHOWN = 20


def heading(view: MeetingView, _say: Say) -> str:
    """`M-3 제3차 회의`."""
    return f"M-{view.meeting.number} {escape_within(view.meeting.title, TEXT_SHOWN)}"


def person(one: Person) -> str:
    return escape_within(name_and_title(one), 80)


def who(one: Who) -> str:
    return escape_within(one.full, 80)


def decision_line(filed: Filed) -> str:
    """`📌 R-7 …`."""
    text = filed.decision.text if filed.decision else ""
    return f"📌 {filed.ref}  {_in_a_line(text)}"


def action_line(view: MeetingView, filed: Filed, say: Say) -> str:
    """`📝 A-12 … · 정하늘 교수, 최유진 주무관 · 2026. 12. 9.(수)`."""
    action = filed.action
    if action is None:
        return filed.ref
    owners = ", ".join(map(who, action.owners)) or say("meeting-no-owner")
    due = dates.due(say, action.due, action.due_time)
    return f"📝 {filed.ref}  {_in_a_line(action.text)} · {owners} · {due}"


def _in_a_line(text: str) -> str:
    """Escaped; whoever lists lines counts them."""
    return escape_within(" ".join(text.split()), TEXT_SHOWN)


def attendance(view: MeetingView, say: Say) -> str:
    """Who is there, counted per side and never pooled: `참석 GIST 3 · 영광군 2`."""
    there = by_side(view.minutes.attendees)
    names = [side.name for side in view.sides if there.get(side.name)]
    counts = [say("meeting-side-count", side=escape(name), count=str(len(there[name]))) for name in names]
    counts += [say("meeting-others-count", count=str(len(there[""])))] if there.get("") else []
    return say("meeting-attendance", counts=" · ".join(counts)) if counts else ""


def attendance_in_full(view: MeetingView, say: Say) -> list[str]:
    """The same by name, a line for each side; who was absent, last."""
    lines = []
    for side, there in by_side(view.minutes.attendees).items():
        names = [_attendee(one.who, one.presence, say) for one in there[:NAMES_SHOWN]]
        more = [say("meeting-more-people", count=str(len(there) - NAMES_SHOWN))] if len(there) > NAMES_SHOWN else []
        label = escape(side) or say("meeting-others")
        lines.append(say("meeting-side-names", side=label, names=", ".join([*names, *more])))
    if absent := [who(one) for one in view.minutes.regrets[:NAMES_SHOWN]]:
        lines.append(say("meeting-absent", names=", ".join(absent)))
    return lines


def _attendee(one: Who, presence: Presence, say: Say) -> str:
    if presence is Presence.PRESENT:
        return who(one)
    return say(f"meeting-presence-{presence.value}", who=who(one))


def waiting_sides(view: MeetingView) -> str:
    """The sides that have not confirmed."""
    return ", ".join(escape(word.side.name) for word in view.waiting)


def kind_of(marker: Marker, say: Say) -> str:
    """What a line is, in words."""
    return say(f"meeting-kind-{marker.value}")


def document_number(view: MeetingView) -> str:
    """Our own number for a document; an office's registration number is never invented: `TFT-2026-07`."""
    meeting = view.meeting
    begun = meeting.started_at or meeting.planned_for or meeting.created_at
    return f"TFT-{begun.astimezone(ZoneInfo(view.task_force.zone)).year}-{meeting.number:02}"


def part(title: str, lines: Sequence[str], say: Say, limit: int = 2700) -> str:
    """Lines under a title, as many as fit; or that there are none."""
    said = whole_lines(lines, limit) if lines else say("meeting-none")
    return f"*{title}*\n{said}"
