"""Minutes on record as JSON: what they said then is what they say, however later versions would read or compose them.

Everything is written, defaults too. What was written once must stay readable: a change of these records needs a migration.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter

from bot.rules.minutes import Minutes
from bot.rules.minutes_doc import Item, MinutesDoc, Row, Section

Documents = dict[str, MinutesDoc]  # by language
_Part = TypeVar("_Part", Item, Row)


@cache
def _minutes() -> TypeAdapter[Minutes]:
    return TypeAdapter(Minutes)


@cache
def _documents() -> TypeAdapter[Documents]:
    return TypeAdapter(Documents)


def write_minutes(minutes: Minutes) -> str:
    """The minutes; each line's link is its message's key, since addresses are no content and may change."""
    return _minutes().dump_json(keyed(minutes)).decode()


def read_minutes(text: str, links: Mapping[str, str]) -> Minutes:
    """What was written, with the messages' addresses by their keys. `ValueError` if it is nothing that was written."""
    return _linked(_minutes().validate_json(text), lambda key: links.get(key, ""))


def keyed(minutes: Minutes) -> Minutes:
    """The same minutes, with each message's key in the place of its address."""
    return _linked(minutes, lambda key: key)


def _linked(minutes: Minutes, link_of: Callable[[str], str]) -> Minutes:
    topics = (
        replace(topic, lines=tuple(replace(line, link=link_of(line.place.key)) for line in topic.lines))
        for topic in minutes.topics
    )
    return replace(minutes, topics=tuple(topics))


def write_documents(documents: Documents) -> str:
    """Documents that were composed of `keyed` minutes."""
    return _documents().dump_json(documents).decode()


def read_documents(text: str, links: Mapping[str, str]) -> Documents:
    """What was written, with addresses. `ValueError` if it is nothing that was written."""
    return {language: _addressed(doc, links) for language, doc in _documents().validate_json(text).items()}


def _addressed(doc: MinutesDoc, links: Mapping[str, str]) -> MinutesDoc:
    def with_address(part: _Part) -> _Part:
        return replace(part, link=links.get(part.link, ""))

    def section(one: Section) -> Section:
        table = one.table and replace(one.table, rows=tuple(map(with_address, one.table.rows)))
        return replace(one, items=tuple(map(with_address, one.items)), table=table)

    return replace(doc, sections=tuple(map(section, doc.sections)))
