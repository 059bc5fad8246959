"""The scripted meeting: sixty lines with every marker, of five people of both sides."""

import re
from datetime import date
from typing import Literal
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.messages.minutes_doc import compose
from bot.messages.minutes_markdown import markdown
from bot.rules.minutes import LineKind, Marker, Minutes, Outcome, Presence, RawLine, Record, Why, make, screen
from bot.rules.minutes_doc import Particulars, Signer
from config.words import LANGUAGES, Words
from tests.rules.minutes.case import DATA, PEOPLE, SETTING, pasted, scripted, typed

PARTICULARS = Particulars(
    number="TFT-2026-07",
    host="GIST",
    joint_hosts=("영광군",),
    place="GIST 오룡관 2층 회의실",
    disclosure="공개",
    next_meeting="2026. 12. 17.(목) 14:00 영광군청",
    attachments=("산출근거 초안 1부.", "국비 신청서 서식 1부."),
    writers=(Signer("GIST"), Signer("영광군")),
    confirmers=(Signer("GIST"), Signer("영광군")),
)


def minutes() -> Minutes:
    return make(typed(), PEOPLE, SETTING)


def substance(made: Minutes) -> object:
    """What both ways of writing must agree on; who wrote a line down is another matter."""
    return (
        [(one.text, one.outcome, one.topic, one.votes) for one in made.decisions],
        [(one.text, one.owners, one.due, one.topic, one.stream) for one in made.actions],
        [(one.text, one.topic) for one in made.proposals],
        [(topic.title, topic.level, [(line.marker, line.text) for line in topic.lines]) for topic in made.topics],
        [(line.speaker, line.text) for line in made.lines(Marker.REMARK, Marker.PROPOSAL)],
        made.attendees,
        made.chairs,
        [(one.why, one.written, one.candidates) for one in made.unclear],
    )


def written(made: Minutes, language: str) -> str:
    """The document, without anchors."""
    return re.sub(r'<a id="[^"]*"></a>', "", markdown(compose(made, PARTICULARS, Words().say(language))))


def test_it_has_sixty_lines_of_five_writers():
    assert len(scripted()) == 60
    assert len({writer for _, writer, _ in scripted()}) == 4 + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_minutes_are_as_expected_word_by_word(language: str):
    assert written(minutes(), language) == (DATA / f"meeting.{language}.txt").read_text(encoding="utf-8")


def test_pasted_as_one_block_by_the_secretary_it_says_the_same():
    block = make(pasted(), PEOPLE, SETTING)

    assert substance(block) == substance(minutes())
    said, typed_one_by_one = (written(one, "ko") for one in (block, minutes()))
    assert re.sub(r"\d\d:\d\d", "", said) == re.sub(r"\d\d:\d\d", "", typed_one_by_one)


def test_decisions_have_their_outcome_topic_and_votes_per_side():
    first, second, third, fourth, fifth, sixth, last = minutes().decisions

    assert [one.outcome for one in (first, second, third, fourth)] == [
        Outcome.AGREED,
        Outcome.AGREED,
        Outcome.REJECTED,
        Outcome.OPEN,
    ]
    assert first.topic == "2027년도 국비 공동 신청"
    assert [(tally.side, tally.yes, tally.no, tally.abstained) for tally in first.votes.tallies] == [
        ("GIST", 1, 0, 0),
        ("영광군", 2, 0, 1),
    ]
    assert [(tally.side, tally.yes, tally.no, tally.abstained) for tally in second.votes.tallies] == [
        ("GIST", 3, 0, 0),
        ("영광군", 2, 0, 1),
    ]
    assert fifth.votes.consent
    assert sixth.votes.consent
    assert not last.votes


def test_proposals_are_no_decisions_and_know_what_became_of_them():
    made = minutes()

    assert [one.text for one in made.proposals] == [
        "국비 신청서를 GIST와 영광군 공동 명의로 제출",
        "대마산단 2블록을 1순위로 정함",
        "센터 이름을 ‘영광 e-모빌리티 실증센터’로 함",
    ]
    assert [one.decided for one in made.proposals] == [one.place for one in made.decisions[:3]]


def test_actions_are_read_as_add_reads_them():
    actions = {one.text: one for one in minutes().actions}

    draft = actions["국비 신청서 초안 작성"]
    assert [who.full for who in draft.owners] == ["최유진 주무관", "정하늘 교수"]
    assert draft.due == date(2026, 12, 9)
    assert [who.full for who in actions["명칭 후보 세 가지를 정리"].owners] == ["최유진 주무관"]
    assert [who.full for who in actions["입지 검토 보고서 검토"].owners] == ["오세라 팀장", "정하늘 교수"]
    assert actions["산출근거 확정본 송부"].stream == "예산"


def test_what_is_not_sure_is_asked_and_not_guessed():
    asked = {one.why: one for one in minutes().unclear}

    assert asked[Why.OWNER].written == "한도윤"
    assert [who.full for who in asked[Why.OWNER].candidates] == ["한도윤 주무관"]
    due = asked[Why.DUE].due
    assert due
    assert [reading.date for reading in due.readings[:2]] == [date(2026, 12, 14), date(2026, 12, 15)]
    assert Why.NO_OWNER in asked
    assert [one.owners for one in minutes().actions if one.text.startswith("회의실")] == [()]


def test_everybody_is_listed_with_department_and_position():
    listed = [(one.who.full, one.who.side, one.who.department, one.presence) for one in minutes().attendees]

    assert ("오세라 팀장", "영광군", "스마트산업과", Presence.OBSERVING) in listed
    assert ("강태오 박사", "GIST", "모빌리티연구소", Presence.OBSERVING) in listed
    assert ("문하린 주무관", "영광군", "", Presence.PROXY) in listed
    assert [who.full for who in minutes().regrets] == ["Emma Clarke Researcher"]
    assert [who.full for who in minutes().chairs] == ["이강민 단장"]


def test_nothing_off_the_record_is_left():
    said = repr(minutes())

    for word in ("단가", "2억원", "인사 이야기", "neither", "경쟁 대학", "목록", "잘못 적은", "다음에 뵙겠습니다"):
        assert word not in said, word


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_fed_in_any_chunks_in_any_order_with_doubles_it_is_the_same(data: st.DataObject):
    lines = [*typed(), *corrections()]
    record = Record()
    mixed = data.draw(st.permutations(lines))
    while mixed:
        size = data.draw(st.integers(1, len(mixed)))
        record.feed(mixed[:size])
        record.feed(mixed[: data.draw(st.integers(0, size))])
        mixed = mixed[size:]

    assert record.minutes(PEOPLE, SETTING) == make(lines, PEOPLE, SETTING)


def corrections() -> list[RawLine]:
    """An edit, a deletion and the secretary's changes, all later than the lines."""
    return [
        RawLine("e1", 100, "정보: 군의회 정례회는 12월 2일에 열립니다.", kind=LineKind.CHANGED, of="t12"),
        RawLine("e2", 101, kind=LineKind.DELETED, of="t15"),
        RawLine("e3", 102, "추경에 반영함", kind=LineKind.WORDING, of="t9"),
        RawLine("e4", 103, "오세라 팀장", kind=LineKind.SPEAKER, of="t58"),
        RawLine("e5", 104, "t12", kind=LineKind.ORDER, of="t14"),
        RawLine("e6", 105, "한도윤 주무관", kind=LineKind.OWNERS, of="t54"),
        RawLine("e7", 106, "2026-12-15", kind=LineKind.DUE, of="t55"),
    ]


@given(st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["NFC", "NFD"]))
@settings(deadline=None)
def test_line_ends_and_jamo_make_no_difference(end: str, form: Literal["NFC", "NFD"]):
    (block,) = pasted()
    other = RawLine("block", 1, normalize(form, block.text).replace("\n", end), "김민지", block.at)

    assert make([other], PEOPLE, SETTING) == make([block], PEOPLE, SETTING)


SNIPPETS = st.sampled_from(
    [
        *(text for _, _, text in scripted()),
        "#topic x",
        "RESOLVED: y",
        "… 더",
        "#undo",
        "s/a/b/g",
        "<!channel> <b>",
        "",
        "\0",
    ]
)


@given(st.lists(st.one_of(SNIPPETS, st.text(max_size=60)), max_size=25))
@settings(deadline=None, max_examples=150)
def test_whatever_people_write_makes_minutes_and_every_line_knows_where_it_is_from(texts: list[str]):
    lines = [RawLine(f"t{at}", at, text, "김민지", SETTING.start) for at, text in enumerate(texts)]

    made = make(lines, PEOPLE, SETTING)

    assert made == make(reversed(lines), PEOPLE, SETTING)
    places = [line.place for line in made.lines()]
    assert len(places) == len(set(places))
    assert {place.key for place in places} <= {line.key for line in lines}
    for text in texts:
        assert make([RawLine("t", 1, screen(text).text)]) == make([RawLine("t", 1, text)])
