"""Chromium for the tests of the pages: the system's own, told to leave the network alone."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Return the path of the system's Chromium, None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def started() -> Iterator[Browser]:
    """Yield a running browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class View:
    """A window on one page: opens addresses of it, and remembers all that should not happen."""

    def __init__(self, browser: Browser, index: Path, **context: Any) -> None:
        given: dict[str, Any] = {
            "viewport": {"width": 1360, "height": 850},
            "locale": "en-GB",
            "accept_downloads": True,
        }
        self.index = index
        self.context = browser.new_context(**(given | context))
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.wrong: list[str] = []
        self.page.on("console", lambda message: self.wrong.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("request", self._requested)

    def _requested(self, request: Any) -> None:
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.wrong.append(f"network: {request.url}")

    def open(self, address: str = "#/") -> Page:
        """Return the page once it shows `address`."""
        self.page.goto(f"{self.index.as_uri()}{address}")
        self.page.wait_for_selector("main h1")
        return self.page
