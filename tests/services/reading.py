"""Files as other programs read them."""

import io

import pytest
from pypdf import PdfReader

from config.fonts import NoKoreanFont, find


def needs_font() -> None:
    """A PDF wants a Korean font on this machine."""
    try:
        find()
    except NoKoreanFont:
        pytest.skip("no Korean font: Debian's fonts-nanum")


def pdf_text(content: bytes) -> str:
    """Everything in it without spaces: where a line breaks is not what it says."""
    return "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())
