"""The floors: a bare Bolt app whose listeners do the same reads and writes by SQLModel, without rules, words or blocks."""

import re
import secrets
from datetime import date
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.authorization import AuthorizeResult
from sqlmodel import Session, col, func, select

from bot.wiring import machine_time
from storage import days_off, receivers, snoozes
from storage.database import Database
from storage.tables import (
    Account,
    BoundChannel,
    Change,
    Confirmation,
    Installation,
    Item,
    ItemStatus,
    OutboxLane,
    OutboxRow,
    Part,
    Person,
    PersonAccount,
    Posting,
    Reaction,
    Receipt,
    Side,
    Source,
    TaskForce,
)


def build(database: Database, secret: str = "floor") -> App:
    """Listens to what the bench sends."""
    app = App(
        signing_secret=secret,
        process_before_response=True,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T0GIST", bot_token="xoxb", bot_user_id="U0BOT"),
        token_verification_enabled=False,
    )

    @app.command("/tft")
    def command(ack: Ack, body: dict[str, Any]) -> None:
        with database.transaction() as session:
            act = add if body["text"].startswith("add") else list_page
            act(session, body, body["trigger_id"])
        ack("done")

    @app.event("reaction_added")
    def reacted(event: dict[str, Any]) -> None:
        with database.transaction() as session:
            react(session, event)

    return app


def known(session: Session, user: str, channel_id: str, receipt: str) -> tuple[TaskForce, Person, BoundChannel]:
    """The receipt, and who asks where."""
    session.add(Receipt(key=receipt, received_at=machine_time()))
    session.flush()
    session.get(Account, user)
    channel = session.exec(select(BoundChannel).where(BoundChannel.channel_id == channel_id)).one()
    task_force = session.get_one(TaskForce, channel.task_force_id)
    return task_force, person(session, user), channel


def person(session: Session, user: str) -> Person:
    query = select(Person).join(PersonAccount, col(PersonAccount.person_id) == col(Person.id))
    return session.exec(query.where(PersonAccount.user_id == user)).one()


def add(session: Session, body: dict[str, Any], receipt: str) -> None:
    """What `/tft add` of an item with two owners reads and writes."""
    task_force, by, channel = known(session, body["user_id"], body["channel_id"], receipt)
    owners = [person(session, user) for user in re.findall(r"<@(\w+)>", body["text"])]
    session.exec(select(TaskForce).where(TaskForce.id == task_force.id).with_for_update()).one()
    session.exec(select(Item).where(Item.task_force_id == task_force.id, Item.title == receipt)).first()
    task_force.last_item_number += 1
    item = Item(
        task_force_id=task_force.id or 0,
        number=task_force.last_item_number,
        title="센터 개소 계획서",
        due_on=date(2026, 12, 5),
        channel_id=channel.id or 0,
        created_by=by.id or 0,
        created_at=machine_time(),
    )
    session.add(item)
    session.flush()
    session.add_all(Part(item_id=item.id or 0, side_id=one.side_id, owner_id=one.id or 0) for one in owners)
    change(session, item, by)
    queue(session, "1:C0TFT", item)
    for owner in owners:
        session.exec(select(PersonAccount.user_id).where(PersonAccount.person_id == owner.id)).all()
        queue(session, f"1:U{owner.id}", item)
    reminders(session, item)
    parts(session, item)


def list_page(session: Session, body: dict[str, Any], receipt: str) -> None:
    """What the first page of `/tft list` reads."""
    task_force, _, _ = known(session, body["user_id"], body["channel_id"], receipt)
    mine = (Item.task_force_id == task_force.id, Item.status == ItemStatus.OPEN)
    session.exec(select(func.count(col(Item.id))).where(*mine)).one()
    page = session.exec(select(Item).where(*mine).order_by(col(Item.due_on), col(Item.number)).limit(10)).all()
    query = select(Part, Side, Person).join(Side, col(Part.side_id) == Side.id)
    query = query.join(Person, col(Part.owner_id) == Person.id)
    session.exec(query.where(col(Part.item_id).in_([item.id for item in page]))).all()


def react(session: Session, event: dict[str, Any]) -> None:
    """What the first ✅ on a card reads and writes."""
    place = event["item"]
    session.add(Receipt(key=f"{place['ts']}:{event['event_ts']}", received_at=machine_time()))
    session.flush()
    session.get(Account, event["user"])
    session.exec(select(Installation.bot_user_id)).all()
    posting = session.exec(
        select(Posting).where(Posting.channel_id == place["channel"], Posting.ts == place["ts"])
    ).one()
    reaction = Reaction(
        channel_id=place["channel"],
        ts=place["ts"],
        user_id=event["user"],
        emoji=event["reaction"],
        present=True,
        event_ts=event["event_ts"],
    )
    session.add(reaction)
    item = session.exec(select(Item).where(Item.id == int(posting.subject)).with_for_update()).one()
    session.get_one(TaskForce, item.task_force_id)
    by = person(session, event["user"])
    standing = select(Confirmation).where(Confirmation.item_id == item.id, col(Confirmation.withdrawn_at).is_(None))
    session.exec(standing).all()
    part = session.exec(select(Part).where(Part.item_id == item.id, Part.side_id == by.side_id)).one()
    now = machine_time()
    session.add(
        Confirmation(
            item_id=item.id or 0,
            side_id=by.side_id,
            person_id=by.id or 0,
            source=Source.REACTION,
            reaction_id=reaction.id,
            confirmed_at=now,
        )
    )
    change(session, item, by)
    session.flush()
    session.exec(standing).all()
    part.confirmed_at, part.confirmed_by = now, by.id
    session.get_one(BoundChannel, item.channel_id)
    queue(session, "1:C0TFT", item)
    reminders(session, item)
    parts(session, item)


def change(session: Session, item: Item, by: Person) -> None:
    session.add(
        Change(
            task_force_id=item.task_force_id,
            subject_kind="item",
            subject_id=item.id or 0,
            at=machine_time(),
            person_id=by.id,
            act="made",
            new={"title": item.title},
        )
    )


def queue(session: Session, lane: str, item: Item) -> None:
    now = machine_time()
    if session.get(OutboxLane, lane) is None:
        session.add(OutboxLane(name=lane, next_at=now))
    session.add(
        OutboxRow(
            lane=lane,
            installation_id=1,
            channel_id="C0TFT",
            kind="item-card",
            subject=f"{item.id}:{secrets.token_hex(4)}",
            key=secrets.token_urlsafe(18),
            not_before=now,
            created_at=now,
        )
    )


def reminders(session: Session, item: Item) -> None:
    """What must be read to say when somebody is reminded of it next."""
    receivers.of_task_force(session, item.task_force_id)
    days_off.of_task_force(session, item.task_force_id)
    snoozes.of_items(session, [item.id])


def parts(session: Session, item: Item) -> None:
    query = select(Part, Side, Person).join(Side, col(Part.side_id) == Side.id)
    session.exec(query.join(Person, col(Part.owner_id) == Person.id).where(Part.item_id == item.id)).all()
    session.flush()
