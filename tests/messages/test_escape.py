from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from bot.messages.escape import clean, escape, escape_within, shorten

HOSTILE = st.text(alphabet=st.sampled_from("<>&@!#|a가 *_~`\u202e\u200b\u0000\ud800🙂"), max_size=60)


@given(HOSTILE)
def test_nothing_that_pings_or_links_is_left(text):
    said = escape(text)

    assert "<" not in said
    assert ">" not in said
    assert unescape(said) == clean(text)


@given(HOSTILE, st.integers(8, 40))
def test_cut_text_keeps_within_its_limit_and_never_cuts_an_entity(text, limit):
    said = escape_within(text, limit)

    assert len(said) <= limit
    assert unescape(said).removesuffix("…").strip() == "" or clean(text).startswith(unescape(said).removesuffix("…"))
    assert "&" not in unescape(said).replace("&", "", clean(text).count("&"))


def test_direction_overrides_and_control_characters_are_dropped():
    assert clean("a\u202eb\u0007c\nd") == "abc\nd"


def test_emoji_made_of_several_characters_stay_whole():
    family = "👩\u200d👩\u200d👧"

    assert clean(family) == family


def test_shorten_shows_that_it_cut():
    assert shorten("가나다라마", 4) == "가나다…"
    assert shorten("가나다라", 4) == "가나다라"
