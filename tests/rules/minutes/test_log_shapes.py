"""Logs as they are found in the world: every chat program's shape, what the W3C's tools and MeetBot do with them."""

import time
from datetime import UTC, datetime

import pytest

from bot.rules.minutes import Marker, Minutes, Outcome, Setting, make
from bot.rules.minutes.logs import Format, Hints, Log, UnreadableLog, read_log


def read(text: str) -> Log:
    return read_log([("log.txt", text.encode())], Setting(), Hints(zone=UTC))


def made(text: str) -> Minutes:
    log = read(text)
    return make(log.lines, log.people, log.setting)


def said(minutes: Minutes) -> list[tuple[str, str]]:
    return [(line.speaker.name if line.speaker else "", line.text) for line in minutes.lines()]


def owned(minutes: Minutes) -> list[tuple[str, list[str]]]:
    return [(one.text, [who.name for who in one.owners]) for one in minutes.actions]


def present(minutes: Minutes) -> list[str]:
    return [one.who.name for one in minutes.attendees if one.who not in minutes.regrets]


# --- the same meeting as many programs save it -------------------------------------------------------------------------

MEETBOT = [
    ("ann", "#startmeeting Budget"),
    ("keeper", "Meeting started Thu Dec  3 14:00:01 2026 UTC.  The chair is ann. Information about MeetBot at …"),
    ("keeper", "Useful Commands: #action #agreed #help #info #idea #link #topic."),
    ("ann", "#topic Shares"),
    ("bob", "half and half?"),
    ("ann", "#agreed each side pays half"),
    ("ann", "#action bob asks the council"),
    ("bob", "fine"),
    ("ann", "#endmeeting"),
    ("keeper", "Meeting ended Thu Dec  3 14:00:09 2026 UTC."),
]


def by_program(shape: str, *, start: str = "", between: str = "") -> str:
    """The meeting with one shape for every line; `between` stands in the middle: what programs note of their own."""
    lines = [
        shape.format(clock=f"14:00:0{at}", short="14:00", nick=nick, text=text)
        for at, (nick, text) in enumerate(MEETBOT)
    ]
    return "\n".join([*([start] if start else []), *lines[:5], *([between] if between else []), *lines[5:]]) + "\n"


SHAPES = {
    "irssi": ("{clock} < {nick}> {text}", "14:00:04 -!- dora [~dora@example.org] has joined #tft"),
    "irssi with a theme": (
        "{short}{nick:>14} | {text}",
        '14:00           --> | dora (d@example.org) has joined &tft\n14:00      «Quit» | dora (d@example.org) has signed off\n14:00             * | bob waves\n14:00     «Topic» | ann sets topic for channel &tft to "x"',
    ),
    "quoted in mail": ("> {clock} {nick:>14} | {text}", "> 14:00:04 -!- dora has quit"),
    "fenced in Markdown": ("{clock} <{nick}> {text}", "```"),
    "a page of RRSAgent": ("{clock} [{nick}]\n{text}", "14:00:04 [dora]\ndora has joined #tft"),
    "copied from a terminal": (
        "<{nick}> {text}",
        "* dora (~dora@example.org) has joined\n* dora has quit (Ping timeout: 480 seconds)",
    ),
    "without brackets": ("{nick}: {text}", ""),
    "behind a stamp": ("{short} {nick}: {text}", ""),
    "Textual": (
        "[2026-12-03T{clock}+0000] <{nick}> {text}",
        "[2026-12-03T14:00:04+0000] dora changed the topic to #topic Other\n[2026-12-03T14:00:04+0000] ------ End Session ------",
    ),
    "IRCCloud": (
        "[2026-12-03 {clock}] <{nick}> {text}",
        "[2026-12-03 14:00:04] ⇐ dora quit (~d@example.org): Ping timeout\n[2026-12-03 14:00:04] * dora_ → dora",
    ),
    "Quassel": ("[{clock}] <{nick}> {text}", "[14:00:04] <-> dora is now known as dora-away"),
    "weechat": ("2026-12-03 {clock}\t{nick}\t{text}", "2026-12-03 14:00:04\t-->\tdora (~d@x) has joined #tft"),
}


@pytest.mark.parametrize("program", SHAPES)
def test_every_program_s_log_of_one_meeting_makes_the_same_minutes(program: str):
    shape, between = SHAPES[program]

    minutes = made(by_program(shape, between=between))

    assert (minutes.title, present(minutes), [who.name for who in minutes.chairs]) == (
        "Budget",
        ["ann", "bob"],
        ["ann"],
    )
    assert [topic.title for topic in minutes.topics] == ["Shares"]
    assert [(one.text, one.outcome, one.topic) for one in minutes.decisions] == [
        ("each side pays half", Outcome.AGREED, "Shares")
    ]
    assert owned(minutes) == [("asks the council", ["bob"])]
    texts = [text for _, text in said(minutes) if text != "waves"]
    assert texts == ["half and half?", "each side pays half", "bob asks the council", "fine"]
    assert minutes.start
    assert minutes.start.date() == datetime(2026, 12, 3, tzinfo=UTC).date()
    assert minutes.end
    assert minutes.end.hour == 14


def test_a_long_line_that_the_program_cut_behind_its_bar_is_one():
    text = "> 14:00 ann | we will ask them for it (if they are\n>           | there)\n> 14:01 bob | good\n"

    assert said(made(text)) == [("ann", "we will ask them for it (if they are there)"), ("bob", "good")]


def test_what_somebody_does_without_a_stamp_is_that_persons():
    assert said(made("<ann> hello\n<bob> hi\n* bob waves\n* nobody waves\n")) == [
        ("ann", "hello"),
        ("bob", "hi"),
        ("bob", "waves"),
        ("bob", "nobody waves"),
    ]


# --- MeetBot's words -------------------------------------------------------------------------------------------------------


def test_the_name_of_the_files_is_not_that_of_the_meeting():
    assert made("<ann> #startmeeting Eighth meeting\n<ann> #meetingname eighth\n<ann> hi\n").title == "Eighth meeting"
    assert made("<ann> #startmeeting\n<ann> #meetingname eighth\n<ann> hi\n").title == "eighth"


def test_a_vote_for_something_else_than_yes_or_no_is_no_proposal():
    minutes = made("<ann> #startvote Which colour? red, blue\n<bob> #vote red\n<ann> #vote blue\n<ann> #endvote\n")

    assert [one.text for one in minutes.proposals] == ["Which colour? red, blue"]
    assert minutes.decisions == ()


def test_a_nickname_with_brackets_is_one_name():
    assert "<b>" in present(made("<ann> #nick <b>\n<ann> hi\n"))


# --- the W3C's words -------------------------------------------------------------------------------------------------------


def scribed(text: str) -> Minutes:
    return made("<ann> scribe: ann\n<ann> present+ ann\n" + "".join(f"<{line}\n" for line in text.splitlines()))


@pytest.mark.parametrize(
    ("line", "text", "owners"),
    [
        ("ACTION bob: do it", "do it", ["bob"]),
        ("Action bob to do it", "do it", ["bob"]),
        ("action dora, emil, and fay8: do it", "do it", ["dora", "emil", "fay8"]),
        ("ACTION: Dora Lee to do it", "do it", ["Dora Lee"]),
        ("ACTION: dora, emil_ to do it", "do it", ["dora", "emil_"]),
        ("action : bob do it", "do it", ["bob"]),
        ("action item: bob does it", "does it", ["bob"]),
        ("ActioN: bob,,cho: do it", "do it", ["bob", "cho"]),
        ("ACTION: Send to the council what it asked for", "Send to the council what it asked for", []),
        ("ACTION: everyone to read it", "everyone to read it", []),
    ],
)
def test_action_lines_name_their_owners_in_the_w3cs_ways(line: str, text: str, owners: list[str]):
    assert owned(scribed(f"ann> present+ bob, cho\nann> {line}")) == [(text, owners)]


@pytest.mark.parametrize("line", ["action-20: look at it", "Action items: none", "actions to come"])
def test_what_only_speaks_of_actions_is_none(line: str):
    assert scribed(f"ann> {line}").actions == ()


def test_zakim_takes_up_topics_and_tells_who_was_there():
    minutes = made(
        "14:00 <Zakim> Meeting: Eighth\n14:00 <bob> regrets: dora\n"
        '14:01 <Zakim> agendum 1. "Budget" taken up [from ann]\n14:02 <ann> one\n'
        "14:03 <Zakim> agendum 2 -- A long title that is\n14:03 <bob> q+\n"
        "14:03 <Zakim> ... cut -- taken up [from ann]\n14:04 <ann> two\n"
        "14:05 <Zakim> agendum 2 -- A long title -- closed\n14:05 <Zakim> agendum 3 added\n"
        "14:06 <Zakim> As of this point the attendees have been ann, bob,\n14:06 <Zakim> ... dora, Ed_Lee\n"
    )

    assert minutes.title == "Eighth"
    assert [topic.title for topic in minutes.topics] == ["Budget", "A long title that is cut"]
    assert present(minutes) == ["ann", "bob", "Ed_Lee"]
    assert [who.name for who in minutes.regrets] == ["dora"]


def test_who_goes_on_behind_others_goes_on_for_the_same_speaker():
    minutes = scribed("ann> Bob: first\nann> ... and\ncho> a link\nann> ... second\nann> topic: Next\nann> …: third")

    assert said(minutes) == [("Bob", "first and"), ("cho", "a link"), ("Bob", "second")]
    assert [topic.title for topic in minutes.topics] == ["", "Next third"]


def test_what_goes_on_with_words_off_the_record_is_off_too_behind_others_as_well():
    minutes = made("<ann> one\n<ann> off: two\n<bob> ... three\n<bob> four\n<ann> ... five\n<ann> six\n")

    assert said(minutes) == [("ann", "one"), ("bob", "four"), ("ann", "six")]


def test_a_decision_goes_on_behind_others():
    minutes = scribed("ann> RESOLVED: We do as\ncho> hm\nann> ... we said\nann> …")

    assert [one.text for one in minutes.decisions] == ["We do as we said"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("-> https://example.org/1 what Bob wrote", "what Bob wrote (https://example.org/1)"),
        ("-> what Bob wrote: https://example.org/1", "what Bob wrote (https://example.org/1)"),
        ('--> https://example.org/1 "a picture"', "a picture (https://example.org/1)"),
        ("-> https://example.org/1", "https://example.org/1"),
    ],
)
def test_an_arrow_to_an_address_is_a_link(line: str, text: str):
    (link,) = scribed(f"ann> {line}").lines()

    assert (link.marker, link.text) == (Marker.LINK, text)


def test_a_list_with_a_colon_is_the_whole_list_and_with_a_plus_more_of_it():
    minutes = scribed(
        "ann> Present: Ann Lee, Bob\nann> present+ Cho\ncho> present +\nann> guest+ Dora\nann> Chair: Ann Lee\nann> chair: Bob\n"
        "ann> regrets: Ed, Fay\nann> regrets- Ed\nann> regrets- Bob"
    )

    assert present(minutes) == ["Ann Lee", "Bob", "Cho", "Dora"]
    assert [who.name for who in minutes.chairs] == ["Bob"]
    assert [who.name for who in minutes.regrets] == ["Fay"]


def test_the_scribe_comes_back_under_a_longer_nickname_and_has_an_opinion():
    assert said(scribed("ann_> Bob: hm\nann> <ann> my own view\nann> 2.1: this is no speaker")) == [
        ("Bob", "hm"),
        ("ann", "my own view"),
        ("ann", "2.1: this is no speaker"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "github: https://example.org/1",
        "github-bot, take up https://example.org/1",
        "scribejs, set bob Bob Lee",
        "clear agenda",
        "repos: a/b",
        "slideset: https://example.org/1",
        "chair acks bob",
        "skip this agendum",
    ],
)
def test_what_is_said_to_a_tool_is_no_record(line: str):
    assert said(scribed(f"ann> {line}\nbob> hi")) == [("bob", "hi")]


def test_the_head_of_rrsagents_page_tells_the_day():
    minutes = made("IRC log of tft on 2026-12-03\nTimestamps are in UTC.\n" + "14:00:00 [ann]\npresent+\n" * 3)

    assert minutes.start == datetime(2026, 12, 3, 14, tzinfo=UTC)


# --- what is hard to read ----------------------------------------------------------------------------------------------------


def test_minutes_in_korean_that_a_scribe_typed_keep_their_sense():
    log = read("scribe: ann\n안건: 예산\n정하늘 교수: 절반씩\n결정: 절반씩 냄\n")
    minutes = make(log.lines, log.people, log.setting)

    assert log.format is Format.PLAIN
    assert [decision.text for decision in minutes.decisions] == ["절반씩 냄"]


def test_brackets_thousands_deep_are_no_log():
    with pytest.raises(UnreadableLog) as refused:
        read_log([("log.json", b"[" * 100_000)], Setting(), Hints())

    assert refused.value.reason == "unknown-json"


@pytest.mark.parametrize("text", [" " * 30_000 + "x", "14:00 <ann> #info " + "a" * 300_000, "가나 " * 100_000])
def test_a_huge_line_takes_no_time(text: str):
    before = time.process_time()

    made(text)

    assert time.process_time() - before < 5
