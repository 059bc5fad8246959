"""Business time: it starts where the world says, runs, jumps forward, stops where apps ask it to."""

import threading
import time
from datetime import datetime, timedelta
from functools import partial

import pytest

from playground import Workspace, clock
from tests.playground.hands import Hands, wait_for


def now(hands: Hands) -> datetime:
    return datetime.fromisoformat(hands.get("/_clock")["now"])


def move(hands: Hands, **how) -> int:
    return hands.request("POST", "/_clock", how)[0]


def test_it_starts_in_the_worlds_zone_and_runs(hands):
    assert hands.get("/_clock")["running"] is True
    first = now(hands)
    assert first.isoformat().startswith("2026-11-23T09:0")
    assert first.utcoffset() == timedelta(hours=9)


def test_it_jumps_forward_and_never_back(hands, slack):
    assert move(hands, advance_s=3600) == 200
    assert now(hands).hour == 10
    assert move(hands, to="2026-11-30T09:00:00+09:00") == 200
    assert now(hands).day == 30
    assert move(hands, to="2026-11-29T09:00:00+09:00") == 400
    before = time.time()
    ts = slack.chat_postMessage(channel="C0TFT", text="x")["ts"]
    assert before - 1 < float(ts) < time.time() + 1, "stamps stay real"


@pytest.mark.parametrize(
    "how", [{}, {"advance_s": -1}, {"advance_s": "much"}, {"to": "soon"}, {"to": "2026-12-01T09:00:00"}]
)
def test_what_it_does_not_understand(hands, how):
    assert move(hands, **how) == 400


def waits_at(hands: Hands, hour: int) -> bool:
    return now(hands).hour == hour and not hands.get("/_clock")["running"]


def test_it_stops_where_an_app_asked(hands):
    stops = ["2026-11-23T12:00:00+09:00", "2026-11-23T15:00:00+09:00", "2026-12-24T00:00:00+09:00"]
    hands.request("PUT", "/_clock/stops", {"app": "A0PROBE", "stops": stops})
    jump = threading.Thread(target=move, args=(hands,), kwargs={"to": "2026-11-24T09:00:00+09:00"})
    jump.start()
    for hour in (12, 15):
        wait_for(partial(waits_at, hands, hour))
        time.sleep(0.05)
        assert now(hands).hour == hour, "it waits"
        hands.request("POST", "/_clock/reached", {"app": "A0PROBE", "now": now(hands).isoformat()})
    jump.join()
    assert now(hands).day == 24
    assert hands.get("/_clock")["running"] is True


def test_new_stops_set_while_it_waits_are_kept(hands):
    hands.request("PUT", "/_clock/stops", {"app": "A0PROBE", "stops": ["2026-11-23T12:00:00+09:00"]})
    jump = threading.Thread(target=move, args=(hands,), kwargs={"to": "2026-11-24T09:00:00+09:00"})
    jump.start()
    wait_for(lambda: now(hands).hour == 12)
    hands.request("PUT", "/_clock/stops", {"app": "A0PROBE", "stops": ["2026-11-23T18:00:00+09:00"]})
    hands.request("POST", "/_clock/reached", {"app": "A0PROBE"})
    wait_for(lambda: now(hands).hour == 18)
    hands.request("POST", "/_clock/reached", {"app": "A0PROBE"})
    jump.join()
    assert now(hands).day == 24


def test_an_app_that_does_not_answer_does_not_stop_time(hands, monkeypatch):
    monkeypatch.setattr(clock, "WAIT_S", 0.1)
    hands.request("PUT", "/_clock/stops", {"app": "A0PROBE", "stops": ["2026-11-23T12:00:00+09:00"]})
    assert move(hands, to="2026-11-24T09:00:00+09:00") == 200
    assert now(hands).day == 24


def test_it_goes_on_from_the_kept_state(world, tmp_path):
    with Workspace(world, state=tmp_path / "state.db") as workspace:
        assert move(Hands(workspace.url), to="2026-12-24T09:00:00+09:00") == 200
    with Workspace(world, state=tmp_path / "state.db") as workspace:
        assert now(Hands(workspace.url)).isoformat().startswith("2026-12-24T09:00")


def test_it_tells_what_it_said_at_any_real_moment(hands):
    first = hands.get("/_clock")["moves"]
    move(hands, advance_s=3600)

    moves = hands.get("/_clock")["moves"]

    assert moves[: len(first)] == first
    assert moves[-1][1] - first[-1][1] == pytest.approx(3600, abs=2)


def test_without_a_clock_in_the_world_it_is_now(world):
    del world["clock"]
    with Workspace(world) as workspace:
        before = time.time()
        assert before - 1 < now(Hands(workspace.url)).timestamp() < time.time() + 1
