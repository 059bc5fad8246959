"""Kept minutes are read as they were written, by this version and by all that come."""

import json
from pathlib import Path

from bot.messages.minutes_doc import compose
from bot.rules.kept_minutes import keyed, read_documents, read_minutes, write_documents, write_minutes
from bot.rules.minutes import Marker, Why, make
from bot.rules.minutes_doc import Particulars
from config.words import LANGUAGES, Words
from tests.rules.minutes.case import PEOPLE, SETTING, typed

FIRST = Path(__file__).parent / "data" / "kept_minutes.json"  # as the first version that kept minutes has written them


def test_what_is_read_is_what_was_written_with_the_addresses_of_today():
    minutes = make(typed(), PEOPLE, SETTING)
    documents = {one: compose(keyed(minutes), Particulars(), Words().say(one)) for one in LANGUAGES}

    assert read_minutes(write_minutes(minutes), {}) == minutes
    found = read_minutes(write_minutes(minutes), {"t12": "https://there"})
    assert [one.place.key for one in found.lines() if one.link] == ["t12"]
    plain = {one: compose(minutes, Particulars(), Words().say(one)) for one in LANGUAGES}
    assert read_documents(write_documents(documents), {}) == plain
    assert str(read_documents(write_documents(documents), {"t12": "https://there"})["ko"]).count("https://there") == 1


def test_what_the_first_version_kept_is_read_and_nothing_of_it_is_lost():
    first = json.loads(FIRST.read_text(encoding="utf-8"))

    minutes = read_minutes(json.dumps(first["minutes"]), {"t3": "https://there"})
    documents = read_documents(json.dumps(first["documents"]), {"t3": "https://there"})

    assert [(one.text, one.votes.tallies[0].yes) for one in minutes.decisions] == [("센터 이름을 공모로 정함", 2)]
    assert [one.why for one in minutes.unclear] == [Why.DUE]
    assert [one.link for one in minutes.lines(Marker.REMARK, Marker.DECISION)] == ["https://there", ""]
    assert documents["ko"].sections[0].title == "참석자 및 배석자 명단"
    assert documents["ko"].attachments == ("산출근거 1부.",)
    assert has_all_of(json.loads(write_minutes(minutes)), first["minutes"])
    assert has_all_of(json.loads(write_documents(documents)), first["documents"])


def has_all_of(now: object, then: object) -> bool:
    """Fields may have been added; links are addresses by now."""
    if isinstance(now, dict) and isinstance(then, dict):
        return all(name in now and (name == "link" or has_all_of(now[name], then[name])) for name in then)
    if isinstance(now, list) and isinstance(then, list):
        return len(now) == len(then) and all(map(has_all_of, now, then))
    return now == then
