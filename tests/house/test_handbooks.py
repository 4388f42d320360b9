"""Handbooks name pages, buttons and headings that are there, and are the same on paper."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from PIL import Image
from pypdf import PdfReader

from regions.month_steps import CLOSE, COMPLETE, SUBMIT, VERIFY, Transition
from regions.roles import Role
from regions.services.reporting_month import move_month
from reports.handbook.books import CHAPTERS, ROLES, SLUGS
from reports.navigation import way_to
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A
from tests.conftest import make_figures
from tests.house.access_table import OK, TABLE
from tests.house.access_world import make_addresses
from tests.house.worlds import EXTENDED, full_rows
from tests.pages import page_of
from tests.participants.batches import send
from tests.screenshots import HANDBOOK_SIZE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
READER = {
    Role.OPERATOR: "wayan",
    Role.SUPERVISOR: "siti",
    Role.PLANNER: "dewi",
    Role.BRANCH_HEAD: "anton",
    Role.VIEWER: "ratna",
    Role.AUDITOR: "lestari",
    Role.ADMINISTRATOR: "admin",
}
BOOKS = [(role, chapter) for role, book in CHAPTERS.items() for chapter in book]


def test_every_role_has_a_handbook():
    assert set(CHAPTERS) == set(SLUGS) == set(Role)
    assert {slug: SLUGS[role] for slug, role in ROLES.items()} == {slug: slug for slug in ROLES}
    for book in CHAPTERS.values():
        keys = [chapter.key for chapter in book]
        assert len(keys) == len(set(keys))


def test_ways_through_the_menu_are_there():
    steps = [step for _role, chapter in BOOKS for step in chapter.steps]
    assert [step.page for step in steps if step.page and not way_to(step.page)] == []
    # A page or a button that is named and not said, or said and not named.
    assert [str(step.text) for step in steps if bool(step.page) != ("%(page)s" in str(step.text))] == []
    assert [str(step.text) for step in steps if bool(step.press) != ("%(press)s" in str(step.text))] == []
    # What is pressed stands on a page, or is a step of a month, whose button says its label.
    assert [
        str(step.text)
        for step in steps
        if step.press and not step.place and not isinstance(step.press, Transition)
    ] == []


def close_july(cast):
    steps = ((COMPLETE, cast.wayan), (SUBMIT, cast.siti), (VERIFY, cast.anton), (CLOSE, cast.anton))
    for step, by in steps:
        row = move_month(step, region_code=KOTA_A, month=date(2025, 7, 1), by=by)
    recompute_stale()
    return row


def test_what_is_pressed_stands_on_its_page(cast, system, client_of):
    make_figures(system)
    addresses = make_addresses(cast, system)
    addresses["region_tab"] = reverse("region_tab", args=[KOTA_A, "kategori"])
    addresses["plan_create"] += f"?wilayah={KOTA_A}&tahun=2026"
    checked = send(full_rows(), cast.wayan, EXTENDED)
    addresses["batch_detail"] = reverse("batch_detail", args=[checked.pk])
    pages, absent, closed, closing = {}, [], [], None
    # Leaders come last, once there is a closed month to show them.
    for role, chapter in sorted(BOOKS, key=lambda one: one[0] == Role.VIEWER):
        reader = READER[role]
        if role == Role.VIEWER and not closing:
            closing = close_july(cast)
        if TABLE[chapter.page][reader] not in (OK, 302):
            closed.append((role, chapter.page))
        for step in chapter.steps:
            if step.place:
                key = reader, step.place
                if key not in pages:
                    pages[key] = page_of(
                        client_of(getattr(cast, reader)).get(addresses[step.place], follow=True)
                    )
                if escape(step.pressed) not in pages[key]:
                    absent.append((role, step.place, step.pressed))
    assert (closed, absent) == ([], [])


def test_pictures_are_there_and_small():
    folder = settings.BASE_DIR / "static" / "pictures"
    named = {Path(chapter.picture_file).name for _role, chapter in BOOKS if chapter.picture}
    assert named == {path.name for path in folder.glob("*.png")}
    for name in named:
        with Image.open(folder / name) as picture:
            assert picture.size == HANDBOOK_SIZE
        assert (folder / name).stat().st_size < 60_000
    taken = {chapter.picture for _role, chapter in BOOKS if chapter.taken[0]}
    assert {Path(name).stem for name in named} == taken


@pytest.mark.parametrize("role", list(Role))
def test_a_handbook_says_on_paper_what_it_says_on_the_screen(cast, client_of, role):
    client = client_of(cast.nobody)
    shown = page_of(client.get(reverse("handbook", args=[SLUGS[role]])))
    response = client.get(reverse("handbook_pdf", args=[SLUGS[role]]))
    assert response.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(response.content)).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert pages[0].mediabox.width < pages[0].mediabox.height
    for chapter in CHAPTERS[role]:
        for words in (chapter.title, chapter.aim, *(step.shown for step in chapter.steps)):
            assert escape(str(words)) in shown
            assert "".join(str(words).split()) in "".join(said.split())
    assert client.get(reverse("handbook", args=["raja"])).status_code == 404
