"""A message's file on its way to Slack: uploaded without a channel, then linked by the message."""

import urllib.request
from dataclasses import replace
from http.client import HTTPException
from urllib.error import HTTPError, URLError

from bot.messages.post import File
from config.slack import Fate
from handlers.calls import Outcome, attempt
from handlers.errands import FILE_METHODS as METHODS
from handlers.slack import Client

UPLOAD = "files upload"
TRIES = 3  # attempts of a row in which its file is tried: then the message goes without it


def upload(client: Client, file: File) -> Outcome:
    """Give Slack a file that nobody sees yet; done, the answer's `permalink` is its address.

    What may have had its effect is simply done again: a file that is linked nowhere is nobody's but the app's.
    https://docs.slack.dev/messaging/working-with-files#uploading_files
    """
    begun = attempt(METHODS[0], lambda: client.files_getUploadURLExternal(filename=file.name, length=len(file.content)))
    if not begun.is_done:
        return begun
    sent = _send(begun.answer["upload_url"], file.content, client.timeout)
    if not sent.is_done:
        return sent
    files = [{"id": begun.answer["file_id"], "title": file.name}]
    ended = attempt(METHODS[1], lambda: client.files_completeUploadExternal(files=files))
    permalink = (ended.answer.get("files") or [{}])[0].get("permalink")
    if ended.is_done and not permalink:
        return replace(ended, fate=Fate.REFUSED, error="no permalink")
    return replace(ended, answer={"permalink": permalink})


def is_worth_another_try(outcome: Outcome, attempts: int) -> bool:
    """Whether the whole row waits for the file; else its message goes without."""
    return outcome.fate in (Fate.AGAIN, Fate.DOUBTFUL) and attempts < TRIES


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
