"""What the bot decides (`rules`), says (`messages`) and does (`services`)."""
