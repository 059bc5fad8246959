"""What the bot puts on messages that stand there already; the outbox sends it beside the messages of a channel."""

SEED, UNSEED, PIN = "seed", "unseed", "pin"  # kinds of rows: a reaction comes, a reaction goes, a message is pinned
