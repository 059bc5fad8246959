"""Values and `now` in, verdicts out. No SQL, no Slack, no clock, no words."""
