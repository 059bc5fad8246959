"""Setting text in a PDF: fonts in the file, and no letter lost where a font lacks it."""

from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from config.fonts import Fonts

if TYPE_CHECKING:
    from reportlab.platypus import Paragraph

SUBSTITUTE = "〓"  # what printers set for a letter that they lack
# name: font, letters and line in points, left and hang in points, space above and below, alignment (0 left, 1 centre, 2 right)
STYLES: dict[str, tuple[str, float, float, float, float, float, float, Literal[0, 1, 2]]] = {
    "number": ("plain", 10, 14, 0, 0, 0, 0, 2),
    "heading": ("bold", 20, 28, 0, 0, 4, 16, 1),
    "section": ("bold", 12.5, 18, 0, 0, 14, 5, 0),
    "item-2": ("text", 11, 17.5, 26, 17, 0, 2, 0),
    "item-3": ("text", 11, 17.5, 43, 17, 0, 2, 0),
    "item-4": ("text", 11, 17.5, 60, 17, 0, 2, 0),
    "note": ("text", 11, 17.5, 9, 0, 4, 2, 0),
    "plain": ("text", 11, 17.5, 0, 0, 8, 0, 0),
    "small": ("plain", 9, 13, 0, 0, 10, 0, 0),
    "cell": ("plain", 10, 14, 0, 0, 0, 0, 0),
    "head": ("bold", 10, 14, 0, 0, 0, 0, 1),
}


@lru_cache(maxsize=8)
def _font(file: Path) -> Any:
    """A font by its file, known to ReportLab under the file's path. Of a collection, the first."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    font = TTFont(str(file), str(file))
    pdfmetrics.registerFont(font)
    return font


class Typesetter:
    """Makes the paragraphs of one document. Letters that a font lacks are taken from another one, or shown as 〓 and remembered in `missing`."""

    def __init__(self, fonts: Fonts) -> None:
        from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415

        files = {"text": fonts.text, "plain": fonts.plain, "bold": fonts.bold}
        self._more = [_font(file) for file in fonts.more]
        self._fonts = {name: _font(file) for name, file in files.items()}
        self.plain: str = self._fonts["plain"].fontName
        self.bold: str = self._fonts["bold"].fontName
        self.missing: dict[str, None] = {}
        self._styles = {
            name: ParagraphStyle(
                name,
                fontName=self._fonts[font].fontName,
                fontSize=size,
                leading=leading,
                leftIndent=left,
                firstLineIndent=-hang,
                spaceBefore=above,
                spaceAfter=below,
                alignment=alignment,
                splitLongWords=1,
                # No `wordWrap`: so lines break between words; "CJK" would break inside them.
            )
            for name, (font, size, leading, left, hang, above, below, alignment) in STYLES.items()
        }

    def __call__(self, text: str, style: str) -> "Paragraph":
        """Text as it is: nothing in it is markup."""
        from reportlab.platypus import Paragraph  # noqa: PLC0415

        return Paragraph(self._marked(text, self._fonts[STYLES[style][0]]), self._styles[style])

    def _marked(self, text: str, font: Any) -> str:
        """ReportLab's markup, with the font named where it is another one."""
        known = font.face.charToGlyph
        return "".join(
            escape(char, quote=False) if ord(char) in known or char.isspace() else self._elsewhere(char)
            for char in text
        )

    def _elsewhere(self, char: str) -> str:
        for font in self._more:
            if ord(char) in font.face.charToGlyph:
                return f'<font name="{escape(font.fontName)}">{escape(char, quote=False)}</font>'
        self.missing[char] = None
        return SUBSTITUTE

    def width(self, text: str, style: str) -> float:
        """How wide a text in this style is, in points."""
        font, size, *_ = STYLES[style]
        return float(self._fonts[font].stringWidth(text, size))

    def note(self, label: str) -> str:
        """Which letters could not be shown, by their numbers."""
        return f"{label} {', '.join(f'U+{ord(char):04X}' for char in self.missing)}"
