"""Chromium for tests of what a person sees, driven by Playwright; a test that asks for it is skipped where there is none."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# How long a person may look at a page until what they wait for is there. The bot speaks at the pace that Slack allows,
# and windows, workspace and bot share two processors with other tests: a shorter time would be a test of the machine.
PATIENCE_MS = 30_000
MISSING = f"no browser: none of {', '.join(NAMES)} is in PATH"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def executable() -> str | None:
    """The path of a Chromium or Chrome, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A running browser. One per module: Playwright's loop must not outlive the tests that use it."""
    path = executable()
    if path is None:
        pytest.skip(MISSING)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
