"""HWPX and PDF, made in a process of their own: `python -m bot.messages.printing` reads an order and writes the files.

The libraries and fonts behind them take some 110 MB that a process never gives back; one that has ended has.
Nothing is imported here that does not draw.
"""

import json
import signal
import sys
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, is_dataclass
from datetime import datetime
from itertools import repeat
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from bot.rules.listings import Listing
from bot.rules.minutes_doc import MinutesDoc


@dataclass(frozen=True, slots=True)
class Order:
    """One document, as files of these shapes. `made_at`: an aware moment in ISO format, which the files tell."""

    shapes: tuple[str, ...]
    made_at: str
    minutes: MinutesDoc | None = None  # as `hwpx` or `pdf`
    listing: Listing | None = None  # as `pdf`


def write_order(order: Order) -> bytes:
    """For the pipe."""
    return json.dumps(asdict(order)).encode()


def read_order(content: bytes) -> Order:
    """What was written."""
    order: Order = _value(Order, json.loads(content))
    return order


def _value(kind: Any, value: Any) -> Any:
    """JSON as what the model says that it is: records, tuples, text."""
    if is_dataclass(kind):
        return kind(**{name: _value(hint, value[name]) for name, hint in get_type_hints(kind).items()})  # type: ignore[operator]
    inner = get_args(kind)
    if get_origin(kind) is UnionType:
        return None if value is None else _value(inner[0], value)
    if get_origin(kind) is tuple:
        kinds = repeat(inner[0]) if inner[-1] is ... else inner
        return tuple(_value(kind, one) for kind, one in zip(kinds, value))  # noqa: B905  # the kinds may go on forever
    return value


def write_files(files: dict[str, bytes]) -> bytes:
    """For the pipe back."""
    return json.dumps({shape: b64encode(content).decode() for shape, content in files.items()}).encode()


def read_files(content: bytes) -> dict[str, bytes]:
    """What was written: contents by shape."""
    return {shape: b64decode(text) for shape, text in json.loads(content).items()}


def made(order: Order) -> dict[str, bytes]:
    """The files by shape. `NoKoreanFont` if a PDF is asked for and this machine has none."""
    return {shape: _file(order, shape) for shape in order.shapes}


def _file(order: Order, shape: str) -> bytes:
    from bot.messages import listing_pdf, minutes_hwpx, minutes_pdf  # noqa: PLC0415  # not by who only sends an order
    from config.fonts import find  # noqa: PLC0415

    made_at = datetime.fromisoformat(order.made_at)
    if order.minutes and shape == "hwpx":
        return minutes_hwpx.hwpx(order.minutes, made_at)
    if order.minutes:
        return minutes_pdf.pdf(order.minutes, made_at, find())
    if order.listing:
        return listing_pdf.pdf(order.listing, made_at, find())
    raise ValueError("an order for nothing")


def main() -> None:
    """Fill one order. Whoever ordered it waits, and sees to signals."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.stdout.buffer.write(write_files(made(read_order(sys.stdin.buffer.read()))))


if __name__ == "__main__":
    main()
