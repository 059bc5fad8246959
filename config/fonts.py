"""Fonts of this machine that a PDF in Korean can take along."""

import os
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

# TrueType only: ReportLab cannot embed the outlines (CFF) that Noto Sans CJK comes with.
GOTHIC = (
    ("NanumGothic.ttf", "NanumGothicBold.ttf"),
    ("NanumBarunGothic.ttf", "NanumBarunGothicBold.ttf"),
    ("malgun.ttf", "malgunbd.ttf"),
    ("UnDotum.ttf", "UnDotumBold.ttf"),
    ("AppleGothic.ttf", "AppleGothic.ttf"),
)
SERIF = ("NanumMyeongjo.ttf", "batang.ttc", "UnBatang.ttf", "AppleMyungjo.ttf")
MORE = ("DejaVuSans.ttf", "seguisym.ttf", "Arial Unicode.ttf", "FreeSerif.ttf")  # for letters that the others lack
PACKAGE = "koreanize_matplotlib"  # from PyPI, with NanumGothic in it: for who may not install what Debian has
PLACES = (
    PACKAGE,
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)


@dataclass(frozen=True, slots=True)
class Fonts:
    """Files: `text` for what is read, `plain` and `bold` for tables and titles, `more` for letters that those lack."""

    text: Path
    plain: Path
    bold: Path
    more: tuple[Path, ...] = ()


class NoKoreanFont(LookupError):
    """No font with Korean letters was found in the usual places."""


def find(places: tuple[str, ...] = PLACES) -> Fonts:
    """The best of what is there. `NoKoreanFont` if nothing is: a person has to install one, such as Debian's `fonts-nanum`, or the package."""
    files = _files(places)
    for plain, bold in GOTHIC:
        if plain in files and bold in files:
            text = next((files[name] for name in SERIF if name in files), files[plain])
            more = (files[plain], *(files[name] for name in MORE if name in files))
            return Fonts(text, files[plain], files[bold], more)
    raise NoKoreanFont(", ".join(places))


def _packaged() -> Path:
    """Where the package is; nothing of it is run."""
    spec = find_spec(PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else Path("no-such-package")


@lru_cache(maxsize=4)
def _files(places: tuple[str, ...]) -> dict[str, Path]:
    """The fonts' files by name, looked up once; of two with one name, that of the later place, which is nearer to the person."""
    found: dict[str, Path] = {}
    for place in places:
        for folder, _, names in os.walk(_packaged() if place == PACKAGE else Path(place).expanduser()):
            found.update((name, Path(folder) / name) for name in names if name.endswith((".ttf", ".ttc")))
    return found
