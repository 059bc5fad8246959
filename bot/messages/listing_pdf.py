"""A list to print as PDF."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from bot.messages.pdf_fonts import Typesetter
from bot.messages.pdf_pages import About, build
from bot.messages.pdf_parts import missing, section
from bot.rules.listings import Listing
from config.fonts import Fonts

if TYPE_CHECKING:
    from reportlab.platypus import Flowable


def pdf(listing: Listing, made_at: datetime, fonts: Fonts) -> bytes:
    """The file; the same for the same arguments. `made_at` (aware) is what it says about when it was made."""
    setter = Typesetter(fonts)
    return build(_parts(listing, setter), About(listing.heading, listing.language, made_at), setter)


def _parts(listing: Listing, setter: Typesetter) -> Iterator["Flowable"]:
    yield setter(listing.about, "number")
    yield setter(listing.heading, "heading")
    for one in listing.sections:
        yield from section(one, setter)
    yield from missing(listing.letters_missing, setter)
