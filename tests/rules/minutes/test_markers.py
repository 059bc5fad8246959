"""How single lines are understood: markers, speakers, votes, corrections, attendance."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.rules.calendars import Calendar
from bot.rules.dates import find_due
from bot.rules.minutes import (
    Known,
    LineKind,
    Marker,
    Minutes,
    Outcome,
    Presence,
    RawLine,
    Setting,
    Why,
    make,
    place_of,
    screen,
)
from tests.rules.minutes.case import DAY, PEOPLE, SETTING, about, said

TYPED = {
    Marker.DECISION: "결정: 합의: 의결: decision: agreed: resolved: resolution: #agreed #accepted #agree".split(),
    Marker.REJECTED: "부결: #rejected #failed".split(),
    Marker.OPEN: "보류: #inconclusive".split(),
    Marker.PROPOSAL: "제안: proposal: proposed: #motion #proposed".split(),
    Marker.ACTION: ["할일:", "할 일:", "조치:", "action:", "todo:", "action item:", "#action"],
    Marker.FACT: "정보: info: #info".split(),
    Marker.IDEA: "아이디어: #idea".split(),
    Marker.LINK: "링크: #link".split(),
    Marker.ATTACHMENT: "붙임: attachment: #붙임 #attachment".split(),
    Marker.HELP: ["#help"],
}
WAYS = [(kind, marker) for kind, markers in TYPED.items() for marker in markers]
BULLETS = "□ ○ ◦ ● ▪ - – • · ㆍ ※ ▶ 1. 가. 1) ①".split()


def only(made: Minutes) -> tuple[Marker, str | None, str]:
    """The one line that was made: what it is, who said it, its text."""
    (line,) = made.lines()
    return line.marker, line.speaker.full if line.speaker else None, line.text


@pytest.mark.parametrize(("kind", "marker"), WAYS)
@pytest.mark.parametrize("bullet", ["", *BULLETS])
def test_a_marker_behind_any_bullet(kind: Marker, marker: str, bullet: str):
    assert only(said(f"{bullet} {marker} 센터 설치")) == (kind, "김민지 연구원", "센터 설치")


@pytest.mark.parametrize(("kind", "marker"), [way for way in WAYS if way[1].endswith(":")])
@pytest.mark.parametrize("written", ["{}： {}", " *{}:* {}", "*{}*: {}", "{} : {}", "{}:{}"])
def test_colons_spaces_and_bold(kind: Marker, marker: str, written: str):
    assert only(said(written.format(marker.rstrip(":"), "센터 설치"))) == (kind, "김민지 연구원", "센터 설치")


@pytest.mark.parametrize("kind", list(TYPED))
def test_upper_and_full_width_letters_are_the_same(kind: Marker):
    for marker in TYPED[kind]:
        wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in marker.upper())
        assert only(said(f"{wide} 센터"))[0] is kind


@pytest.mark.parametrize(
    ("kind", "marker"),
    [
        (Marker.DECISION, "결정 1:"),
        (Marker.DECISION, "결정1："),
        (Marker.DECISION, "*제2호 의결:*"),
        (Marker.DECISION, "Decision 2-1:"),
        (Marker.DECISION, "정하늘 교수: 합의 1:"),
        (Marker.REJECTED, "부결 1:"),
        (Marker.OPEN, "보류 2번:"),
        (Marker.PROPOSAL, "1차 제안:"),
        (Marker.ACTION, "할 일 3:"),
        (Marker.ACTION, "- 조치 12:"),
        (Marker.ACTION, "action item 1:"),
        (Marker.FACT, "정보 1:"),
        (Marker.ATTACHMENT, "붙임 1:"),
    ],
)
def test_a_marker_with_a_number(kind: Marker, marker: str):
    assert only(said(f"{marker} 센터 설치"))[::2] == (kind, "센터 설치")
    assert only(said(f"{marker} 센터 설치", setting=replace(SETTING, numbered=False)))[0] is Marker.REMARK


def test_undo_takes_back_a_marker_with_a_number():
    assert [line.text for line in said("결정 1: 센터 설치", "결정 2: 대학원 신설", "#undo").lines()] == ["센터 설치"]


def test_on_irc_a_word_with_a_number_is_a_nickname():
    assert only(said("info2: 센터", setting=replace(SETTING, nicknames=True)))[0] is Marker.REMARK


@pytest.mark.parametrize("marker", ["안건:", "의제:", "topic:", "#topic", "안건 1:", "제2호 안건:", "[안건]"])
def test_a_topic(marker: str):
    assert [(topic.title, topic.level) for topic in said(f"{marker} 예산", "말").topics] == [("예산", 1)]


@pytest.mark.parametrize("marker", ["세부:", "subtopic:", "#subtopic"])
def test_a_subtopic(marker: str):
    assert [(topic.title, topic.level) for topic in said("안건: 예산", f"{marker} 국비").topics] == [
        ("예산", 1),
        ("국비", 2),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "proposed #agreed 센터",
        "PROPOSED: 센터",
        "PROPOSED RESOLUTION: 센터",
        "Proposed Agreed: 센터",
        "draft resolution: 센터",
    ],
)
def test_what_is_only_proposed_is_no_decision(line: str):
    made = said(line)

    assert made.decisions == ()
    assert [one.text for one in made.proposals] == ["센터"]


@pytest.mark.parametrize(
    "line",
    [
        "참고: 내일 휴무",
        "12:30 시작합니다",
        "결정 사항 정리: 내일",
        "http 오류: 404",
        "#센터 일정",
        "#meeting 자료",
        "#date 정하기",
        "회의 종료 후 식사",
        "date: Friday",
        "결정 1에 따라: 두 곳에 둠",
        "결정 1은 그대로 둡니다",
        "결정 1, 2: 다음에",
        "결정 14:00까지 기다림",
        "할 일 9:30 - 11:00",
        "결정 2027: 예산의 해",
        "정보 2팀: 자료 있음",
        "회의 1: 시작",
    ],
)
def test_other_words_before_a_colon_are_just_words(line: str):
    assert only(said(line)) == (Marker.REMARK, "김민지 연구원", line)


def test_a_bare_address_is_a_link():
    assert only(said("https://example.org/a?b=1"))[0] is Marker.LINK
    assert only(said("<https://example.org|보기>")) == (Marker.LINK, "김민지 연구원", "보기 (https://example.org)")


@pytest.mark.parametrize(
    ("head", "speaker"),
    [
        ("정하늘", "정하늘 교수"),
        ("정하늘 교수", "정하늘 교수"),
        ("정하늘 교수님", "정하늘 교수"),
        ("하늘쌤", "정하늘 교수"),
        ("GIST 정하늘 교수", "정하늘 교수"),
        ("영광군 기획예산실 최유진 주무관", "최유진 주무관"),
        ("emma clarke", "Emma Clarke Researcher"),
        ("<@U0GISTOWN>", "정하늘 교수"),
        ("김철수 과장", "김철수 과장"),
    ],
)
def test_who_speaks_stands_before_a_colon(head: str, speaker: str):
    assert only(said(f"{head}: 좋습니다")) == (Marker.REMARK, speaker, "좋습니다")
    assert only(said(f"- {head}： 결정: 센터 설치")) == (Marker.DECISION, speaker, "센터 설치")


def test_a_name_that_two_bear_is_nobody_and_the_position_tells_which():
    twins = (Known("1", "김민지", "주무관", "", "영광군"), Known("2", "김민지", "연구원", "", "GIST"))

    assert only(said("김민지: 말", people=twins, writer=""))[1] is None
    assert only(said("김민지 연구원: 말", people=twins, writer=""))[1] == "김민지 연구원"


def test_somebody_who_attends_may_speak_without_being_in_the_roster():
    made = said("참석: 홍길동", "홍길동: 반갑습니다")

    assert only(made) == (Marker.REMARK, "홍길동", "반갑습니다")
    assert "홍길동" in [one.who.name for one in made.attendees]


def test_lines_that_call_the_bot_are_commands():
    assert texts("@TFT봇 목록", "<@U0BOT> 추가 x", "<@U0BOT|TFT봇>: 회의 종료", "TFT봇, 도움말", "말") == ["말"]


@pytest.mark.parametrize("dots", ["…", "..."])
def test_a_continued_line_belongs_to_the_one_before_of_the_same_writer(dots: str):
    made = said("할일: 자료 송부", f"{dots} 최유진 주무관 12월 11일까지")
    assert [(one.text, one.due) for one in made.actions] == [("자료 송부", date(2026, 12, 11))]

    two = [RawLine("a", 1, "결정: 함", "정하늘"), RawLine("b", 2, f"{dots} 그렇죠", "박서준")]
    assert [line.text for line in make(two, PEOPLE).lines()] == ["함", "그렇죠"]


@pytest.mark.parametrize("end", ["회의 종료", "회의종료.", "#endmeeting", "- 회의 종료"])
def test_what_follows_the_end_is_no_record(end: str):
    made = said("말", end, "결정: 늦음")

    assert [line.text for line in made.lines()] == ["말"]
    assert made.end == DAY


def test_startmeeting_begins_the_record():
    made = said("잡담", "#startmeeting 제1차", "말")

    assert [line.text for line in made.lines()] == ["말"]
    assert (made.title, [who.full for who in made.chairs]) == ("제1차", ["김민지 연구원"])


# --- off the record ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "marker",
    [
        "기록제외:",
        "오프:",
        "off:",
        "OFF：",
        "비공개:",
        "- 기록 제외:",
        "#off",
        "#비공개",
        "정하늘 교수: 오프:",
        "모르는 사람: off:",
    ],
)
def test_what_is_off_the_record_is_blanked_and_other_lines_keep_their_places(marker: str):
    screened = screen(f"말\n{marker} 비밀\n… 더 비밀\n결정: 함")

    assert screened.text == "말\n\n\n결정: 함"
    assert screened.off_record
    assert screened.not_disclosed == ("비공개" in marker)
    assert [line.place.part for line in said(screened.text).lines()] == [0, 3]


def test_a_message_with_nothing_off_the_record_is_untouched():
    assert screen("오프라인 회의: 내일\nhttps://off:on").text == "오프라인 회의: 내일\nhttps://off:on"
    assert not screen("말").off_record


# --- votes -------------------------------------------------------------------------------------------------------------


def votes(*lines: str) -> list[tuple[str, int, int, int]]:
    (decision,) = said(*lines).decisions
    return [(one.side, one.yes, one.no, one.abstained) for one in decision.votes.tallies]


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("GIST 찬성 3, 반대 0 / 영광군 찬성 2, 기권 1", [("GIST", 3, 0, 0), ("영광군", 2, 0, 1)]),
        ("표결: GIST 측 찬성 3명 반대 1명; 영광군 측 찬성 2명", [("GIST", 3, 1, 0), ("영광군", 2, 0, 0)]),
        ("찬성: GIST 3, 영광군 2", [("GIST", 3, 0, 0), ("영광군", 2, 0, 0)]),
        ("찬성: 정하늘, 박서준 과장, 최유진", [("GIST", 1, 0, 0), ("영광군", 2, 0, 0)]),
        ("찬성", [("GIST", 1, 0, 0)]),
        ("반대합니다.", [("GIST", 0, 1, 0)]),
        ("±0", [("GIST", 0, 0, 1)]),
        ("#vote -1", [("GIST", 0, 1, 0)]),
        ("최유진 주무관: +1", [("영광군", 1, 0, 0)]),
    ],
)
def test_votes_are_counted_per_side(line: str, counts: list[tuple[str, int, int, int]]):
    assert votes("제안: 센터", line, "결정: 센터") == counts
    assert votes("결정: 센터", line) == counts


def test_a_vote_told_before_its_decision_is_that_ones():
    line = "표결: GIST 찬성 3, 반대 1 / 영광군 찬성 2"
    assert votes(line, "결정: 센터") == [("GIST", 3, 1, 0), ("영광군", 2, 0, 0)]
    assert votes("안건: 하나", line, "안건: 둘", "결정: 센터") == []
    assert votes(line, "제안: 센터", "결정: 센터") == []


def test_who_votes_again_changes_the_vote():
    assert votes("제안: 센터", "찬성", "반대", "결정: 센터") == [("GIST", 0, 1, 0)]


def test_a_vote_on_nothing_is_a_remark():
    assert [line.marker for line in said("+1", "찬성").lines()] == [Marker.REMARK, Marker.REMARK]


def test_counts_without_a_side_are_asked_about():
    assert Why.WHOSE_VOTES in [one.why for one in said("결정: 센터", "찬성 7, 반대 1").unclear]


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        (["GIST 찬성 3 / 영광군 찬성 2"], Outcome.AGREED),
        (["GIST 반대 3 / 영광군 찬성 1, 반대 2"], Outcome.REJECTED),
        (["GIST 찬성 9 / 영광군 반대 1"], Outcome.OPEN),
        (["GIST 찬성 1, 반대 1"], Outcome.OPEN),
        (["만장일치"], Outcome.AGREED),
    ],
)
def test_closing_a_motion_counts_each_side_for_itself(lines: list[str], outcome: Outcome):
    made = said("#motion 센터", *lines, "#close")

    assert [(one.text, one.outcome) for one in made.decisions] == [("센터", outcome)]


def test_a_motion_without_votes_cannot_be_closed_by_them():
    assert said("#motion 센터", "#close").decisions == ()


@pytest.mark.parametrize(("marker", "outcome"), [("의결:", "agreed"), ("#failed", "rejected"), ("보류:", "left open")])
def test_a_motion_has_three_outcomes_and_lends_its_words(marker: str, outcome: str):
    made = said("제안: 센터 설치", marker)

    assert [(one.text, one.outcome.value) for one in made.decisions] == [("센터 설치", outcome)]
    assert made.proposals[0].decided == made.decisions[0].place


# --- corrections -------------------------------------------------------------------------------------------------------


def texts(*lines: str) -> list[str]:
    return [line.text for line in said(*lines).lines()]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        (["하나", "둘", "s/하나/셋/"], ["셋", "둘"]),
        (["하나", "하나", "s/하나/셋/"], ["하나", "셋"]),
        (["하나", "하나", "s/하나/셋/g"], ["셋", "셋"]),
        (["하나", "s/하나/셋/G", "하나"], ["셋", "셋"]),
        (["하나", "s|하나|1/2|"], ["1/2"]),
        (["하나", "s/하나/셋"], ["셋"]),
        (["하나", "s/없음/셋/"], ["하나", "s/없음/셋/"]),
        (["하나", "둘", "i/둘/사이/"], ["하나", "사이", "둘"]),
        (["결정: 하나", "말", "#undo"], ["말"]),
        (["결정: 하나", "할일: 둘", "#undo", "#undo"], []),
        (["말", "#undo"], ["말"]),
    ],
)
def test_corrections_as_lines(lines: list[str], left: list[str]):
    assert texts(*lines) == left


def amended(*changes: RawLine) -> Minutes:
    lines = [
        RawLine(f"t{at}", at, text, "김민지", DAY)
        for at, text in enumerate(["안건: 예산", "하나\n결정: 둘", "할일: 셋"])
    ]
    return make([*lines, *changes], PEOPLE, SETTING)


def test_an_edited_message_says_what_it_says_now():
    made = amended(about("t1", LineKind.CHANGED, "하나\n결정: 넷"))

    assert [one.text for one in made.decisions] == ["넷"]
    assert made.decisions[0].place == place_of("t1-2")


def test_a_deleted_message_is_gone():
    assert amended(about("t1", LineKind.DELETED)).decisions == ()


def test_the_secretary_changes_wording_speaker_and_order():
    made = amended(
        about("t1", LineKind.WORDING, "둘로 함", part=1),
        about("t1", LineKind.SPEAKER, "박서준 과장", part=0, ordinal=1001),
        about("t2", LineKind.ORDER, "t0", ordinal=1002),
    )

    assert [(line.speaker.full if line.speaker else "", line.text) for line in made.lines()] == [
        ("김민지 연구원", "셋"),
        ("박서준 과장", "하나"),
        ("김민지 연구원", "둘로 함"),
    ]


def test_the_wording_of_a_line_that_its_writer_changed_afterwards_no_longer_holds():
    made = amended(
        about("t1", LineKind.WORDING, "둘로 함", part=1),
        about("t1", LineKind.CHANGED, "하나\n결정: 넷", ordinal=1001),
    )

    assert [one.text for one in made.decisions] == ["넷"]


def test_a_mark_makes_any_line_a_decision_and_can_be_taken_away():
    made = amended(about("t1", LineKind.MARK, "decision"))
    assert [one.text for one in made.decisions] == ["하나", "둘"]

    made = amended(about("t1", LineKind.MARK, "decision"), about("t1", LineKind.MARK, "", ordinal=1001))
    assert [one.text for one in made.decisions] == ["둘"]


def test_a_line_is_left_out_and_taken_in_again():
    made = amended(about("t1", LineKind.OMIT, part=1))
    assert made.decisions == ()

    made = amended(about("t1", LineKind.OMIT, part=1), about("t1", LineKind.RESTORE, part=1, ordinal=1001))
    assert [one.text for one in made.decisions] == ["둘"]


def test_answers_settle_what_was_unclear():
    assert [one.why for one in amended().unclear] == [Why.NO_OWNER]

    made = amended(about("t2", LineKind.OWNERS, "<@U0GISTOWN>, 최유진"), about("t2", LineKind.DUE, "2026-12-11T14:00"))

    (action,) = made.actions
    assert [who.full for who in action.owners] == ["정하늘 교수", "최유진 주무관"]
    assert f"{action.due} {action.due_time:%H:%M}" == "2026-12-11 14:00"
    assert made.unclear == ()


@pytest.mark.parametrize(
    ("line", "answer", "title"),
    [
        ("회의실 예약 한도윤", "한도윤 주무관", "회의실 예약"),
        ("회의실 예약 한도윤 12/11까지", "최유진, 한도윤 주무관", "회의실 예약"),
        ("draft the plan, Emma Clarke", "Emma Clarke", "draft the plan"),
        ("회의실 예약 한도윤", "최유진 주무관", "회의실 예약 한도윤"),  # the title may be about somebody else
        ("한도윤은 초안을 쓴다", "한도윤 주무관", "한도윤은 초안을 쓴다"),
    ],
)
def test_a_name_that_was_asked_about_leaves_the_title_when_it_was_the_owners(line: str, answer: str, title: str):
    lines = [RawLine("t0", 0, f"할 일: {line}", "김민지", DAY), about("t0", LineKind.OWNERS, answer)]

    (action,) = make(lines, PEOPLE, SETTING).actions

    assert action.text == title


# --- actions -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text", "owners"),
    [
        ("초안 작성 (담당: 정하늘 교수, 기한: 12. 11.)", "초안 작성", ["정하늘 교수"]),
        ("초안 작성(정하늘·최유진, ~12/11)", "초안 작성", ["정하늘 교수", "최유진 주무관"]),
        ("초안 작성 (정하늘 교수, 12. 11.까지)", "초안 작성", ["정하늘 교수"]),
        ("초안 작성(GIST 정하늘 교수, 영광군 최유진 주무관 / 12. 11.)", "초안 작성", ["정하늘 교수", "최유진 주무관"]),
        ("정하늘 교수: 초안 작성 12. 11.까지", "초안 작성", ["정하늘 교수"]),
        ("정하늘 교수, 최유진 주무관 - 초안 작성 12. 11.까지", "초안 작성", ["정하늘 교수", "최유진 주무관"]),
        ("<@U0GISTOWN> 초안 작성 12/11까지", "초안 작성", ["정하늘 교수"]),
        ("Emma Clarke to draft it by 11 December", "draft it", ["Emma Clarke Researcher"]),
    ],
)
def test_owners_and_date_of_an_action(line: str, text: str, owners: list[str]):
    made = said(f"할일: {line}")

    (action,) = made.actions
    assert (action.text, [who.full for who in action.owners], action.due) == (text, owners, date(2026, 12, 11))
    assert made.unclear == ()


@pytest.mark.parametrize(
    ("line", "why", "written"),
    [
        ("초안 작성 담당: 홍길동", Why.OWNER, "홍길동"),
        ("<@U0STRANGE> 초안 작성", Why.OWNER, "U0STRANGE"),
        ("초안 작성 (붙임 참조)", Why.NO_OWNER, ""),
        ("초안 작성 12/11(월)까지 정하늘 교수", Why.DUE, "12/11(월)까지"),
    ],
)
def test_what_an_action_leaves_open_is_asked(line: str, why: Why, written: str):
    assert [(one.why, one.written) for one in said(f"할일: {line}").unclear] == [(why, written)]


def test_dates_of_a_log_without_days_count_only_with_their_year():
    made = make([RawLine("a", 1, "할일: 초안 2026-12-11까지"), RawLine("b", 2, "할일: 보고 금요일까지")])

    assert [one.due for one in made.actions] == [date(2026, 12, 11), None]
    assert (Why.DUE, "b") in [(one.why, one.place.key) for one in made.unclear]


@pytest.mark.parametrize(
    ("read", "words"), [(said, "정하늘 교수, "), (lambda line: find_due(line, DAY, Calendar()), "가나다 ")]
)
def test_a_line_ten_times_as_long_takes_about_ten_times_as_long(read: Callable[[str], object], words: str):
    def seconds(letters: int) -> float:
        before = time.process_time()
        read(f"#action {words * (letters // len(words))}")
        return time.process_time() - before

    short = min(seconds(8_000) for _ in range(2))

    assert seconds(80_000) < 30 * short  # 90 times, when each word is looked for among all


def test_a_marker_without_words_is_asked_about():
    assert [one.why for one in said("결정:", "안건:", "정보:").unclear] == [Why.NO_TITLE] * 3


# --- attendance --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "presence", "listed"),
    [
        ("참석: 정하늘 교수, 홍길동 위원(군의회)", Presence.PRESENT, ["정하늘 교수", "홍길동 위원"]),
        ("배석: 이도현팀장", Presence.OBSERVING, ["이도현 팀장"]),
        ("불참: 정하늘(출장)", Presence.ABSENT, ["정하늘 교수"]),
        ("대리: 문하린 주무관(한도윤 주무관 대리)", Presence.PROXY, ["문하린 주무관"]),
        ("참석: 문하린 주무관(한도윤 대리)", Presence.PROXY, ["문하린 주무관"]),
        ("present+ 정하늘, Bob_Lee", Presence.PRESENT, ["정하늘 교수", "Bob_Lee"]),
        ("regrets+ 정하늘", Presence.ABSENT, ["정하늘 교수"]),
        ("참석: 정하늘 박서준", Presence.PRESENT, ["정하늘 교수", "박서준 과장"]),
    ],
)
def test_attendance(line: str, presence: Presence, listed: list[str]):
    made = said(line, setting=Setting(sides=("GIST", "영광군"), writers_attend=False))

    assert [(one.who.full, one.presence) for one in made.attendees] == [(name, presence) for name in listed]


def test_present_alone_is_the_writer_and_can_be_taken_back():
    assert [one.who.name for one in said("present+").attendees] == ["김민지"]
    assert said("present+ 정하늘", "present- 정하늘").attendees == ()


def test_who_speaks_was_there():
    assert [one.who.name for one in said("정하늘 교수: 말").attendees] == ["정하늘"]


@pytest.mark.parametrize(
    ("lines", "chairs"),
    [
        (["사회: 정하늘 교수"], ["정하늘 교수"]),
        (["주재: 이강민 단장"], ["이강민 단장"]),
        (["chair: 정하늘"], ["정하늘 교수"]),
        (["chair+ 정하늘"], ["정하늘 교수"]),
        (["#chair 정하늘 박서준"], ["정하늘 교수", "박서준 과장"]),
        (["#chair <@U0GISTOWN> <@U0CTYLEAD>", "#unchair 정하늘"], ["박서준 과장"]),
        (["사회: <@U0GISTOWN> <@U0CTYLEAD>(화상)"], ["정하늘 교수", "박서준 과장"]),
        (["사회: 정하늘, 박서준", "chair- 정하늘"], ["박서준 과장"]),
    ],
)
def test_who_leads(lines: list[str], chairs: list[str]):
    made = said(*lines)

    assert [who.full for who in made.chairs] == chairs
    assert {who.full for who in made.chairs} <= {one.who.full for one in made.attendees}


@pytest.mark.parametrize("line", ["absent: 정하늘", "regrets: 정하늘", "불참자: 정하늘 교수", "regrets+ 정하늘"])
def test_who_is_not_there(line: str):
    assert [who.full for who in said(line).regrets] == ["정하늘 교수"]
    assert said(line, "regrets- 정하늘").regrets == ()


@pytest.mark.parametrize("line", ["#here", "present:", "참석:", "present+"])
def test_whoever_says_so_is_there(line: str):
    made = said(line, setting=Setting(writers_attend=False))

    assert [one.who.full for one in made.attendees] == ["김민지 연구원"]


def test_attendance_is_told_per_side_and_of_people_without_slack_too():
    made = said("참석: GIST 정하늘 교수 / 영광군 이도현 팀장, 홍보실 문하린 주무관 / 홍길동 위원(군의회)")

    assert [(one.who.side, one.who.department, one.who.full, one.note) for one in made.attendees[:4]] == [
        ("GIST", "AI융합학과", "정하늘 교수", ""),
        ("영광군", "", "이도현 팀장", ""),
        ("영광군", "홍보실", "문하린 주무관", ""),
        ("영광군", "군의회", "홍길동 위원", ""),
    ]


@pytest.mark.parametrize(
    ("line", "tally"),
    [
        ("기권", ("GIST", 0, 0, 1)),
        ("기권합니다", ("GIST", 0, 0, 1)),
        ("abstain", ("GIST", 0, 0, 1)),
        ("+1 좋습니다", ("GIST", 1, 0, 0)),
        ("－１", ("GIST", 0, 1, 0)),
        ("영광군 박서준 과장: 찬성합니다", ("영광군", 1, 0, 0)),
        ("반대: 최유진 주무관", ("영광군", 0, 1, 0)),
        ("votes: GIST 찬성 2", ("GIST", 2, 0, 0)),
    ],
)
def test_one_vote_as_people_write_it(line: str, tally: tuple[str, int, int, int]):
    assert votes("제안: 센터", line, "결정: 센터") == [tally]


@pytest.mark.parametrize("line", ["이의 없음", "이의 없습니다.", "no objection", "만장일치", "전원 동의", "unanimous"])
def test_how_all_agreed(line: str):
    (decision,) = said("제안: 센터", line, "#close").decisions

    assert decision.votes.consent
    assert (decision.text, decision.outcome, decision.votes.tallies) == ("센터", Outcome.AGREED, ())


def test_meetbots_vote_puts_its_words_to_the_vote():
    made = said("#vote 센터를 둔다", "+1", "박서준 과장: +1", "#endvote")

    assert [one.text for one in made.proposals] == ["센터를 둔다"]
    assert [(one.text, one.outcome) for one in made.decisions] == [("센터를 둔다", Outcome.AGREED)]
    assert [(one.side, one.yes) for one in made.decisions[0].votes.tallies] == [("GIST", 1), ("영광군", 1)]


@pytest.mark.parametrize(
    "agreed", ["#agreed", "#agree", "#accepted", "agreed:", "resolved:", "resolution:", "RESOLUTION:"]
)
def test_both_notations_say_the_same_in_a_running_meeting(agreed: str):
    korean = said(
        "안건: 명칭", "제안: 공모함", "찬성", "결정: 공모함", "할 일: 공고 정하늘 교수 12월 11일까지", "회의 종료"
    )
    topic = "#topic" if agreed.startswith("#") else "Topic:"
    action = "#action" if agreed.startswith("#") else "ACTION:"
    other = said(
        f"{topic} 명칭",
        "proposed: 공모함",
        "+1",
        f"{agreed} 공모함",
        f"{action} 공고 정하늘 교수 12월 11일까지",
        "#endmeeting",
    )

    assert other.decisions == korean.decisions
    assert other.actions == korean.actions
    assert [topic.title for topic in other.topics] == ["명칭"]
    assert other.end == korean.end
