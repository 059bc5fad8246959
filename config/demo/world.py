"""The demo's workspace as the local workspace reads it."""

from typing import Any

from config.demo import Member, Story

Message = dict[str, Any]


def world(story: Story, manifest: dict[str, Any], channels: dict[str, list[Message]]) -> dict[str, Any]:
    """The local workspace's world: everybody, every channel with its past, and the app."""
    facts, app = story.facts, story.facts["app"]
    everybody = [member.id for member in story.members]
    team = facts["team"]["id"]
    bound = next(channel["id"] for channel in facts["channels"] if channel.get("bound"))
    open_channels = [
        {**channel, "team": team, "members": everybody, "messages": channels.get(channel["id"], [])}
        for channel in facts["channels"]
    ]
    direct = [
        {
            "id": id,
            "kind": "im",
            "name": "",
            "team": team,
            "members": [_partner(story, id), app["bot_user"]],
            "messages": past,
        }
        for id, past in channels.items()
        if id.startswith("D")
    ]
    return {
        "name": facts["name"],
        "banner": facts["banner"],
        "steps": [{**step, "as": story.member(step["as"]).id, "channel": bound} for step in facts["steps"]],
        "organisations": {
            side: [member.id for member in story.members if member.side == side]
            for side in facts["task_force"]["sides"]
        },
        "teams": [facts["team"]],
        "users": [_user(story, member) for member in story.members],
        "channels": [*open_channels, *direct],
        "apps": [_app(app, manifest, team, [channel["id"] for channel in facts["channels"]])],
        "clock": story.start.isoformat(),
    }


def _app(app: dict[str, Any], manifest: dict[str, Any], team: str, channels: list[str]) -> dict[str, Any]:
    install = {key: app[key] for key in ("bot_token", "bot_user", "bot_id")}
    kept = {key: app[key] for key in ("id", "app_token", "signing_secret", "client_id", "client_secret")}
    return {**kept, "manifest": manifest, "installs": [{**install, "team": team, "channels": channels}]}


def _user(story: Story, member: Member) -> dict[str, Any]:
    home = story.facts["task_force"]["sides"][0]
    return {
        "id": member.id,
        "team": story.facts["team"]["id"],
        "name": member.handle,
        "real_name": member.name,
        "title": _title(story, member),
        "locale": member.locale,
        "tz": "Asia/Seoul",
        "color": member.color,
        "guest": member.side != home,
    }


def _title(story: Story, member: Member) -> str:
    """What Slack says of somebody; who holds an office in the task force is told by it, who is new has only a job."""
    if member.role is None:
        return member.title
    office = story.facts["offices"].get(member.role)
    return " · ".join(filter(None, [f"{member.department} {member.title}", office]))


def _partner(story: Story, channel: str) -> str:
    return next(member.id for member in story.members if dm(member.id) == channel)


def dm(user_id: str) -> str:
    """The channel of direct messages between the bot and somebody."""
    return f"D0{user_id.removeprefix('U0')}"
