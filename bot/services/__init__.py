"""One function, one transaction's work: one thing a person or the clock can do. Never commits, never calls Slack."""
