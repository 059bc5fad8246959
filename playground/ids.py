"""Ids, timestamps and tokens in the forms Slack gives them."""

import secrets
import string
import time
import uuid
import zlib
from datetime import UTC, datetime

from playground.state import Store

_LETTERS = string.ascii_uppercase + string.digits


def new(prefix: str) -> str:
    """A fresh Slack id such as C0ABCDEF123."""
    return f"{prefix}0" + "".join(secrets.choice(_LETTERS) for _ in range(9))


def token(prefix: str) -> str:
    return f"{prefix}-{secrets.randbelow(10**12):012d}-{secrets.token_hex(12)}"


def now() -> float:
    """Machine time, seconds since the epoch (message `ts` are real time, whatever the business clock says)."""
    return time.time()


def moment() -> datetime:
    """Machine time as an aware UTC moment."""
    return datetime.fromtimestamp(now(), UTC)


def next_ts(db: Store) -> str:
    """A message timestamp: real time in microseconds, later than every one given before."""
    ts = max(int(time.time() * 1_000_000), (db.fact("last_ts") or 0) + 1)
    db.set_fact("last_ts", ts)
    return stamp(ts)


def stamp(microseconds: int) -> str:
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"


def of(place: int, content: str) -> str:
    """A short id, as Slack gives blocks and elements that have none: of what and where it is."""
    return f"{zlib.crc32(f'{place} {content}'.encode()):08x}"[:5] + str(place)


def client_msg_id() -> str:
    return str(uuid.uuid4())
