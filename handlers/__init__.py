"""What the bot reacts to: Slack and the clock."""
