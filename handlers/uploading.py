"""A message's files on their way to Slack: uploaded without a channel, all at once, then linked by the message."""

import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from http.client import HTTPException
from urllib.error import HTTPError, URLError

from bot.messages.post import File
from config.slack import Fate
from handlers.calls import Outcome, attempt
from handlers.errands import FILE_METHODS as METHODS
from handlers.slack import Client

UPLOAD = "files upload"
TRIES = 3  # attempts of a row in which its files are tried: then the message goes without them
MAY_PASS = (Fate.AGAIN, Fate.DOUBTFUL)


@dataclass(frozen=True)
class Uploaded:
    """What came of it: the address of each file that Slack took, by its name, and the call that failed if one did."""

    links: dict[str, str] = field(default_factory=dict)
    failed: Outcome | None = None


def upload(client: Client, files: Sequence[File]) -> Uploaded:
    """Give Slack files that nobody sees yet. One that it refuses for good stays behind, the others come.

    What may have had its effect is simply done again: a file that is linked nowhere is nobody's but the app's.
    https://docs.slack.dev/messaging/working-with-files#uploading_files
    """
    names: dict[str, str] = {}
    failed = None
    for file in files:
        sent = _one(client, file)
        if sent.fate in MAY_PASS:
            return Uploaded(failed=sent)
        if sent.is_done:
            names[sent.answer["file_id"]] = file.name
        else:
            failed = sent
    return _complete(client, names, failed) if names else Uploaded(failed=failed)


def is_worth_another_try(uploaded: Uploaded, attempts: int) -> bool:
    """Whether the whole row waits for its files; else its message goes without."""
    return uploaded.failed is not None and uploaded.failed.fate in MAY_PASS and attempts < TRIES


def _one(client: Client, file: File) -> Outcome:
    """A file's content, to the address that Slack names; done, the answer has its `file_id`."""
    begun = attempt(METHODS[0], lambda: client.files_getUploadURLExternal(filename=file.name, length=len(file.content)))
    if not begun.is_done:
        return begun
    sent = _send(begun.answer["upload_url"], file.content, client.timeout)
    return replace(sent, answer={"file_id": begun.answer["file_id"]})


def _complete(client: Client, names: dict[str, str], failed: Outcome | None) -> Uploaded:
    """One call for all of them; `names` by id."""
    files: list[dict[str, str | None]] = [{"id": id, "title": name} for id, name in names.items()]
    ended = attempt(METHODS[1], lambda: client.files_completeUploadExternal(files=files))
    if not ended.is_done:
        return Uploaded(failed=ended)
    links = {names[one["id"]]: one["permalink"] for one in ended.answer.get("files") or [] if one.get("permalink")}
    if len(links) < len(names):
        failed = replace(ended, fate=Fate.REFUSED, error="no permalink")
    return Uploaded(links, failed)


def _send(url: str, content: bytes, timeout_s: float) -> Outcome:
    """The content itself: a plain POST to the address that Slack gave."""
    headers = {"Content-Type": "application/octet-stream"}
    request = urllib.request.Request(url, content, headers, method="POST")  # noqa: S310  # Slack's, https
    try:
        with urllib.request.urlopen(request, timeout=timeout_s):  # noqa: S310
            return Outcome(UPLOAD, Fate.DONE)
    except HTTPError as error:
        fate = Fate.DOUBTFUL if error.code >= 500 else Fate.REFUSED
        return Outcome(UPLOAD, fate, error=f"HTTP {error.code}")
    except (URLError, HTTPException, OSError) as error:
        return Outcome(UPLOAD, Fate.DOUBTFUL, error=f"no answer: {error!r}")
