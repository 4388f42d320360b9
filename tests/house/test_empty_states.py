"""Where there is nothing to show, the page says what to do next: a link, or a sentence with the remedy."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.urls import reverse

from reports.navigation import _groups
from tests.house.access_table import OK, TABLE

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
READERS = ("wayan", "siti", "dewi", "anton", "ratna", "lestari", "admin")
# Pages of the menu that are no lists of what somebody enters, or that are never empty, and why.
NEVER_EMPTY = {
    "definitions": "measures are part of the application",
    "jobs": "tells how the workers are",
    "ledger": "signing in is an act already",
    "matching_send": "a form",
    "month_entry_index": "the grid of the newest month",
    "month_matrix": "regions are there from the beginning",
    "person_month_index": "the categories of the newest month",
    "preparation": "steps that are to be taken",
    "tariff_calculator": "a form",
    "tariff_table": "says of each programme that no rate is known",
    "user_list": "whoever reads it is one of them",
}


class _Empties(HTMLParser):
    """The rows of a page; how many sentences, and links or buttons, stand in each of its empty places."""

    def __init__(self):
        super().__init__()
        self.depth, self.found, self.rows, self.in_body = 0, [], 0, False

    def handle_starttag(self, tag, attributes):
        classes = (dict(attributes).get("class") or "").split()
        if tag == "div" and "empty" in classes:
            self.depth, self.found = 1, [*self.found, [0, 0]]
        elif self.depth and tag == "div":
            self.depth += 1
        self.in_body = self.in_body or tag == "tbody"
        self.rows += self.in_body and tag == "tr"
        if self.depth and self.found:
            self.found[-1][0] += tag == "p"
            self.found[-1][1] += tag in {"a", "button"}

    def handle_endtag(self, tag):
        self.depth -= tag == "div" and self.depth > 0


def lists():
    names = [
        name for _label, pages in _groups() for name, _page, _held in pages if not name.startswith("admin:")
    ]
    return [
        *names,
        "pack_list",
        "inbox",
        "pack_schedule_list",
        "hook_list",
        "api_token_list",
        "question_list",
    ]


@pytest.mark.parametrize("name", sorted(set(lists()) - set(NEVER_EMPTY)))
def test_an_empty_page_says_the_next_step(cast, client_of, name):
    silent = []
    for reader in READERS:
        if TABLE[name][reader] == OK:
            response = client_of(getattr(cast, reader)).get(reverse(name), follow=True)
            page = _Empties()
            page.feed(response.content.decode())
            told = page.rows or page.found
            if not told or any(sentences < 2 and not links for sentences, links in page.found):
                silent.append((reader, page.found))
    assert silent == []


def test_no_template_leaves_an_empty_place_without_a_next_step():
    included = re.compile(r'include "components/empty.html" with (?P<told>[^%]*)%}')
    mute = []
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        for found in included.finditer(path.read_text("utf-8")):
            told = dict(re.findall(r"(\w+)=(\S+)", found["told"]))
            if told.get("text", '""') == '""' and told.get("url", '""') == '""':
                mute.append(path.name)
    assert mute == []
