"""A list to print, as a document: one model for all that is printed and not filed."""

from dataclasses import dataclass

from bot.rules.minutes_doc import Section


@dataclass(frozen=True, slots=True)
class Listing:
    """Sections under a heading; all words are said already, in `language`."""

    language: str
    heading: str
    about: str  # on the right above the heading: as of when, and whose
    sections: tuple[Section, ...]
    letters_missing: str  # before the letters that a file's fonts cannot show
