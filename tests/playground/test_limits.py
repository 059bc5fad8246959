"""Rate limits, at times that the test makes up."""

from playground.limits import BURST, Limits


def waits(limits: Limits, method: str, times: list[float], channel: str | None = None) -> list[int]:
    return [limits.wait("A0", "T0", method, channel, now) for now in times]


def test_a_burst_then_one_message_a_second():
    limits = Limits(on=True)
    assert waits(limits, "chat.postMessage", [0.0] * (BURST + 1), "C0") == [0] * BURST + [1]
    assert waits(limits, "chat.postMessage", [1.0, 1.1, 2.2], "C0") == [0, 1, 0]
    assert waits(limits, "chat.postMessage", [2.2], "C1") == [0], "each channel by itself"


def test_a_steady_second_is_never_refused():
    assert set(waits(Limits(on=True), "chat.postMessage", [float(second) for second in range(200)], "C0")) == {0}


def test_tier_three_is_fifty_a_minute_and_a_little_more():
    limits = Limits(on=True)
    assert waits(limits, "chat.update", [0.0] * 60) == [0] * 60
    assert waits(limits, "chat.update", [20.0, 59.5, 60.5]) == [40, 1, 0]


def test_a_refused_call_does_not_count():
    limits = Limits(on=True)
    waits(limits, "chat.update", [0.0] * 600)
    assert waits(limits, "chat.update", [60.5] * 60) == [0] * 60


def test_each_workspace_and_method_by_itself():
    limits = Limits(on=True)
    waits(limits, "reactions.list", [0.0] * 30)
    assert limits.wait("A0", "T0", "reactions.list", None, 1.0) > 0
    assert limits.wait("A0", "T1", "reactions.list", None, 1.0) == 0
    assert limits.wait("A0", "T0", "reactions.get", None, 1.0) == 0


def test_off():
    assert set(waits(Limits(on=False), "chat.postMessage", [0.0] * 100, "C0")) == {0}
