"""Saved logs of all kinds, read into the same minutes."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.calendars import Calendar, DayOff
from bot.rules.minutes import Known, LineKind, Minutes, Outcome, Presence, RawLine, Setting, make
from bot.rules.minutes.describing import describe
from bot.rules.minutes.logs import Format, Hints, Log, UnreadableLog, read_log, write_export
from bot.rules.minutes.logs.bots import is_bot
from bot.rules.minutes.logs.chat import read_chat_line
from tests.rules.minutes.case import DATA, DAY, PEOPLE, SEOUL, SETTING, typed

SAME = {"same.txt": Format.PLAIN, "same.2026-12-10-05.00.log.txt": Format.MEETBOT, "same-irc.txt": Format.W3C}


def read(text: str | bytes, name: str = "log.txt", **hints: Any) -> Log:
    data = text if isinstance(text, bytes) else text.encode()
    return read_log([(name, data)], Setting(), Hints(zone=SEOUL, **hints))


def made(text: str | bytes, name: str = "log.txt", **hints: Any) -> Minutes:
    log = read(text, name, **hints)
    return make(log.lines, log.people, log.setting)


def said(minutes: Minutes) -> list[tuple[str, str]]:
    return [(line.speaker.name if line.speaker else "", line.text) for line in minutes.lines()]


# --- the same content in three notations -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SAME)
def test_the_same_content_gives_the_same_decisions_and_actions_in_every_notation(name: str):
    plain = describe(made((DATA / "same.txt").read_bytes(), "same.txt"), "Asia/Seoul")

    log = read((DATA / name).read_bytes(), name)
    other = describe(make(log.lines, log.people, log.setting), "Asia/Seoul")

    assert log.format is SAME[name]
    without_by = [{key: value for key, value in one.items() if key != "by"} for one in plain["decisions"]]
    assert [{key: value for key, value in one.items() if key != "by"} for one in other["decisions"]] == without_by
    assert [{**one, "by": None} for one in other["actions"]] == plain["actions"]
    assert other["attendees"] == plain["attendees"]
    assert other["chairs"] == plain["chairs"]
    assert other["title"] == plain["title"]
    assert [topic["title"] for topic in other["topics"]] == ["2027년도 국비 공동 신청", "센터 입지"]


def test_what_they_are_word_by_word():
    plain = describe(made((DATA / "same.txt").read_bytes(), "same.txt"), "Asia/Seoul")

    assert [(one["text"], one["outcome"], one["topic"]) for one in plain["decisions"]] == [
        ("신청서를 두 기관 공동 명의로 제출", "agreed", "2027년도 국비 공동 신청"),
        ("센터를 대마산단 밖에 둔다", "rejected", "센터 입지"),
        ("센터 명칭은 다음 회의에서 정한다", "left open", "센터 입지"),
        ("대마산단 2블록을 1순위 후보지로 정한다", "agreed", "센터 입지"),
    ]
    assert [(one["text"], one["owners"], one["due"], one["topic"]) for one in plain["actions"]] == [
        ("산출근거 확정본 송부", ["정하늘"], "2026-12-18", "2027년도 국비 공동 신청"),
        ("신청서 초안 작성", ["최유진", "정하늘"], "2026-12-23", "2027년도 국비 공동 신청"),
        ("입지 검토 보고서 작성", ["박서준"], None, "센터 입지"),
    ]
    assert plain["regrets"] == ["한도윤"]
    assert (plain["start"], plain["end"]) == ("2026-12-10T14:00:00+09:00", "2026-12-10T15:00:00+09:00")


@pytest.mark.parametrize("name", SAME)
def test_a_log_is_the_same_with_the_line_ends_of_windows_and_in_other_encodings(name: str):
    text = (DATA / name).read_text(encoding="utf-8")
    plain = made(text, name)
    windows = text.replace("\n", "\r\n")

    for data in (windows.encode(), b"\xef\xbb\xbf" + text.encode(), windows.encode("utf-16"), text.encode("utf-16-le")):
        assert made(data, name) == plain
    assert made(text.encode("cp949"), name) == plain


# --- encodings ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("결정: 센터를 설치한다", "cp949"),
        ("결정: 센터 설치", "utf-16-be"),
        ("<ann> #agreed Café für alle", "latin-1"),
        ("<rené> déjà vu, señor", "latin-1"),
        ("<ann> #agreed naïve", "utf-8"),
    ],
)
def test_encodings(text: str, encoding: str):
    log = read((text + "\n").encode(encoding))

    assert log.lines[0].text == text.partition("> ")[2] or log.lines[0].text == text


# --- stamps and nicknames ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "clock", "day"),
    [
        ("14:00:03 <ann> hi", "14:00:03", None),
        ("14:00 <@ann> hi", "14:00:00", None),
        ("[14:00] <ann> hi", "14:00:00", None),
        ("[14:00:03] <+ann> hi", "14:00:03", None),
        ("14:00:03 < ann> hi", "14:00:03", None),
        ("2026-12-03T14:00:03+0900 <ann> hi", "14:00:03", "2026-12-03"),
        ("2026-12-03T14:00:03.123Z ann: hi", "14:00:03", "2026-12-03"),
        ("2026-12-03 14:00:03\tann\thi", "14:00:03", "2026-12-03"),
        ("2026-12-03 14:00:03\t@ann\thi", "14:00:03", "2026-12-03"),
        ("[2026-12-03 14:00:03] <ann> hi", "14:00:03", "2026-12-03"),
        ("03-12-2026 14:00:03 < ann!~ann@example.org: hi", "14:00:03", "2026-12-03"),
        ("(14:00:03) ann: hi", "14:00:03", None),
        ("(2:00:03 PM) ann: hi", "14:00:03", None),
        ("Dec 03 14:00:03 <ann>\thi", "14:00:03", None),
        ("[2:00 PM] ann: hi", "14:00:00", None),
        ("14:00 ann | hi", "14:00:00", None),
        ("14:00 ann> hi", "14:00:00", None),
        ("2026년 12월 3일 오후 2:00, ann : hi", "14:00:00", "2026-12-03"),
        ("2026. 12. 3. 14:00 <ann> hi", "14:00:00", "2026-12-03"),
    ],
)
def test_stamps_in_the_shapes_that_chat_programs_have(line: str, clock: str, day: str | None):
    read_line = read_chat_line(line)

    assert (read_line.nick, read_line.text) == ("ann", "hi")
    assert read_line.stamp
    assert read_line.stamp.clock.isoformat() == clock
    assert (read_line.stamp.day.isoformat() if read_line.stamp.day else None) == day


@pytest.mark.parametrize(
    "line",
    [
        "14:00 -!- ann [~ann@example.org] has joined #tft",
        "14:00:03 -!- mode/#tft [+o ann] by ChanServ",
        "2026-12-03 14:00:03\t-->\tann (~ann@example.org) has joined #tft",
        "[14:00] == ann [~ann@example.org] has quit",
        "[2026-12-03 14:00:03] → Joined #tft",
        "14:00:03 <ann> ann has joined #tft",
        "*** Joins: ann",
        "--- Log opened Thu Dec 03 14:00:00 2026",
    ],
)
def test_joins_and_parts_are_no_lines(line: str):
    assert read_chat_line(line).system


def test_colours_and_bold_of_irc_are_dropped():
    assert read_chat_line("14:00 <ann> \x0304,01#agreed\x03 \x02yes\x02").text == "#agreed yes"


@pytest.mark.parametrize(
    "nick",
    "Zakim RRSAgent trackbot ghurlbot agendabot MeetBot meetbot_ ubottu supybot fedora-meetbot zodbot TFT봇".split(),
)
def test_known_bots(nick: str):
    assert is_bot(nick)


@pytest.mark.parametrize("nick", ["ann", "abbot", "정하늘", "botany", "meetinglover"])
def test_people_are_no_bots(nick: str):
    assert not is_bot(nick)


def test_what_bots_say_is_no_record_whatever_they_are_called():
    minutes = made(
        "14:00:00 <ann> #startmeeting x\n14:00:00 <helper> Meeting started Thu Dec  3 05:00:00 2026 UTC.  The chair is ann.\n"
        "14:00:01 <helper> #topic said by a bot\n14:00:02 <ann> #topic budget\n14:00:03 <ubottu> ann: hello\n"
        "14:00:04 <ann> helper: help\n14:00:05 <bob> yes\n"
    )

    assert [topic.title for topic in minutes.topics] == ["budget"]
    assert said(minutes) == [("bob", "yes")]
    assert minutes.start == datetime(2026, 12, 3, 5, tzinfo=UTC)
    assert minutes.start.utcoffset() == timedelta(hours=9)  # the clock of the log, as the bot's announcement shows


def test_a_name_before_a_colon_is_whom_one_speaks_to_on_irc():
    assert said(made("<ann> #here Ann Lee\n<bob> Ann: do you agree?\n<ann> bob: I do\n")) == [
        ("bob", "Ann: do you agree?"),
        ("Ann Lee", "bob: I do"),
    ]


def test_meetbot_assigns_actions_by_nickname():
    minutes = made("<ann> #action bob send the slides\n<ann> #action slides go to bob and ann\n<bob> ok\n")

    assert [(one.text, [who.name for who in one.owners]) for one in minutes.actions] == [
        ("send the slides", ["bob"]),
        ("slides go to bob and ann", ["bob", "ann"]),
    ]


def test_wrapped_and_typed_continuations():
    assert said(made("<ann> #agreed we send the\n      form together\n<bob> fine\nand good\n")) == [
        ("ann", "we send the form together"),
        ("bob", "fine"),
        ("bob", "and good"),
    ]


def test_a_log_goes_on_past_midnight():
    minutes = made("23:58 <ann> a\n23:59 <bob> b\n00:01 <ann> c\n12:00 <bob> d\n", day=date(2026, 12, 3))

    assert [f"{line.at:%m-%d %H:%M}" for line in minutes.lines() if line.at] == [
        "12-03 23:58",
        "12-03 23:59",
        "12-04 00:01",
        "12-04 12:00",
    ]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("tft.2026-12-03-14.00.log.txt", ""),
        ("log.txt", "--- Log opened Thu Dec 03 14:00:00 2026\n"),
        ("log.txt", "13:59 <RRSAgent> logging to https://www.example.org/2026/12/03-tft-irc\n"),
        ("log.txt", "13:59 <ann> Date: 3 December 2026\n"),
    ],
)
def test_the_day_is_told_by_the_name_or_by_the_log(name: str, first: str):
    minutes = made(f"{first}14:00 <ann> a\n", name)

    assert [line.at.date() for line in minutes.lines() if line.at][-1] == date(2026, 12, 3)


# --- the W3C's -----------------------------------------------------------------------------------------------------------


W3C = """05:00:00 <RRSAgent> logging to https://www.example.org/2026/12/03-tft-irc
05:00:10 <ann> scribenick: ann
05:00:20 <ann> present+ Ann_Lee, Bob, Cho
05:00:30 <cho> present+
05:00:40 <ann> chair+ Bob
05:01:00 <ann> topic: Budget
05:01:10 <ann> Bob: we need it
05:01:11 <ann> ... by spring
05:01:12 <ann> Dora: I agree
05:01:20 <cho> bob: really?
05:01:30 <ann> subtopic: Shares
05:01:40 <ann> PROPOSED: Each side pays half
05:01:50 <cho> +1
05:01:51 <bob> -1
05:02:00 <ann> ACTION: Bob to ask the council by 2026-12-18
05:02:05 <ann> RESOLVED: Each side pays half
05:02:10 <ann> issue: none of this
05:02:20 <ann> scribe- ann
05:02:30 <ann> Bob: said to Bob
05:03:00 <ann> zakim, who is here?
"""


def test_a_scribe_writes_what_others_say():
    minutes = made(W3C)

    assert said(minutes) == [
        ("Bob", "we need it by spring"),
        ("Dora", "I agree"),
        ("Cho", "bob: really?"),
        ("Ann_Lee", "Each side pays half"),
        ("Cho", "+1"),
        ("Bob", "-1"),
        ("Ann_Lee", "Bob to ask the council by 2026-12-18"),
        ("Ann_Lee", "Each side pays half"),
        ("Ann_Lee", "Bob: said to Bob"),
    ]
    assert [one.who.name for one in minutes.attendees] == ["Ann_Lee", "Bob", "Cho"]
    assert [who.name for who in minutes.chairs] == ["Bob"]
    assert [(one.text, [who.name for who in one.owners], one.due) for one in minutes.actions] == [
        ("ask the council", ["Bob"], date(2026, 12, 18))
    ]
    assert minutes.decisions[0].topic == "Shares"


# --- Slack's -----------------------------------------------------------------------------------------------------------


USERS = [
    {"id": "U1", "name": "haneul", "profile": {"real_name": "정하늘 교수"}},
    {"id": "U2", "name": "yujin", "profile": {"real_name": "최유진", "title": "주무관"}},
    {"id": "UBOT", "name": "tft", "is_bot": True, "profile": {"real_name": "TFT봇"}},
]


def message(ts: str, user: str, text: str, **more: str) -> dict[str, str]:
    return {"type": "message", "ts": ts, "user": user, "text": text, **more}


def slack_days() -> list[tuple[str, bytes]]:
    first = [
        message("1796266800.000200", "U2", "결정: <@U1> 안대로 &lt;센터&gt; 설치"),
        message("1796266800.000100", "U1", "안건: 센터"),
        message("1796266700.000100", "U1", "<@U1> has joined the channel", subtype="channel_join"),
        message("1796266801.000100", "UBOT", "결정: 봇의 말"),
        message("1796266801.000200", "UOTHER", "결정: 다른 봇의 말", bot_id="B1"),
        message("1796266802.000100", "U1", "<@UBOT> 목록"),
    ]
    second = [message("1796353200.000100", "U1", "할일: 보고 <@U2> 12월 18일까지\n회의 종료")]
    files = [("2026-12-03.json", first), ("2026-12-04.json", second), ("users.json", USERS)]
    return [(name, json.dumps(data, ensure_ascii=False).encode()) for name, data in files]


def test_slack_export_of_several_days_with_its_users():
    log = read_log(slack_days(), Setting(), Hints())
    minutes = make(log.lines, log.people, log.setting)

    assert log.format is Format.SLACK
    assert [(one.text, one.by.full if one.by else "") for one in minutes.decisions] == [
        ("정하늘 교수 안대로 <센터> 설치", "최유진 주무관")
    ]
    assert [(one.text, [who.full for who in one.owners], one.due) for one in minutes.actions] == [
        ("보고", ["최유진 주무관"], date(2026, 12, 18))
    ]
    assert len(minutes.lines()) == 2


def test_slack_export_as_one_list_without_users():
    (_, first), *_ = slack_days()

    minutes = made(first.replace(b'"UBOT"', b'"UOTHER", "bot_id": "B1"'), "2026-12-03.json")

    (decision,) = minutes.decisions
    assert decision.by
    assert (decision.text, decision.by.name) == ("U1 안대로 <센터> 설치", "U2")


def test_slack_thread_as_its_methods_answer():
    answer = {"ok": True, "messages": [message("1796266800.000100", "U1", "말")], "users": USERS}

    assert said(made(json.dumps(answer), "replies.json")) == [("정하늘", "말")]


# --- hcoop-meetbot's -----------------------------------------------------------------------------------------------------


def hcoop() -> dict[str, Any]:
    told = [
        ("ann", "#startmeeting Eighth"),
        ("bob", "#here 정하늘"),
        ("ann", "#topic Budget"),
        ("ann", "#motion share it"),
        ("bob", "#vote +1"),
        ("ann", "#close"),
        ("ann", "#action bob writes it"),
        ("ann", "#endmeeting"),
    ]
    messages = [
        {"id": f"m{at}", "sender": nick, "payload": text, "action": False, "timestamp": f"2026-12-03T05:0{at}:00+00:00"}
        for at, (nick, text) in enumerate(told)
    ]
    times = {"start_time": "2026-12-03T05:00:00+00:00", "end_time": "2026-12-03T06:00:00+00:00"}
    names = {"founder": "ann", "channel": "#tft", "name": "#tft", "chair": "ann", "chairs": ["ann"], "network": "n"}
    return {
        **names,
        **times,
        "messages": messages,
        "events": [],
        "aliases": {"bob": "정하늘"},
        "nicks": {"ann": 4, "bob": 2},
    }


def test_hcoops_raw_log():
    text = json.dumps(hcoop())
    minutes = made(text, "tft.log.json")

    assert read(text, "tft.log.json").format is Format.HCOOP
    assert (minutes.title, [who.name for who in minutes.chairs]) == ("Eighth", ["ann"])
    assert [(one.text, one.outcome, one.by.name if one.by else "") for one in minutes.decisions] == [
        ("share it", Outcome.AGREED, "ann")
    ]
    assert [(one.text, [who.name for who in one.owners]) for one in minutes.actions] == [("writes it", ["정하늘"])]
    assert minutes.decisions[0].place.key == "m5"


# --- this bot's ----------------------------------------------------------------------------------------------------------


def test_the_bots_own_export_makes_the_same_minutes():
    changes = [RawLine("e1", 100, "최유진 주무관", "김민지", DAY, LineKind.OWNERS, "t56", link="https://example.org/1")]
    lines, calendar = [*typed(), *changes], Calendar("KR", (DayOff(date(2026, 12, 4), date(2026, 12, 5), "휴무"),))
    setting = Setting("회의", DAY, None, sides=("GIST", "영광군"), calendar=calendar, bot_names=("U0BOT", "TFT봇"))

    log = read(write_export(lines, PEOPLE, setting), "meeting.jsonl")

    assert log.format is Format.EXPORT
    assert (log.people, log.setting) == (PEOPLE, setting)
    assert log.lines == tuple(lines)
    assert make(log.lines, log.people, log.setting) == make(lines, PEOPLE, setting)


def test_an_export_from_before_markers_had_numbers_is_read_as_it_was_then():
    lines = [RawLine("t1", 1, "결정 1: 센터 설치", "김민지", DAY)]
    before = write_export(lines, PEOPLE, replace(SETTING, numbered=False))
    assert "numbered" not in before
    assert write_export(lines, PEOPLE, SETTING).count('"numbered": true') == 1

    log = read(before, "meeting.jsonl")

    assert write_export(log.lines, log.people, log.setting) == before
    assert make(log.lines, log.people, log.setting).decisions == ()


MOMENTS = st.none() | st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=9))]))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(
    st.lists(
        st.builds(
            RawLine,
            WORDS,
            st.integers(0, 2**60),
            WORDS,
            WORDS,
            MOMENTS,
            st.sampled_from(LineKind),
            WORDS,
            st.integers(0, 9),
            WORDS,
        ),
        max_size=5,
    ),
    st.lists(
        st.builds(Known, WORDS, WORDS, WORDS, WORDS, WORDS, st.tuples(WORDS), st.tuples(WORDS, WORDS)), max_size=3
    ),
)
@settings(deadline=None)
def test_an_export_loses_nothing(lines: list[RawLine], people: list[Known]):
    log = read(write_export(lines, people, SETTING), "x")

    assert (log.lines, log.people) == (tuple(lines), tuple(people))


# --- plain text ----------------------------------------------------------------------------------------------------------


def test_pasted_text_with_hours_before_its_lines():
    minutes = made("[14:00] 안건: 예산\n[14:05] 참석: 정하늘 교수\n[14:10] 정하늘 교수: 말\n", day=date(2026, 12, 3))

    assert said(minutes) == [("정하늘", "말")]
    assert [f"{line.at:%Y-%m-%d %H:%M}" for line in minutes.lines() if line.at] == ["2026-12-03 14:10"]


def test_a_scribes_text_without_a_chat():
    minutes = made("present+ Ann, Bob\ntopic: Budget\nAnn: we need it\n... soon\nRESOLVED: ask\n")

    assert said(minutes) == [("Ann", "we need it soon"), ("", "ask")]
    assert [one.presence for one in minutes.attendees] == [Presence.PRESENT] * 2


# --- what is no log --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \r\n\xef\xbb\xbf", "empty"),
        ("a.txt", bytes(range(256)) * 9, "binary"),
        ("a.html", b"<!DOCTYPE html><html>", "page"),
        ("a.pdf", b"%PDF-1.7 text", "page"),
        ("a.json", b'[{"ts": 1,', "bad-json"),
        ("a.json", b'{"a": 1}', "unknown-json"),
        ("a.json", b"[]", "unknown-json"),
        ("a.jsonl", b'{"tft_minutes": 9}', "version"),
        ("a.jsonl", b'{"tft_minutes": 1, "people": [], "setting": {}}', "bad-export"),
        ("a.jsonl", b'{"tft_minutes": 1}\n{"key', "bad-json"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(name: str, data: bytes, reason: str):
    with pytest.raises(UnreadableLog) as refused:
        read(data, name)

    assert refused.value.reason == reason


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=200)
def test_any_bytes_are_read_or_refused(data: bytes):
    try:
        log = read(data)
    except UnreadableLog:
        return
    make(log.lines, log.people, log.setting)
