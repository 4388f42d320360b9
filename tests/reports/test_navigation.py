"""The menu of everybody is short, says where one is, and leads nowhere that is refused."""

import re

import pytest
from django.test.utils import override_script_prefix

from reports.navigation import navigation_of, tasks_of
from tests.cast import KOTA_A

pytestmark = pytest.mark.usefixtures("figures_once")


@pytest.mark.parametrize(
    "person", ["wayan", "siti", "budi", "ratna", "anton", "dewi", "lestari", "admin", "nobody"]
)
def test_a_menu_has_at_most_seven_entries_and_each_page_opens(figures, cast, client_of, person):
    user = getattr(cast, person)
    items = navigation_of("/", user)
    assert len(items) <= 7
    client = client_of(user)
    tasks = tasks_of("/", user)
    pages = [page for item in items for page in (item.pages or [item])]
    for page in [*pages, *([tasks] if tasks else [])]:
        answer = client.get(page.url, follow=True)
        assert answer.status_code == 200, page.url
    assert len({page.url for page in pages}) == len(pages)


def test_the_page_one_is_on_is_marked_once(figures, cast, client_of):
    page = client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/uang/?periode=2025-07").content.decode()
    menu = re.search(r'<nav class="navigation".*?</nav>', page, re.S).group()
    assert re.findall(r'aria-current="page">([^<]+)<', menu) == ["Cakupan"]
    tasks = client_of(cast.wayan).get("/tugas/").content.decode()
    assert re.search(r'class="tasks-link" href="/tugas/" aria-current="page"', tasks)


def test_a_menu_leads_to_the_pages_of_its_own_world(figures, cast):
    """Addresses are looked up once; in a practice room the same pages stand elsewhere."""

    def addresses():
        items = navigation_of("/", cast.admin)
        return [page.url for item in items for page in (item.pages or [item])]

    real = addresses()
    with override_script_prefix("/latihan/7/"):
        practised = addresses()
    assert practised == [f"/latihan/7{url}" for url in real]
    assert addresses() == real
