"""What the bot does about messages that stand there already; the outbox sends it beside the messages of a channel."""

SEED, UNSEED, PIN = "seed", "unseed", "pin"  # kinds of rows: a reaction comes, a reaction goes, a message is pinned
ADDRESS = "address"  # a meeting's card is asked where people find it
