"""Pages that the web processes answer with: their headers, and HTML for people."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from config.words import LANGUAGES, Words

if TYPE_CHECKING:
    from wsgiref.types import StartResponse

PLAIN = "text/plain; charset=utf-8"
HTML = "text/html; charset=utf-8"
# Nothing is loaded or embedded, nothing is kept, and no address (it carries a code) is told to anybody.
GUARDED = (
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
)
STYLE = (
    "body{font:16px/1.6 system-ui,'Noto Sans KR','NanumGothic',sans-serif;color:#1d1c1d;max-width:40rem;margin:3rem auto;"
    "padding:0 1.25rem}h1{font-size:1.4rem}section+section{border-top:1px solid #ddd;margin-top:2rem;padding-top:1rem}"
    "a.go{display:inline-block;background:#1d4f7c;color:#fff;padding:.6rem 1.1rem;border-radius:.4rem;text-decoration:none}"
)


class Page(NamedTuple):
    """What is answered to one request."""

    status: str
    kind: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()


def plain(status: str) -> Page:
    """The status in words."""
    return Page(status, PLAIN, f"{status.partition(' ')[2]}\n".encode())


def redirect(address: str, headers: Iterable[tuple[str, str]] = ()) -> Page:
    """On to another address."""
    return Page("302 Found", PLAIN, b"", (*GUARDED, ("Location", address), *headers))


def for_people(
    words: Words,
    name: str,
    *,
    status: str = "200 OK",
    link: str | None = None,
    headers: Iterable[tuple[str, str]] = (),
    **args: str,
) -> Page:
    """A page of installing: `install-<name>` in every language, with its title, what to do next, and a link to go on."""
    sections = []
    for language in LANGUAGES:
        say = words.say(language)
        lines = [line for line in say(f"install-{name}-next").splitlines() if line.strip()]
        steps = "".join(f"<li>{escape(line)}</li>" for line in lines)
        button = f'<p><a class="go" href="{escape(link)}">{escape(say("install-go"))}</a></p>' if link else ""
        sections.append(
            f'<section lang="{language}"><h1>{escape(say(f"install-{name}-title"))}</h1><p>{escape(say(f"install-{name}", **args))}</p>'
            f"{button}<ol>{steps}</ol></section>"
        )
    title = escape(words.say(LANGUAGES[0])(f"install-{name}-title"))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>'
    body = f"<!doctype html><html>{head}<style>{STYLE}</style><body>{''.join(sections)}</body></html>"
    return Page(status, HTML, body.encode(), (*GUARDED, *headers))


def answer(start_response: "StartResponse", page: Page) -> list[bytes]:
    """Hand a page to the server."""
    headers = [("Content-Type", page.kind), ("Content-Length", str(len(page.body))), *page.headers]
    start_response(page.status, headers)
    return [page.body]
