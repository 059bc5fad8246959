"""The common emoji by Slack's short names."""

import re

NAMES: dict[str, str] = {
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️", "eyes": "👀", "pushpin": "📌", "round_pushpin": "📍",
    "memo": "📝", "pencil": "📝", "pencil2": "✏️", "raised_hands": "🙌", "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎",
    "tada": "🎉", "calendar": "📆", "date": "📅", "spiral_calendar_pad": "🗓️", "hourglass": "⌛", "hourglass_flowing_sand": "⏳",
    "alarm_clock": "⏰", "bell": "🔔", "no_bell": "🔕", "x": "❌", "heavy_multiplication_x": "✖️", "o": "⭕", "ok": "🆗", "ok_hand": "👌",
    "warning": "⚠️", "no_entry": "⛔", "no_entry_sign": "🚫", "question": "❓", "grey_question": "❔", "exclamation": "❗", "bulb": "💡",
    "speech_balloon": "💬", "thought_balloon": "💭", "link": "🔗", "paperclip": "📎", "page_facing_up": "📄", "bookmark_tabs": "📑",
    "clipboard": "📋", "chart_with_upwards_trend": "📈", "bar_chart": "📊", "moneybag": "💰", "won": "₩", "heavy_dollar_sign": "💲",
    "busts_in_silhouette": "👥", "bust_in_silhouette": "👤", "handshake": "🤝", "wave": "👋", "clap": "👏", "pray": "🙏", "muscle": "💪",
    "point_right": "👉", "point_left": "👈", "point_up": "☝️", "point_down": "👇", "raised_hand": "✋", "hand": "✋", "hugging_face": "🤗",
    "smile": "😄", "smiley": "😃", "grinning": "😀", "slightly_smiling_face": "🙂", "joy": "😂", "sob": "😭", "thinking_face": "🤔",
    "heart": "❤️", "blue_heart": "💙", "star": "⭐", "sparkles": "✨", "fire": "🔥", "100": "💯", "rocket": "🚀", "dart": "🎯", "repeat": "🔁",
    "arrows_counterclockwise": "🔄", "leftwards_arrow_with_hook": "↩️", "arrow_right": "➡️", "arrow_left": "⬅️", "arrow_up": "⬆️",
    "arrow_down": "⬇️", "lock": "🔒", "unlock": "🔓", "key": "🔑", "mag": "🔍", "gear": "⚙️", "wrench": "🔧", "hammer": "🔨", "robot_face": "🤖",
    "inbox_tray": "📥", "outbox_tray": "📤", "package": "📦", "email": "📧", "envelope": "✉️", "phone": "☎️", "iphone": "📱", "computer": "💻",
    "house": "🏠", "office": "🏢", "school": "🏫", "classical_building": "🏛️", "car": "🚗", "blue_car": "🚙", "electric_plug": "🔌",
    "battery": "🔋", "zap": "⚡", "seedling": "🌱", "sunny": "☀️", "snowflake": "❄️", "coffee": "☕", "gift": "🎁", "trophy": "🏆", "medal": "🏅",
    "red_circle": "🔴", "large_blue_circle": "🔵", "large_green_circle": "🟢", "large_yellow_circle": "🟡", "white_circle": "⚪",
    "black_circle": "⚫", "large_blue_square": "🟦", "white_large_square": "⬜", "black_large_square": "⬛", "small_blue_diamond": "🔹",
    "one": "1️⃣", "two": "2️⃣", "three": "3️⃣", "four": "4️⃣", "five": "5️⃣", "kr": "🇰🇷", "us": "🇺🇸", "books": "📚", "mortar_board": "🎓",
    "new": "🆕", "back": "🔙", "end": "🔚", "soon": "🔜", "checkered_flag": "🏁", "triangular_flag_on_post": "🚩", "scroll": "📜",
    "heavy_plus_sign": "➕", "heavy_minus_sign": "➖", "information_source": "ℹ️", "stopwatch": "⏱️", "clock9": "🕘", "mega": "📣",
    "loudspeaker": "📢", "man": "👨", "woman": "👩", "technologist": "🧑‍💻", "see_no_evil": "🙈", "green_heart": "💚", "heavy_heart_exclamation_mark_ornament": "❣️",
}
TONES = {2: "🏻", 3: "🏼", 4: "🏽", 5: "🏾", 6: "🏿"}
TONED = frozenset({
    "+1", "thumbsup", "-1", "thumbsdown", "raised_hands", "ok_hand", "wave", "clap", "pray", "muscle", "point_right", "point_left", "point_up",
    "point_down", "raised_hand", "hand", "man", "woman", "technologist",
})
_NAME = re.compile(r"([a-z0-9_+'-]+)(?:::skin-tone-([2-6]))?", re.ASCII)


def known(name: str) -> bool:
    """Is this a name Slack's reactions.add takes, with a skin tone only where there is one?"""
    match = _NAME.fullmatch(name)
    return bool(match) and match[1] in NAMES and (match[2] is None or match[1] in TONED)


def char(name: str) -> str | None:
    """The character of a short name (with its skin tone), or None."""
    match = _NAME.fullmatch(name)
    if not match or match[1] not in NAMES:
        return None
    return NAMES[match[1]] + (TONES[int(match[2])] if match[2] and match[1] in TONED else "")
