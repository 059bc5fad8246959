"""What the bot says: the same in both languages, and nowhere else."""

import re
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast, visitor

from config.words import FOLDER, LANGUAGES, WordError, Words

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "storage", "config")
SOURCES = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]


class Arguments(visitor.Visitor):
    def __init__(self):
        self.names = set()

    def visit_VariableReference(self, node):  # noqa: N802  # the visitor's own naming
        self.names.add(node.id.name)


def messages(language):
    """Key → names of its arguments."""
    body = FluentParser().parse((FOLDER / f"{language}.ftl").read_text(encoding="utf-8")).body
    found = {}
    for entry in body:
        assert not isinstance(entry, ast.Junk), f"{language}: {entry.content}"
        if isinstance(entry, ast.Message):
            assert entry.id.name not in found, f"{language}: {entry.id.name} twice"
            arguments = Arguments()
            arguments.visit(entry)
            found[entry.id.name] = arguments.names
    return found


def test_both_languages_have_the_same_messages_with_the_same_arguments():
    assert messages("ko") == messages("en")


def test_every_message_is_used():
    source = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    said = set(re.findall(r'"([a-z0-9][a-z0-9-]*)"', source))
    families = tuple(re.findall(r'f["\x27]([a-z0-9-]+-)\{', source))

    unused = {key for key in messages("ko") if key not in said and not key.startswith(families)}

    assert not unused


def test_korean_sentences_live_in_the_words_only():
    """Words that the bot understands are tables in `bot/rules`; everything that it says is in the `.ftl` files."""
    outside = [path for path in SOURCES if not path.is_relative_to(ROOT / "bot" / "rules")]
    hangul = re.compile(r"[가-힣]")

    for path in outside:
        code = re.sub(r'""".*?"""|#.*', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not hangul.search(code), path


@pytest.mark.parametrize(
    ("tag", "language"), [(None, "ko"), ("ko-KR", "ko"), ("ko", "ko"), ("en-GB", "en"), ("de-DE", "en")]
)
def test_a_language_for_every_locale(tag, language):
    assert Words().say(tag).language == language


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_key_or_argument_raises(language):
    say = Words().say(language)

    with pytest.raises(WordError):
        say("no-such-key")
    with pytest.raises(WordError):
        say("sorry")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_of_any_length_is_said_whole(language):
    long = "가" * 40_000

    assert Words().say(language)("minutes-doc-agenda-item", number="1", title=long).endswith(long)
