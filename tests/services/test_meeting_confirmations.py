"""The sides confirm a draft of minutes, or object; it is final, and stays what it is; on both engines."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import select, text

from bot.messages import ids
from bot.messages.blocks import option
from bot.messages.post import Post
from bot.services import meeting_clock, meeting_confirmations, meeting_finals, meeting_records, meetings, posts
from bot.services.refused import Refused
from storage import meetings as stored
from storage.tables import (
    Change,
    Decision,
    DecisionStatus,
    MinutesWord,
    OutboxRow,
    OutboxState,
    Person,
    Phase,
    Side,
    TaskForce,
)
from tests.messages.test_minutes_hwpx import read as read_hwpx
from tests.services.asking import ask
from tests.services.meeting import begun, confirmed, minutes, on_record, posted, press, say, send, shown, the, told
from tests.services.team import Team, text_of, user_of


@pytest.fixture
def draft(team: Team) -> Team:
    """A meeting with a decision and an action, on record."""
    begun(team)
    say(team, "gist member", "안건: 명칭", "결정: 센터 이름을 정함", "할 일: 견적 받기 한도윤 주무관 12월 4일까지")
    on_record(team)
    return team


def decision(team: Team) -> Decision:
    with team.database.reading() as session:
        return session.exec(select(Decision)).one()


def sent(team: Team, row: OutboxRow) -> None:
    """Delivery has posted it."""
    with team.work() as work:
        work.session.get_one(OutboxRow, row.id).state = OutboxState.SENT


def altered(team: Team) -> list[str]:
    with team.database.reading() as session:
        return [one.title for one in meeting_finals.altered(session)]


def test_both_leads_confirm_and_with_the_minutes_their_decisions(draft: Team):
    assert confirmed(draft, "gist lead").phase is Phase.DRAFT
    assert decision(draft).status is DecisionStatus.PROPOSED

    reply = press(draft, "county lead", ids.MEETING_CONFIRM, "1")

    assert "모든 측이 확인해 회의록이 확정되었습니다" in told(reply)
    assert the(draft).phase is Phase.FINAL
    assert decision(draft).status is DecisionStatus.IN_FORCE
    summary = shown(draft, meeting_records.SUMMARY)
    assert "GIST 측: ✅ 확인 · 이강민 단장" in summary
    assert "영광군 측: ✅ 확인 · 박서준 과장" in summary
    assert altered(draft) == []


def test_a_deputy_confirms_for_an_absent_lead(draft: Team):
    assert confirmed(draft, "gist lead", "county deputy").phase is Phase.FINAL
    assert "서다은 팀장" in shown(draft, meeting_records.SUMMARY)


def test_a_secretary_needs_a_delegation_which_is_shown(draft: Team):
    with pytest.raises(Refused, match="meeting-confirm-who") as raised:
        confirmed(draft, "county secretary")
    assert "박서준 과장" in str(raised.value.args_of_key["names"])

    ask(draft, "county lead", "위임 최유진 주무관")
    confirmed(draft, "county secretary")

    assert "최유진 주무관 (위임: 박서준 과장)" in shown(draft, meeting_records.SUMMARY)


@pytest.mark.parametrize("handle", ["county owner", "observer"])
def test_who_may_not_is_told_who_may_and_nothing_changes(draft: Team, handle: str):
    with pytest.raises(Refused, match="meeting-confirm-who"):
        confirmed(draft, handle)

    with draft.database.reading() as session:
        assert session.exec(select(MinutesWord)).all() == []


def test_one_side_twice_is_one_side(draft: Team):
    assert confirmed(draft, "county lead", "county deputy").phase is Phase.DRAFT


def test_who_has_spoken_for_one_side_does_not_speak_for_another(draft: Team):
    confirmed(draft, "gist lead")
    with draft.work() as work:
        (word,) = work.session.exec(select(MinutesWord))
        moved = work.session.get_one(Person, word.person_id)
        moved.side_id = next(one.id for one in work.session.exec(select(Side)) if one.id != word.side_id) or 0

    with pytest.raises(Refused, match="meeting-confirm-other-side"):
        press(draft, "gist lead", ids.MEETING_CONFIRM, "1")
    assert the(draft).phase is Phase.DRAFT


def test_an_objection_blocks_with_name_and_reason_until_it_is_taken_back(draft: Team):
    form = press(draft, "county lead", ids.MEETING_OBJECT, "1").view
    assert form
    send(draft, "county lead", form, words="예산이 빠졌습니다")

    confirmed(draft, "gist lead")

    assert the(draft).phase is Phase.DRAFT
    assert "영광군 측: 이의 · 박서준 과장" in shown(draft, meeting_confirmations.NEWS)
    assert "예산이 빠졌습니다" in shown(draft, meeting_records.SUMMARY)
    press(draft, "county lead", ids.MEETING_TAKE_BACK)
    assert confirmed(draft, "county lead").phase is Phase.FINAL


def test_changing_a_line_asks_those_anew_who_had_confirmed(draft: Team):
    confirmed(draft, "gist lead")
    (line,) = minutes(draft).decisions
    form = press(draft, "gist member", ids.MEETING_LINE, line.place.anchor).view
    assert form

    send(draft, "gist member", form, text="센터 이름을 공모하여 정함")

    assert [row.user_id for row in draft.queued(meeting_confirmations.REWORDED)] == ["UGLEAD"]
    assert decision(draft).text == "센터 이름을 공모하여 정함"
    assert "GIST 측: 확인 대기" in shown(draft, meeting_records.SUMMARY)
    overtaken = press(draft, "county lead", ids.MEETING_CONFIRM, "1")
    assert "그사이 회의록(안)이 바뀌어" in told(overtaken)
    assert confirmed(draft, "gist lead", "county lead").phase is Phase.FINAL
    assert [one.text for one in minutes(draft).decisions] == ["센터 이름을 공모하여 정함"]


def test_a_decision_left_out_of_the_draft_is_given_up_and_a_new_one_is_proposed(draft: Team):
    first = minutes(draft).decisions[0].place.anchor
    action = minutes(draft).actions[0].place.anchor
    form = press(draft, "gist member", ids.MEETING_LINE, first).view
    assert form
    send(draft, "gist member", form, kind="omit")
    other = press(draft, "gist member", ids.MEETING_LINE, action).view
    assert other
    send(draft, "gist member", other, kind="decision", text="견적을 받기로 함")

    with draft.database.reading() as session:
        found = [(one.number, one.text, one.status) for one in session.exec(select(Decision).order_by(text("number")))]
    assert found == [
        (1, "센터 이름을 정함", DecisionStatus.WITHDRAWN),
        (2, "견적을 받기로 함", DecisionStatus.PROPOSED),
    ]


def test_the_roster_may_change_and_the_minutes_stay(draft: Team):
    before = minutes(draft)
    with draft.work() as work:
        work.session.execute(text("UPDATE person SET job_title = '과장', name = '한바뀜' WHERE name = '한도윤'"))

    assert minutes(draft) == before


@pytest.mark.parametrize("action_id", [ids.MEETING_ADDENDUM, ids.MEETING_NUMBER])
def test_nothing_is_put_beside_a_text_that_is_not_final(draft: Team, action_id: str):
    confirmed(draft, "gist lead", "county lead")
    form = press(draft, "county secretary", action_id).view
    assert form
    with draft.work() as work:
        stored.lock(work.session, the(draft).id or 0).phase = Phase.DRAFT

    with pytest.raises(Refused, match="meeting-is-draft"):
        send(draft, "county secretary", form, words="더함", number="1", on="2026-12-10")


def test_final_minutes_are_read_only_and_corrected_beside_the_text(draft: Team):
    confirmed(draft, "gist lead", "county lead")
    anchor = minutes(draft).decisions[0].place.anchor
    fingerprint = the(draft).fingerprint
    for action_id, more in (
        (ids.MEETING_LINE, anchor),
        (ids.MEETING_OMIT, anchor),
        (ids.MEETING_FACTS, ""),
        (ids.MEETING_CONFIRM, "1"),
        (ids.MEETING_ANSWER, f"{anchor}|owners|정하늘 교수"),
    ):
        with pytest.raises(Refused, match="meeting-is-final"):
            press(draft, "gist member", action_id, more)

    form = press(draft, "county owner", ids.MEETING_ADDENDUM).view
    assert form
    send(draft, "county owner", form, words="참석자에 문하린 주무관을 더함")
    number = press(draft, "county secretary", ids.MEETING_NUMBER).view
    assert number
    send(draft, "county secretary", number, number="스마트산업과-12345", on="2026-12-10")

    summary = shown(draft, meeting_records.SUMMARY)
    assert "참석자에 문하린 주무관을 더함 · 한도윤 주무관" in summary
    assert "영광군 문서번호: 스마트산업과-12345 (2026. 12. 10.(목))" in summary
    assert the(draft).fingerprint == fingerprint
    assert altered(draft) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE meeting_line SET text = '결정: 센터 이름을 정한' WHERE text = '결정: 센터 이름을 정함'",
        "UPDATE meeting_line SET ordinal = ordinal + 9000000 WHERE text = '안건: 명칭'",
        "UPDATE meeting_line SET text = text || ' ' WHERE text = '안건: 명칭'",  # nobody would see it in the minutes
        "DELETE FROM meeting_line WHERE text LIKE '할 일%'",
        "UPDATE meeting SET title = '실무회이'",
        "UPDATE meeting SET host_side_id = 2",
        "UPDATE meeting SET attachments = '산출근거 2부'",
        "UPDATE meeting SET head = REPLACE(head, '한도윤', '한도운')",
        "UPDATE meeting SET head = REPLACE(head, '{', '')",
        "UPDATE meeting SET fingerprint = 'f' || fingerprint",
        "UPDATE minutes_word SET person_id = 1 WHERE person_id <> 1",
        "UPDATE kept_minutes SET minutes = REPLACE(minutes, '이름을 정함', '이름을 정한')",
        "UPDATE kept_minutes SET documents = REPLACE(documents, '이름을 정함', '이름을 정한')",
        "UPDATE kept_minutes SET minutes = REPLACE(minutes, '{', '')",
        "DELETE FROM kept_minutes",
    ],
)
def test_a_changed_byte_of_final_minutes_shows(draft: Team, change: str):
    confirmed(draft, "gist lead", "county lead")
    assert altered(draft) == []

    with draft.work() as work:
        work.session.execute(text(change))

    assert len(altered(draft)) == 1


@pytest.mark.parametrize("is_consent", [True, False])
def test_silence_is_consent_only_where_the_task_force_has_set_it_so(team: Team, is_consent: bool):
    with team.work() as work:
        work.session.get_one(TaskForce, 1).silence_is_consent = is_consent
    begun(team)
    say(team, "gist member", "결정: 센터 이름을 정함")
    on_record(team)
    sent(team, *team.queued(meetings.PAPERS))
    for _ in range(3):
        team.later(days=2)
        with team.work() as work:
            meeting_clock.plan_meetings(work)

    assert the(team).phase is (Phase.FINAL if is_consent else Phase.DRAFT)
    assert len(team.queued(meetings.PAPERS)) == is_consent
    assert decision(team).status is DecisionStatus.PROPOSED
    if is_consent:
        assert "영광군 측: 기한까지 이의 없음" in shown(team, meeting_records.SUMMARY)


def test_silence_is_no_consent_while_there_is_time_for_comments(team: Team):
    with team.work() as work:
        task_force = work.session.get_one(TaskForce, 1)
        task_force.silence_is_consent, task_force.comment_days = True, 10
    begun(team)
    on_record(team)
    phases = []
    for _ in range(4):
        team.later(days=5)
        with team.work() as work:
            meeting_clock.plan_meetings(work)
        phases.append(the(team).phase)

    assert phases == [Phase.DRAFT, Phase.DRAFT, Phase.FINAL, Phase.FINAL]


def test_the_verbs_do_what_the_buttons_do(draft: Team):
    ask(draft, "gist lead", "확인 M-1")
    ask(draft, "county lead", "이의 M-1 예산이 빠졌습니다")
    assert "이의 · 박서준 과장" in shown(draft, meeting_records.SUMMARY)
    ask(draft, "county lead", "되돌리기 M-1")
    ask(draft, "county lead", "confirm m1")

    assert the(draft).phase is Phase.FINAL
    assert "회의록" in told(ask(draft, "observer", "회의록 M-1"))
    (row,) = draft.queued("meeting-file")
    files = posted(draft, row).files
    assert row.user_id == user_of("observer")
    assert [file.name for file in files] == [
        f"2026-11-23_제1차_회의록.{shape}" for shape in ("hwpx", "pdf", "html", "md")
    ]
    assert [file.content[:4] for file in files[:2]] == [b"PK\x03\x04", b"%PDF"]
    assert all("센터" in file.content.decode() for file in files[2:])


@pytest.mark.parametrize(
    ("language", "draft_name", "final_name", "says"),
    [
        ("ko", "2026-11-23_제1차_회의록(안)", "2026-11-23_제1차_회의록", "2026. 11. 26.(목)까지"),
        ("en", "2026-11-23_meeting-1_minutes(draft)", "2026-11-23_meeting-1_minutes", "by Thu 26 Nov 2026"),
    ],
)
def test_files_come_to_the_meetings_thread_with_the_draft_and_when_it_is_final(
    draft: Team, language: str, draft_name: str, final_name: str, says: str
):
    with draft.work() as work:
        work.session.get_one(TaskForce, 1).language = language
    (row,) = draft.queued(meetings.PAPERS)

    first = posted(draft, row)

    assert [file.name for file in first.files] == [f"{draft_name}.hwpx", f"{draft_name}.pdf"]
    assert says in first.text
    kind = posts.kinds()[meetings.PAPERS]
    with draft.database.reading() as session:
        assert posts.over(session, kind, row) == (meetings.CARD, str(the(draft).id))
    sent(draft, row)
    assert confirmed(draft, "gist lead", "county lead").phase is Phase.FINAL
    (row,) = draft.queued(meetings.PAPERS)
    assert [file.name for file in posted(draft, row).files] == [f"{final_name}.hwpx", f"{final_name}.pdf"]


def test_attachments_come_from_the_form_and_from_the_thread_and_are_confirmed_with_the_rest(team: Team):
    begun(team)
    say(team, "county owner", "결정: 센터 이름을 정함", "붙임: 산출근거 1부")
    on_record(team)
    confirmed(team, "gist lead")
    form = press(team, "county secretary", ids.MEETING_FACTS).view
    assert form

    send(team, "county secretary", form, attachments=" 2. 배치도   2부.\n\n견적서 1부.  끝.", keywords="실증센터, 명칭")

    assert "GIST 측: 확인 대기" in shown(team, meeting_records.SUMMARY)
    again = press(team, "county secretary", ids.MEETING_FACTS).view
    assert again
    (told_before,) = [one for one in again["blocks"] if one.get("block_id") == "attachments"]
    assert told_before["element"]["initial_value"] == "2. 배치도 2부.\n견적서 1부. 끝."
    listed = "붙임 1. 산출근거 1부. 2. 배치도 2부. 3. 견적서 1부. 끝."
    assert listed in " ".join(told(press(team, "observer", ids.MEETING_READ)).split())
    assert confirmed(team, "gist lead", "county lead").phase is Phase.FINAL
    assert altered(team) == []
    press(team, "observer", ids.MEETING_FILES)
    (row,) = team.queued("meeting-file")
    for name, said in files_said(posted(team, row)).items():
        bare = "".join(said.split())
        assert "".join(listed.split()) in bare, name
        assert bare.count("끝.") == 1, name
        assert "실증센터,명칭" in bare, name


def test_the_side_that_convened_it_is_chosen_and_confirmed_with_the_rest(draft: Team):
    confirmed(draft, "gist lead")
    form = press(draft, "county secretary", ids.MEETING_FACTS).view
    assert form
    (host,) = [one["element"] for one in form["blocks"] if one["block_id"] == "host"]
    assert [one["text"]["text"] for one in host["options"]] == ["GIST", "영광군"]
    assert host["initial_option"]["text"]["text"] == "GIST"
    assert "개최기관: GIST (공동: 영광군)" in told(press(draft, "observer", ids.MEETING_READ))

    send(draft, "county secretary", form, host=host["options"][1]["value"])

    assert "개최기관: 영광군 (공동: GIST)" in told(press(draft, "observer", ids.MEETING_READ))
    assert "GIST 측: 확인 대기" in shown(draft, meeting_records.SUMMARY)
    with draft.database.reading() as session:
        (line,) = session.exec(select(Change).where(Change.subject_kind == "meeting", Change.act == "facts"))
    assert line.new
    assert str(line.new["host_side_id"]) == host["options"][1]["value"]
    assert confirmed(draft, "gist lead", "county lead").phase is Phase.FINAL
    assert altered(draft) == []
    with draft.work() as work:
        work.session.execute(text("UPDATE meeting SET host_side_id = 1"))
    assert len(altered(draft)) == 1


def test_no_other_task_forces_side_convenes_a_meeting(draft: Team):
    form = press(draft, "gist member", ids.MEETING_FACTS).view
    assert form
    (host,) = [one["element"] for one in form["blocks"] if one["block_id"] == "host"]
    with draft.database.reading() as session:
        others = session.exec(select(Side.id).where(Side.task_force_id != 1)).all()
    host["options"] = [option("GIST", one) for one in others]  # as nobody is offered them

    with pytest.raises(Refused, match="meeting-host-which") as raised:
        send(draft, "gist member", form, host=str(others[0]))

    assert raised.value.field == "host"
    assert the(draft).host_side_id == 1


def files_said(post: Post) -> dict[str, str]:
    """The text of each file, as a reader of its own finds it."""
    readers: dict[str, Callable[[bytes], str]] = {
        "hwpx": lambda content: "".join(read_hwpx(content)),
        "pdf": lambda content: "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages),
        "html": lambda content: re.sub(r"<style>.*?</style>|<[^>]+>", "", unescape(content.decode()), flags=re.DOTALL),
        "md": bytes.decode,
    }
    return {file.name: readers[file.name.rpartition(".")[2]](file.content) for file in post.files}


def test_without_a_korean_font_there_is_no_pdf_and_it_says_what_is_missing(
    draft: Team, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("config.fonts.find.__defaults__", (("/nowhere",),))
    (row,) = draft.queued(meetings.PAPERS)

    post = posted(draft, row)

    assert [file.name for file in post.files] == ["2026-11-23_제1차_회의록(안).hwpx"]
    assert "fonts-nanum" in text_of(post)
