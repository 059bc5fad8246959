"""A message with a file: uploaded, linked, and read back; whatever fails, the message arrives, once."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from tests.delivery.office import GIVES_UP_S, OWNER, Office, eventually

UPLOADS = ("files.getUploadURLExternal", "files.completeUploadExternal")


def sent(office: Office, kind: str = "paper") -> dict[str, Any]:
    """The one message that stands in the direct messages of the owner."""
    office.say("1", "The list.", kind=kind, to=OWNER)
    office.deliver()
    office.done()
    (message,) = office.messages(office.postings()[0].channel_id)
    return message


def read_back(message: dict[str, Any], at: int = 0) -> bytes:
    with urllib.request.urlopen(message["files"][at]["url_private"], timeout=5) as answer:  # noqa: S310
        content: bytes = answer.read()
        return content


def test_the_file_is_in_the_message_and_nowhere_else(office: Office):
    message = sent(office)

    assert read_back(message).decode() == "목록"
    assert message["files"][0]["name"] == "목록.txt"
    assert "첨부: <" in message["text"]
    assert office.calls(UPLOADS[1])[0]["arguments"].get("channel_id") is None


def test_two_files_are_one_upload_and_one_message(office: Office):
    message = sent(office, "papers")

    assert [file["name"] for file in message["files"]] == ["회의록.hwpx", "회의록.pdf"]
    assert [read_back(message, at) for at in (0, 1)] == [b"hwpx", b"pdf"]
    (completed,) = office.calls(UPLOADS[1])
    assert [file["title"] for file in json.loads(completed["arguments"]["files"])] == ["회의록.hwpx", "회의록.pdf"]
    assert message["text"].count("첨부: ") == 1


def test_a_file_that_is_refused_does_not_keep_the_other_back(office: Office):
    office.workspace.fault(method=UPLOADS[0], kind="error", error="file_type_not_allowed")

    message = sent(office, "papers")

    assert [file["name"] for file in message["files"]] == ["회의록.pdf"]
    assert "회의록.hwpx" in message["text"].partition("첨부하려던 파일")[2]
    assert office.parked() == []


@pytest.mark.parametrize("method", UPLOADS)
@pytest.mark.parametrize("error", ["file_uploads_disabled", "file_type_not_allowed", "missing_scope", "access_denied"])
def test_a_policy_against_files_costs_the_file_only(office: Office, method: str, error: str):
    office.workspace.fault(method=method, kind="error", error=error)

    message = sent(office)

    assert "files" not in message
    assert "The list." in message["text"]
    assert "목록.txt" in message["text"]
    assert "받아 주지 않아" in json.dumps(message["blocks"], ensure_ascii=False)
    assert office.parked() == []


@pytest.mark.parametrize("method", UPLOADS)
@pytest.mark.parametrize("kind", ["ratelimited", "http_500", "drop_before", "drop_after"])
def test_what_may_pass_is_tried_again_before_the_message(office: Office, method: str, kind: str):
    office.workspace.fault(method=method, kind=kind)

    assert read_back(sent(office)).decode() == "목록"


def test_what_does_not_pass_is_given_up_and_the_message_sent(office: Office):
    office.workspace.fault(method=UPLOADS[0], kind="http_500", times=9)

    assert "받아 주지 않아" in json.dumps(sent(office)["blocks"], ensure_ascii=False)
    assert len(office.calls(UPLOADS[0])) == 3


@pytest.mark.slow
def test_a_message_in_doubt_is_looked_for_and_its_file_not_uploaded_again(hurried: Office):
    hurried.workspace.fault(method="chat.postMessage", kind="timeout_after", delay_s=2 * GIVES_UP_S)

    assert read_back(sent(hurried)).decode() == "목록"
    assert len(hurried.calls(UPLOADS[1])) == 1


def test_an_address_that_takes_nothing_costs_the_file_only(office: Office):
    office.paper = b""  # Slack refuses an upload of nothing

    message = sent(office)

    assert "files" not in message
    assert eventually(lambda: office.parked() == [])
