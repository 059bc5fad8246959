"""A pasted list: a line for each item, with the bullets and numbers that people put before them."""

import re

_BULLET = re.compile(
    r"""^\s*(?:
        (?!-{1,2}(?:>|&gt;))[□■○●◦▪▫▶▷◆◇※•·ㆍ*–—-]\s*(?:\[[\sxX]?\]\s*)?     # □ ○ • – [ ]
        | \[[\sxX]?\]\s*
        | \(?\d{1,3}\)\s*                                   # 1) (1)
        | \d{1,3}\.(?!\s*\d{1,2}\s*\.|\d)\s*                # 1. but no date such as 12. 5.
        | [가나다라마바사아자차카타파하][.)]\s*
        | [①-⑳]\s*
    )""",
    re.VERBOSE,
)


def lines_of(text: str) -> list[str]:
    """The lines that say something, without what stands before them."""
    lines = (without_bullet(line) for line in text.splitlines())
    return [line for line in lines if line]


def without_bullet(line: str) -> str:
    """A line without its bullet or number (two at most: `- 1. …`)."""
    for _ in range(2):
        line = _BULLET.sub("", line, count=1)
    return line.strip()


def is_list(text: str) -> bool:
    """Whether these are several lines."""
    return len(lines_of(text)) > 1
