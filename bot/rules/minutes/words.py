"""The words that mark a line of a meeting; compared without spaces and case. Before a colon, or behind `#`."""

OFF_RECORD = frozenset({"기록제외", "오프", "오프더레코드", "off", "offtherecord"})
NOT_DISCLOSED = frozenset(
    {"비공개", "confidential"}
)  # an office means "recorded but not disclosed"; it is not kept either
