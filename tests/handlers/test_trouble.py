"""When the database is locked or gone and when Slack answers errors: people are told, in their language, and nothing is lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url
from sqlmodel import col, select

from storage.outbox import WAITING
from storage.tables import Item, OutboxRow
from tests.bots import Town
from tests.stores import KEEPER
from tests.windows import eventually

LANGUAGES = pytest.mark.parametrize(
    ("person", "line", "sorry"),
    [
        pytest.param("english", "add Charter", "Sorry, something went wrong", id="english"),
        pytest.param("gist owner", "추가 Charter", "죄송합니다. 봇에 문제가 생겨", id="korean"),
    ],
)


@pytest.fixture
def town_url(tables_url: str) -> str:
    """Each engine is away in its own way."""
    return tables_url


@contextmanager
def away(tables_url: str) -> Iterator[None]:
    """SQLite's file is locked by another program; PostgreSQL hangs up and takes nobody."""
    if tables_url.startswith("sqlite"):
        with sqlite3.connect(make_url(tables_url).database or "", isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        other.close()
        return
    url = make_url(tables_url)
    name = url.database or ""
    allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
    hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND application_name <> %s"
    server = url.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as administrator:
        administrator.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        administrator.execute(hang_up, [name, KEEPER])
        try:
            yield
        finally:
            administrator.execute(allow.format(sql.Identifier(name), sql.SQL("true")))


@LANGUAGES
def test_a_command_while_the_database_is_away(town: Town, tables_url: str, person: str, line: str, sorry: str):
    window = town.as_user(person)
    window.command("/tft menu")

    with away(tables_url):
        window.command(f"/tft {line}")
        window.told(sorry, "Charter")

    assert titles(town) == []
    window.command(f"/tft {line}")
    window.told("A-1", "Charter")


@LANGUAGES
def test_a_form_while_the_database_is_away(town: Town, tables_url: str, person: str, line: str, sorry: str):
    window = town.as_user(person)
    window.command(f"/tft {line.split(maxsplit=1)[0]}")
    form = window.form()

    with away(tables_url):
        window.submit(form, title="Charter")
        on_top = eventually(lambda: found if sorry in (found := window.form()).text else None, "the apology")

    window.act("close", view_id=on_top.raw["id"])
    window.submit(window.form(), title="Charter")
    window.told("A-1", "Charter")
    assert titles(town) == ["Charter"]


@LANGUAGES
def test_a_button_and_a_reaction_while_the_database_is_away(
    town: Town, tables_url: str, person: str, line: str, sorry: str
):
    window, county = town.as_user(person), town.as_user("county owner")
    town.workspace.hub.deliveries._scale = 0.02  # Slack sends an event again after a minute: here after a second
    window.command(f"/tft {line} <@{window.user}> <@{county.user}>")
    card = town.card("A-1").opened()
    eventually(lambda: all_sent(town) or None)  # what is being sent when it happens is looked for half a minute later

    with away(tables_url):
        county.react(card, "✅")
        window.click("완료", card)
        window.told(sorry)

    town.card("A-1").half_done("영광군")  # Slack sent the reaction again
    window.click("완료", card)
    town.card("A-1").closed()


def test_a_reaction_and_its_removal_that_arrive_in_reverse(town: Town):
    gist, county = town.as_user("gist owner"), town.as_user("county owner")
    gist.command(f"/tft add Charter <@{gist.user}> <@{county.user}>")
    card = town.card("A-1").opened()
    eventually(lambda: all_sent(town) or None)
    town.workspace.settle()

    town.workspace.fault(event="*", kind="reverse", times=2)
    gist.react(card, "✅")
    gist.unreact(card, "✅")
    town.workspace.settle()
    county.react(card, "✅")

    town.card("A-1").half_done("영광군")


@pytest.mark.parametrize("kind", ["http_500", "ratelimited", "drop_before", "timeout"])
def test_an_answer_that_slack_does_not_take_comes_as_a_direct_message(town: Town, kind: str):
    window = town.as_user("gist owner")
    town.workspace.fault(method="chat.postEphemeral", kind=kind, delay_s=0.5)

    window.mention("추가 Charter 2026-02-30")

    window.written("달력에 없는 날짜", "Charter 2026-02-30")


@pytest.mark.parametrize(("kind", "error"), [("http_500", ""), ("error", "internal_error")])
def test_a_form_that_slack_does_not_open_is_told(town: Town, kind: str, error: str):
    window = town.as_user("english")
    town.expected_refusals.add("internal_error")
    town.workspace.fault(method="views.open", kind=kind, **({"error": error} if error else {}))

    window.command("/tft add <@U0CTYOWN>")

    window.told("Sorry, something went wrong", "add @")


def test_a_form_whose_trigger_is_too_old_can_be_opened_by_a_button(town: Town):
    window = town.as_user("english")
    town.expected_refusals.add("expired_trigger_id")
    town.workspace.fault(method="views.open", kind="error", error="expired_trigger_id")

    window.command("/tft add")
    window.click("Open the form", window.told("The button below opens the form"))

    window.submit(window.form(), title="Charter")
    window.told("A-1", "Charter")


def all_sent(town: Town) -> bool:
    with town.bot.deps.database.reading() as session:
        return session.exec(select(OutboxRow).where(col(OutboxRow.state).in_(WAITING))).first() is None


def titles(town: Town) -> list[str]:
    with town.bot.deps.database.reading() as session:
        return [item.title for item in session.exec(select(Item))]
