"""Text as Korean offices put it into documents: numbering, money, and nothing of a chat left in it."""

import re
from unicodedata import normalize

from bot.rules.minutes.words import TITLES
from bot.rules.money import formal, read_won

_SYLLABLES = "가나다라마바사아자차카타파하"
_VOWELS = (0, 4, 8, 13, 18, 20)  # ㅏ ㅓ ㅗ ㅜ ㅡ ㅣ as Unicode counts vowels
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
_PICTURES = re.compile(
    r"[\U0001f000-\U0001faff\U000e0000-\U000e007f\u2600-\u2604\u2607-\u26ff\u2700-\u2712\u2715-\u275f\u2761-\u2767\u2795-\u27bf"
    r"\u2b50\u2b55\u231a\u231b\u23e9-\u23fa\u200d\ufe0e\ufe0f\u20e3]+"
)
_EMOJI_NAME = re.compile(r"(?<![\w:/]):(?:\+1|-1|[a-z][a-z0-9_+'-]*)(?:::?skin-tone-[1-6])?:(?!\w)")
_AT = re.compile(r"(?<![\w.])@(?=\w)")
_SIR = re.compile(rf"(?P<title>{'|'.join(sorted(TITLES, key=len, reverse=True))})님")
# After a whole name (or what is as long: 단골손님 stays), and standing alone as the rules of spelling want it: `한도윤 님이`.
_NAME_SIR = re.compile(
    r"(?<![가-힣])(?P<name>[가-힣]{3,4})(?<!손)님|(?:(?<=[가-힣]{2})|(?<=[A-Za-z]{2}))\s님(?=[은이을의과께도만]|[^가-힣]|$)"
)
_MARKUP = tuple(
    re.compile(rf"(?<![\w{mark}]){mark}(?=\S)(?P<inside>[^{mark}\n]*[^{mark}\s]){mark}(?![\w{mark}])")
    for mark in (r"\*\*", r"\*", "_", "~", "`")
)
_WON = re.compile(
    r"(?P<about>약\s?|대략\s?)?(?<![\d.,A-Za-z가-힣])(?P<amount>(?:금\s?)?\d[\d,.]*(?:\s?[천백십]?[조억만천](?:\s?\d[\d,.]*)?)*\s?원)"
    r"(?:\(금[^()]*\))?(?P<more>\s?(?:정도|가량|내외|쯤))?(?![장칙가리본격])"
)
_LEVELS = 4


def item_number(level: int, at: int, language: str) -> str:
    """`1.` `가.` `1)` `가)` by level from 1 (시행규칙 of the Rules on Administrative Work, Art. 2); `at` from 1.

    In English letters stand where Korean has syllables. Past the last letter they are doubled: `거.` follows `하.`.
    """
    if not 1 <= level <= _LEVELS:
        raise ValueError(f"no such level: {level}")
    word = str(at) if level % 2 else (_syllable(at) if language == "ko" else _letter(at))
    return word + (")" if level > 2 else ".")


def _syllable(at: int) -> str:
    """가 나 … 하, then 거 너 … 허, 고 노 …: as the rules go on."""
    turn, letter = divmod(at - 1, len(_SYLLABLES))
    vowel = _VOWELS[min(turn, len(_VOWELS) - 1)]
    return chr(ord(_SYLLABLES[letter]) + vowel * 28)  # Unicode puts 28 finals between two vowels


def _letter(at: int) -> str:
    turn, letter = divmod(at - 1, len(_LATIN))
    return _LATIN[letter] * (turn + 1)


def document_text(text: str, language: str) -> str:
    """A line of a chat as it may stand in a document: one line, no pictures, mentions, markup or 님; in Korean, sums in both notations."""
    text = _UNSAFE.sub("", normalize("NFC", text))
    text = _AT.sub("", _EMOJI_NAME.sub("", _PICTURES.sub("", text)))
    for pattern in _MARKUP:
        text = pattern.sub(r"\g<inside>", text)
    text = _NAME_SIR.sub(lambda sir: sir["name"] or "", _SIR.sub(r"\g<title>", text))
    return " ".join((_formal_sums(text) if language == "ko" else text).split())


def _formal_sums(text: str) -> str:
    """`3억 5,000만원` becomes `금350,000,000원(금삼억오천만원)`; what is not certain stays as it was written."""
    return _WON.sub(_formal_sum, text) if "원" in text else text


def _formal_sum(match: re.Match[str]) -> str:
    if match["about"] or match["more"]:
        return match[0]
    amount = read_won(match["amount"])
    return match[0] if amount.won is None or amount.reason else formal(amount.won)
