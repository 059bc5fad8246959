"""What stands after `member`."""

import pytest

from bot.rules.members import ROLE_WORDS, MemberAct, MemberLine, read_member, read_role
from storage.tables import Role

ROLE, FORM, ADD, REMOVE, LINK, ME, UNCLEAR = MemberAct


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<@U1> 간사", MemberLine(ROLE, ("U1",), role=Role.SECRETARY)),
        ("<@U1|minji> Secretary", MemberLine(ROLE, ("U1",), role=Role.SECRETARY)),
        ("<@U1>단장", MemberLine(ROLE, ("U1",), role=Role.LEAD)),
        ("부단장 <@U1>", MemberLine(ROLE, ("U1",), role=Role.DEPUTY)),
        ("홍길동 참관인", MemberLine(ROLE, name="홍길동", role=Role.OBSERVER)),
        ("Jane Roe observer", MemberLine(ROLE, name="Jane Roe", role=Role.OBSERVER)),
        ("＠홍길동　팀원", MemberLine(ROLE, name="홍길동", role=Role.MEMBER)),
        ("<@U1>", MemberLine(FORM, ("U1",))),
        ("홍길동", MemberLine(FORM, name="홍길동")),
        ("add 홍길동 안전총괄과 주무관", MemberLine(ADD, details=("홍길동", "안전총괄과", "주무관"))),
        ("추가 홍길동 재난 안전과 주무관", MemberLine(ADD, details=("홍길동", "재난 안전과", "주무관"))),
        ("추가 홍길동 주무관", MemberLine(ADD, details=("홍길동", "", "주무관"))),
        ("추가 홍길동", MemberLine(ADD, details=("홍길동",))),
        ("add Jane Roe", MemberLine(ADD, details=("Jane Roe",))),
        ("add Jane Roe, Safety, Acting, Head", MemberLine(ADD, details=("Jane Roe", "Safety", "Acting, Head"))),
        ("add", MemberLine(ADD)),
        ("add <@U7>", MemberLine(ADD, ("U7",))),
        ("remove <@U1>", MemberLine(REMOVE, ("U1",))),
        ("제외 홍길동", MemberLine(REMOVE, name="홍길동")),
        ("<@U1> 제외", MemberLine(REMOVE, ("U1",))),
        ("<@U2> = <@U1>", MemberLine(LINK, ("U2", "U1"))),
        ("나", MemberLine(ME)),
        ("me", MemberLine(ME)),
        ("", MemberLine(UNCLEAR)),
        ("간사", MemberLine(UNCLEAR)),
        ("remove", MemberLine(UNCLEAR)),
        ("<@U1> <@U2> 간사", MemberLine(UNCLEAR, ("U1", "U2"))),
        ("<@U1> 사장", MemberLine(UNCLEAR, ("U1",), "사장")),
    ],
)
def test_reading(text: str, expected: MemberLine):
    found = read_member(text)

    assert found.act is expected.act
    if found.act is not UNCLEAR:
        assert found == expected


def test_every_role_has_words_in_both_languages_and_no_word_means_two():
    words = [word for words in ROLE_WORDS.values() for word in words]

    assert set(ROLE_WORDS) == set(Role)
    assert len(words) == len(set(words))
    assert all(read_role(word.upper()) is role for role, words in ROLE_WORDS.items() for word in words)
