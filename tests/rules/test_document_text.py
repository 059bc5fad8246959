"""What a line of a chat looks like in a document."""

import pytest

from bot.rules.document_text import document_text, item_number


@pytest.mark.parametrize(
    ("level", "at", "ko", "en"),
    [
        (1, 3, "3.", "3."),
        (2, 1, "가.", "a."),
        (2, 14, "하.", "n."),
        (2, 15, "거.", "o."),
        (2, 29, "고.", "cc."),
        (3, 2, "2)", "2)"),
        (4, 3, "다)", "c)"),
    ],
)
def test_numbers_of_items(level: int, at: int, ko: str, en: str):
    assert (item_number(level, at, "ko"), item_number(level, at, "en")) == (ko, en)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("총사업비 3억 5,000만원", "총사업비 금350,000,000원(금삼억오천만원)"),
        ("350,000,000원을 확정", "금350,000,000원(금삼억오천만원)을 확정"),
        ("금350,000,000원(금삼억오천만원)", "금350,000,000원(금삼억오천만원)"),
        ("3억 5천만 원", "금350,000,000원(금삼억오천만원)"),
        ("약 3억원", "약 3억원"),
        ("3억원 정도", "3억원 정도"),
        ("3억", "3억"),
        ("5개 병원", "5개 병원"),
        ("10원장", "10원장"),
    ],
)
def test_sums_are_in_both_notations_if_they_are_certain(written: str, shown: str):
    assert document_text(written, "ko") == shown
    assert document_text(written, "en") == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*굵게* _기울임_ ~취소~ `코드` **둘**", "굵게 기울임 취소 코드 둘"),
        ("a*b*c snake_case_name 3~5", "a*b*c snake_case_name 3~5"),
        ("@정하늘 교수님께 a@example.org", "정하늘 교수께 a@example.org"),
        ("한도윤님께서 Emma Clarke 님과 최유진 님이 논의", "한도윤께서 Emma Clarke과 최유진이 논의"),
        ("손님·단골손님 응대, 님비 현상 우려", "손님·단골손님 응대, 님비 현상 우려"),
        ("좋아요 👍🏽 :tada: :+1: ✅ 👨‍👩‍👧 🇰🇷", "좋아요"),
        ("12:30:45 http://a:b:c ★ □ ① ※", "12:30:45 http://a:b:c ★ □ ① ※"),
        ("두\n줄\u202e\u0007\u200b", "두 줄"),
        ("\u1100\u1161", "가"),
    ],
)
def test_nothing_of_a_chat_is_left(written: str, shown: str):
    assert document_text(written, "ko") == shown
