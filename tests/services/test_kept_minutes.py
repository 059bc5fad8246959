"""What the sides have confirmed stays what every form of the minutes shows, whatever the program becomes; on both engines."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select, text

from bot.messages import ids
from bot.rules.minutes import Marker, Minutes
from bot.rules.minutes.words import HASHES, HEADS, Act
from bot.services import former_finals, meeting_clock, meeting_documents, meeting_finals, meeting_records
from bot.services.meeting_views import view_of
from storage import meetings as stored
from storage.tables import Decision, DecisionStatus, KeptMinutes, Meeting, Phase, SetAside
from tests.services.asking import ask
from tests.services.meeting import (
    THREAD,
    begun,
    confirmed,
    minutes,
    on_record,
    posted,
    press,
    say,
    send,
    shown,
    the,
    told,
)
from tests.services.team import WORDS, Team
from tests.services.test_meeting_confirmations import files_said
from tests.services.test_meeting_imports import stored as imported

LINES = ("안건: 명칭", "결정: 센터 이름을 정함", "할 일: 견적 받기 한도윤 주무관 12월 4일까지")


@pytest.fixture
def draft(team: Team) -> Team:
    """A meeting with a decision and an action, on record."""
    begun(team)
    say(team, "gist member", *LINES)
    on_record(team)
    return team


@pytest.fixture
def final(draft: Team) -> Team:
    """Its minutes are confirmed by both sides."""
    confirmed(draft, "gist lead", "county lead")
    return draft


@pytest.fixture
def read_otherwise(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A later version: what was a decision is a fact to it, and documents are composed with other words."""

    def change() -> None:
        monkeypatch.setitem(HEADS, "결정", Act.FACT)
        monkeypatch.setattr("bot.messages.minutes_doc.document_text", lambda words, _language: words.upper() + "!")

    return change


def looked_at(team: Team, look: Callable[[Session], list[Meeting]]) -> list[str]:
    with team.database.reading() as session:
        return [f"M-{one.number}" for one in look(session)]


def altered(team: Team) -> list[str]:
    return looked_at(team, meeting_finals.altered)


def otherwise(team: Team) -> list[str]:
    return looked_at(team, meeting_finals.read_otherwise)


def kept(team: Team, number: int = 1) -> KeptMinutes | None:
    with team.database.reading() as session:
        return stored.kept(session, the(team, number).id or 0)


def document(team: Team, language: str = "ko", number: int = 1) -> object:
    with team.database.reading() as session:
        return meeting_documents.document(session, view_of(session, the(team, number)), WORDS.say(language))


def agreed(of: Minutes) -> list[str]:
    return [one.text for one in of.decisions]


def time_passes(team: Team) -> None:
    with team.work() as work:
        meeting_clock.plan_meetings(work)


def as_before(team: Team) -> None:
    """As a database from before had it, after its migration."""
    with team.work() as work:
        meeting = stored.lock(work.session, the(team).id or 0)
        for row in work.session.exec(select(KeptMinutes)):
            work.session.delete(row)
        work.session.flush()
        meeting.fingerprint = former_finals.former_fingerprint(work.session, meeting)
        meeting.next_due_at = meeting.registered_at


def everything_shown(team: Team) -> dict[str, str]:
    """All that anybody sees of the first meeting's minutes; all files on one engine, as drawing them takes a second."""
    files = {}
    if team.database.is_sqlite:
        press(team, "observer", ids.MEETING_FILES)
        files = files_said(posted(team, team.queued("meeting-file")[-1]))
        assert {name.rpartition(".")[2] for name in files} == {"hwpx", "pdf", "html", "md"}
    return {
        **files,
        "document": str(document(team)),
        "read": told(press(team, "observer", ids.MEETING_READ)),
        "summary": shown(team, meeting_records.SUMMARY),
        "search": told(ask(team, "observer", "검색 이름을")),
        "english": str(document(team, "en")),
    }


def test_a_final_text_stays_in_every_form_and_a_meeting_that_runs_is_read_by_the_rules_of_today(
    final: Team, read_otherwise: Callable[[], None]
):
    begun(final, ts="1763957000.000100")
    say(final, "gist member", *LINES, number=2)
    assert agreed(minutes(final, 2)) == ["센터 이름을 정함"]
    before = everything_shown(final)
    assert all("센터 이름을 정함" in said for said in before.values())

    read_otherwise()
    with final.work() as work:  # nor do people's new titles change what was confirmed
        work.session.execute(text("UPDATE person SET job_title = '국장' WHERE name = '박서준'"))

    after = everything_shown(final)
    before["summary"] = before["summary"].replace("박서준 과장", "박서준 국장")  # a message, about people as they are
    assert after == before
    assert agreed(minutes(final, 2)) == []
    assert [one.marker for one in minutes(final, 2).lines()] == [Marker.FACT, Marker.ACTION]
    assert (altered(final), otherwise(final)) == ([], ["M-1"])


def test_a_draft_says_what_was_confirmed_until_it_is_changed(draft: Team, read_otherwise: Callable[[], None]):
    confirmed(draft, "gist lead")

    read_otherwise()

    assert agreed(minutes(draft)) == ["센터 이름을 정함"]
    confirmed(draft, "county lead")
    assert the(draft).phase is Phase.FINAL
    assert agreed(minutes(draft)) == ["센터 이름을 정함"]
    assert altered(draft) == []


def test_a_change_of_the_draft_has_its_lines_read_again_and_asks_all_anew(
    draft: Team, read_otherwise: Callable[[], None]
):
    confirmed(draft, "gist lead")
    read_otherwise()
    form = press(draft, "gist member", ids.MEETING_LINE, minutes(draft).actions[0].place.anchor).view
    assert form

    send(draft, "gist member", form, text="견적을 두 곳에서 받기")

    assert agreed(minutes(draft)) == []
    assert [one.text for one in minutes(draft).actions] == ["견적을 두 곳에서 받기"]
    assert "GIST 측: 확인 대기" in shown(draft, meeting_records.SUMMARY)
    with draft.database.reading() as session:
        assert session.exec(select(Decision.status)).all() == [DecisionStatus.WITHDRAWN]


def test_addresses_of_messages_are_told_as_they_are_now(final: Team):
    with final.work() as work:
        stored.lock(work.session, the(final).id or 0).permalink = f"https://new.slack.com/archives/C1/p{THREAD}"

    links = {line.link.partition("?")[0].rpartition("/")[0] for line in minutes(final).lines()}

    assert links == {"https://new.slack.com/archives/C1"}
    assert "https://new.slack.com/archives/C1/p" in str(document(final))
    assert altered(final) == []


def test_who_writes_over_the_kept_text_is_told_from_a_later_version(final: Team, read_otherwise: Callable[[], None]):
    read_otherwise()
    assert (altered(final), otherwise(final)) == ([], ["M-1"])

    with final.work() as work:
        row = work.session.get_one(KeptMinutes, the(final).id)
        row.minutes = row.minutes.replace("견적 받기", "견적 내기")

    assert (altered(final), otherwise(final)) == (["M-1"], [])


def test_what_was_final_before_texts_were_kept_is_kept_by_the_next_tick(
    final: Team, read_otherwise: Callable[[], None]
):
    text_before, paper = minutes(final), document(final)
    as_before(final)
    assert (minutes(final), document(final), altered(final)) == (text_before, paper, [])

    time_passes(final)

    assert (the(final).next_due_at, altered(final), otherwise(final)) == (None, [], [])
    read_otherwise()
    assert (minutes(final), document(final)) == (text_before, paper)
    assert (altered(final), otherwise(final)) == ([], ["M-1"])


def test_a_draft_from_before_is_kept_by_the_next_tick_and_goes_on(draft: Team, read_otherwise: Callable[[], None]):
    due = the(draft).next_due_at
    confirmed(draft, "gist lead")
    as_before(draft)

    time_passes(draft)

    read_otherwise()
    assert agreed(minutes(draft)) == ["센터 이름을 정함"]
    assert the(draft).next_due_at == due
    assert confirmed(draft, "county lead").phase is Phase.FINAL


def test_what_was_altered_before_is_not_kept_until_somebody_has_put_it_right(final: Team):
    as_before(final)
    alter = "UPDATE meeting_line SET text = '결정: 센터 이름을 정한' WHERE text = '결정: 센터 이름을 정함'"
    with final.work() as work:
        work.session.execute(text(alter))

    time_passes(final)

    assert (kept(final), altered(final)) == (None, ["M-1"])
    with final.database.reading() as session:
        assert session.exec(select(SetAside.error)).all() == ["NotAsConfirmed: M-1"]
    with final.work() as work:
        work.session.execute(text("UPDATE meeting_line SET text = '결정: 센터 이름을 정함' WHERE text LIKE '결정%'"))
    final.later(hours=1)
    time_passes(final)
    assert kept(final)
    assert altered(final) == []
    with final.database.reading() as session:
        assert session.exec(select(SetAside)).all() == []


def test_killed_while_it_becomes_final_it_is_a_draft_and_nothing_is_kept(draft: Team, monkeypatch: pytest.MonkeyPatch):
    confirmed(draft, "gist lead")
    monkeypatch.setattr(meeting_finals, "fingerprint", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        press(draft, "county lead", ids.MEETING_CONFIRM, "1")

    found = kept(draft)
    assert found
    assert found.documents == ""
    assert the(draft).phase is Phase.DRAFT
    monkeypatch.undo()
    assert confirmed(draft, "county lead").phase is Phase.FINAL
    assert altered(draft) == []


def test_an_imported_meeting_stays_as_well(team: Team, monkeypatch: pytest.MonkeyPatch):
    team.later(days=30)
    imported(team)
    press(team, "gist member", ids.MEETING_RECORD)
    confirmed(team, "gist lead", "county lead")
    text_before, paper = minutes(team), document(team)
    assert agreed(text_before)

    monkeypatch.setitem(HASHES, "agreed", Act.FACT)

    assert (minutes(team), document(team)) == (text_before, paper)
    assert (altered(team), otherwise(team)) == ([], ["M-1"])
