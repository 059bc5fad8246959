"""`python -m tests.story.picture` makes the README's picture again: the demo with an item that GIST has done."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import FLAGS, executable
from tests.ops.demos import running
from tests.playground.page_window import Window
from tests.story.test_demo import Walk

PICTURE = Path("docs/pictures/demo.png")


def main() -> None:
    """Walks the first two steps and keeps what GIST's owner sees then."""
    PICTURE.parent.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as (_, url),
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable(), args=FLAGS) as browser,
    ):
        walk = Walk(Window(browser, url).open())
        for number in (1, 2):
            walk.step(number)
        walk.me.message(walk.says("item-undo")).wait_for()
        walk.page.mouse.move(0, 0)
        walk.page.screenshot(path=PICTURE, animations="disabled")


if __name__ == "__main__":
    main()
