"""The check that every key sent is one Slack was seen to send."""

import time

import pytest

from playground import shapes
from playground.shapes_by_hand import BY_HAND, EXTRA


def test_an_invented_key_is_named():
    event = {
        "type": "event_callback",
        "event": {"type": "reaction_added", "team": "T0", "item": {"type": "message", "colour": "red"}},
    }
    assert shapes.invented("events/ReactionAddedPayload", event) == ["event.item.colour", "event.team"]


def test_lists_are_looked_into_and_open_ends_are_not():
    answer = {"ok": True, "messages": [{"blocks": [{"anything": 1}]}, {"invented": 1}]}
    assert shapes.invented("api/conversations.history", answer) == ["messages[].invented"]


def test_an_unknown_shape_is_an_error_not_a_pass():
    with pytest.raises(LookupError):
        shapes.invented("events/NonsensePayload", {})


def test_what_is_written_by_hand_is_not_in_slacks_log():
    assert not set(BY_HAND) & set(shapes.listed())
    for shape, paths in EXTRA.items():
        assert not set(paths) & set(shapes.listed()[shape])


def test_the_workspace_notes_what_it_invents(workspace, monkeypatch):
    workspace.hub.check("api/auth.test", {"ok": True, "mood": "good"})
    assert workspace.violations == ["api/auth.test: mood"]
    workspace.hub.violations.clear()


def test_it_is_cheap():
    event = {"type": "event_callback", "event": {"type": "message", "blocks": [{"type": "section"}] * 20}}
    shapes.invented("events/MessagePayload", event)
    started = time.process_time()
    for _ in range(100):
        shapes.invented("events/MessagePayload", event)
    assert (time.process_time() - started) / 100 < 0.001
