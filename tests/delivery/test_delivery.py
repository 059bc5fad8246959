"""What is queued reaches Slack once, in order, and as true as it can be."""

from tests.delivery.office import HERE, Office


def test_a_line_is_posted_and_recorded(office: Office):
    office.say("1", "hello")
    office.deliver()
    office.done()

    assert office.texts() == ["hello"]
    assert [(p.kind, p.subject, p.channel_id) for p in office.postings()] == [("line", "1", HERE)]
