"""Words: everything the bot says, in Korean and English (`words/ko.ftl`, `words/en.ftl`)."""

import re
from functools import cache
from pathlib import Path
from typing import Protocol

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern

LANGUAGES = ("ko", "en")
FOLDER = Path(__file__).parent / "words"
MESSAGE = re.compile(r"^([a-zA-Z][\w-]*) *=.*\n(?:(?![a-zA-Z#-]).*\n)*", re.MULTILINE)  # to the next one, or a comment
LONG = 2000  # longer texts are put in behind Fluent, which refuses them: people write long lines


class Say(Protocol):
    """Says a keyed message in one language. Any problem with key or arguments raises `WordError`."""

    @property
    def language(self) -> str: ...

    def __hash__(self) -> int: ...

    def __call__(self, key: str, /, **args: str | int) -> str: ...


class WordError(LookupError):
    """A message is missing or its arguments do not fit: a bug, never shown to people."""


class Words:
    """Both languages, read once in a process."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._voices = {language: _voice(language, folder / f"{language}.ftl") for language in LANGUAGES}

    def say(self, language: str | None) -> Say:
        """The voice for a language tag such as `ko`, `ko-KR` or `en-GB`; Korean only for Korean, English for all others."""
        return self._voices["ko" if (language or "ko").lower().startswith("ko") else "en"]


class _Voice:
    def __init__(self, language: str, path: Path) -> None:
        self.language = language
        self._bundle = FluentBundle([language], use_isolating=False)
        self._plain: dict[str, str] = {}  # said already, and the same each time
        # Parsing both files takes a sixth of a second at every start: a message is parsed when it is said first.
        self._unparsed = {found[1]: found[0] for found in MESSAGE.finditer(path.read_text(encoding="utf-8") + "\n")}

    def __call__(self, key: str, /, **args: str | int) -> str:
        if args:
            return self._said(key, args)
        if key not in self._plain:
            self._plain[key] = self._said(key, args)
        return self._plain[key]

    def _said(self, key: str, args: dict[str, str | int]) -> str:
        pattern = self._pattern(key)
        long = {name: arg for name, arg in args.items() if isinstance(arg, str) and len(arg) > LONG}
        said, errors = self._bundle.format_pattern(pattern, args | {name: f"\0{name}\0" for name in long})
        if errors:
            raise WordError(f"{key}: {errors[0]}")
        text = str(said)
        for name, arg in long.items():
            text = text.replace(f"\0{name}\0", arg)
        return text

    def _pattern(self, key: str) -> Pattern:
        if not self._bundle.has_message(key):
            self._bundle.add_resource(FluentResource(self._unparsed.get(key, "")))
        if not self._bundle.has_message(key) or (pattern := self._bundle.get_message(key).value) is None:
            raise WordError(key)
        return pattern


@cache
def _voice(language: str, path: Path) -> _Voice:
    return _Voice(language, path)
