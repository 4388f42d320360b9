"""A real Chromium against the real server process's code, and a real worker and beat beside it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from playwright.sync_api import Browser, Page, expect, sync_playwright

from regions.services.example_user import ensure_example_users
from regions.services.user import ensure_system_user
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from tests.conftest import load_test_reference
from tests.kept_rows import ensure_rows

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# Seconds after which a page will not come any more, on a busy machine too.
PATIENCE = 120


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium tidak ada; pasang paket chromium untuk menjalankan uji peramban")
    # Playwright's own loop runs in this thread; Django must not mistake it for an async server.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        # A busy machine answers late; what never comes is a failure all the same.
        expect.set_options(timeout=PATIENCE * 1000)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def served(transactional_db) -> Iterator[str]:
    """A server of the collected, hashed static files, as production has them."""
    thread = LiveServerThread("127.0.0.1", static_handler=_StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def site(served, settings) -> str:
    """The address of a server with the published figures and the example people."""
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    settings.EXAMPLE_DATA = True
    ensure_rows("site", _make_rows)
    return served


def _make_rows() -> None:
    load_test_reference()
    system = ensure_system_user()
    ensure_example_users(by=system)
    load_published(by=system)
    recompute_stale()


@pytest.fixture
def page(browser, site) -> Iterator[Page]:
    context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE * 1000)
    opened = context.new_page()
    opened.goto(site)
    yield opened
    context.close()


def background(*arguments: str) -> subprocess.Popen:
    """A Celery process that works on the database of this test."""
    parameters = connection.settings_dict
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{parameters['NAME']}").geturl()
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "CELERY_KEY_PREFIX": f"uji-{parameters['NAME']}:",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    command = [sys.executable, "-m", "celery", "-A", "jamsostek_monitor", *arguments]
    return subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)


@pytest.fixture
def worker(site, tmp_path) -> Iterator[dict[str, subprocess.Popen]]:
    processes = {
        "worker": background("worker", "--concurrency=2", "--loglevel=ERROR", "--without-mingle"),
        "beat": background("beat", "--loglevel=ERROR", "--schedule", str(tmp_path / "beat")),
    }
    yield processes
    for process in processes.values():
        process.kill()
        process.wait()


def sign_in(page: Page, username: str) -> None:
    page.get_by_label("Nama pengguna").or_(page.locator("[name=login]")).first.fill(username)
    page.locator("[name=password]").fill("contoh-jamsostek-2025")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/akun/" not in url)
