"""An order for files survives the pipe as it is."""

from datetime import UTC, datetime

import pytest

from bot.messages.escape import clean
from bot.messages.printing import Order, made, read_files, read_order, write_files, write_order
from bot.rules.listings import Listing
from bot.rules.minutes_doc import Row, Section, Table
from config.words import LANGUAGES
from tests.messages.hostile import HOSTILE
from tests.messages.test_minutes_doc import scripted
from tests.messages.test_minutes_hwpx import FULL

AT = datetime(2026, 12, 4, 1, tzinfo=UTC).isoformat()


@pytest.mark.parametrize("language", LANGUAGES)
def test_minutes_arrive_as_they_were(language: str):
    order = Order(("hwpx", "pdf"), AT, minutes=scripted(language, FULL))

    assert read_order(write_order(order)) == order


def test_a_list_arrives_as_it_was_whatever_is_written_in_it():
    table = Table(("heads",) * len(HOSTILE), (1,) * len(HOSTILE), (Row(tuple(map(clean, HOSTILE))),))
    order = Order(("pdf",), AT, listing=Listing("ko", HOSTILE[0], "", (Section("", "x", table=table),), ""))

    assert read_order(write_order(order)) == order


def test_files_arrive_as_they_were():
    files = {"pdf": b"%PDF\x00\xff", "hwpx": b""}

    assert read_files(write_files(files)) == files


def test_an_order_for_nothing_is_a_mistake():
    with pytest.raises(ValueError, match="for nothing"):
        made(Order(("pdf",), AT))
