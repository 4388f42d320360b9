"""Pictures of the documentation, taken from a running server with example data: ./script/screenshots."""

import os
import shutil
import sys
from io import BytesIO
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
django.setup()

from regions.signins import EXAMPLE_PASSWORD  # noqa: E402
from reports.handbook.books import chapters_with_pictures  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
# Of handbooks, shown in the product: small, of few colours.
HANDBOOK_FOLDER = ROOT / "static" / "pictures"
HANDBOOK_SIZE = (960, 600)
# Name of the picture, who looks, the address, and the height of what is shown.
PICTURES = (
    ("board-nation", "dewi", "/wilayah/ID/", 1180),
    ("board-city", "dewi", "/wilayah/36.72/", 900),
    ("comparison", "dewi", "/wilayah/36.72/banding/?dengan=36.73&dengan=36.71&dengan=36&dengan=ID", 900),
    ("meeting", "ratna", "/wilayah/36/rapat/?tanya=3", 720),
    ("explanation", "dewi", "/angka/36.72/2025-07/COV-01/", 900),
    ("leader", "hadi", "/", 900),
)
_WIDTH = 1280


def take(site: str) -> None:
    if CHROMIUM is None:
        sys.exit("Chromium tidak ada; pasang paket chromium.")
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, person, address, height in PICTURES:
            content = _picture(chromium, site, person, address, height)
            (FOLDER / f"{name}.png").write_bytes(content)
            sys.stdout.write(f"docs/pictures/{name}.png\n")
        _take_handbook(chromium, site)
        chromium.close()


def _take_handbook(chromium: Browser, site: str) -> None:
    width, height = HANDBOOK_SIZE
    HANDBOOK_FOLDER.mkdir(exist_ok=True)
    for chapter in chapters_with_pictures():
        person, address = chapter.taken
        content = _picture(chromium, site, person, address, height, width)
        path = HANDBOOK_FOLDER / chapter.picture_file.rpartition("/")[2]
        Image.open(BytesIO(content)).quantize(64).save(path, optimize=True)
        sys.stdout.write(f"static/{chapter.picture_file}\n")


def _picture(
    chromium: Browser, site: str, person: str, address: str, height: int, width: int = _WIDTH
) -> bytes:
    context = chromium.new_context(
        viewport={"width": width, "height": height}, locale="id-ID", color_scheme="light"
    )
    page = context.new_page()
    page.goto(f"{site}/akun/masuk/")
    page.locator("input[name=login]").fill(person)
    page.locator("input[name=password]").fill(EXAMPLE_PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(lambda url: "/akun/" not in url)
    page.goto(f"{site}{address}")
    page.evaluate("document.fonts.ready")
    taken = page.screenshot()
    context.close()
    return taken


if __name__ == "__main__":
    take(sys.argv[1].rstrip("/"))
