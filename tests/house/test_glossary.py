"""The terms of the field: one table, from which the pages and docs/glossary.md are made."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from operator import add, mul, sub, truediv

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from regions.glossary import TermSection, glossary_document, terms
from regions.importers.reference_csv import read_rows
from reports.measures.catalogue import MEASURES
from reports.page_terms import pages_with_terms, terms_of_page
from tests.conftest import make_figures
from tests.house.access_table import OK, TABLE
from tests.house.access_world import make_addresses
from tests.house.test_words import banned_in
from tests.pages import page_of

# One sum in an example: 1.234 ÷ 5.678 = 21,73%.
_NUMBER = r"\d[\d.,]*\d|\d"
_SUM = re.compile(rf"({_NUMBER})((?: [÷×+−] (?:{_NUMBER}))+) = ({_NUMBER})(%?)")
_DOES = {"÷": truediv, "×": mul, "+": add, "−": sub}
_ABBREVIATION = re.compile(
    r"\b(?!(?:[IVX]+|CSV|PDF|ZIP|API|HTML|JSON|XLSX|WA|ID|NN?|SHA)\b)[A-Z][A-Z0-9]{1,}\b"
)
# Words the brief of these pages names; each must be found under its own name.
WORDS = """
    UCJ PU PPU BPU PBPU Jakon PMI murni pergeseran perubahan semesta NIK KPJ realisasi menunggak tunggakan
    by_name monev pagu serapan iuran klaim rekonsiliasi BNBA SP2D OPD NPP
"""
# What stands in heads and is no term of the field; the last is a field that a test made up.
NO_TERMS = {"RUPIAH", "NIP", "QR", "SMS", "BPS", "PP", "PPN", "UU", "KTP", "PKH"}


class _Heads(HTMLParser):
    """Titles, column heads and labels of figures."""

    def __init__(self):
        super().__init__()
        self.inside, self.found = 0, []

    def handle_starttag(self, tag, attributes):
        is_head = tag in {"h1", "h2", "th", "dt"} and dict(attributes).get("scope") != "row"
        self.inside += is_head
        if is_head:
            self.found.append("")

    def handle_endtag(self, tag):
        if tag in {"h1", "h2", "th", "dt"} and self.inside:
            self.inside -= 1

    def handle_data(self, data):
        if self.inside:
            self.found[-1] += data


def number(text, language):
    return Decimal(text.replace(".", "").replace(",", ".") if language == "id" else text.replace(",", ""))


def sums(text, language):
    """What each sum of an example says, and what it comes to, rounded as it is said."""
    for first, steps, said, is_percent in _SUM.findall(text):
        came = number(first, language)
        for sign, other in re.findall(rf" ([÷×+−]) ({_NUMBER})", steps):
            came = _DOES[sign](came, number(other, language))
        told = number(said, language)
        yield told, (came * (100 if is_percent else 1)).quantize(Decimal(1).scaleb(told.as_tuple().exponent))


def test_the_document_is_what_the_table_says():
    document = (settings.BASE_DIR / "docs" / "glossary.md").read_text("utf-8")
    assert document == glossary_document(), "./script/manage write_glossary"


def test_each_term_says_what_it_means_in_both_languages():
    assert len(terms()) > 150
    assert {one.section for one in terms().values()} == set(TermSection)
    empty = [one.key for one in terms().values() if not all(map(str.strip, one.meanings.values()))]
    half = [one.key for one in terms().values() if bool(one.examples["id"]) != bool(one.examples["en"])]
    texts = [text for one in terms().values() for text in (one.names, one.meanings["id"], one.examples["id"])]
    assert (empty, half, banned_in(texts)) == ([], [], [])
    assert [key for one in terms().values() for key in one.see if key not in terms()] == []
    codes = set(MEASURES)
    assert [one.measure for one in terms().values() if one.measure and one.measure not in codes] == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_sums_of_examples_are_right(language):
    told = {one.key: list(sums(one.examples[language], language)) for one in terms().values()}
    assert {key for key, found in told.items() if found} >= {"ucj", "rasio-klaim", "iuran", "tunggakan"}
    assert [(key, pair) for key, found in told.items() for pair in found if pair[0] != pair[1]] == []


@pytest.mark.parametrize(("text", "right"), [("2 + 2 = 5", False), ("1 ÷ 3 = 33,33%", True)])
def test_a_wrong_sum_is_found(text, right):
    assert [told == came for told, came in sums(text, "id")] == [right]


def test_the_dues_of_the_example_are_those_of_the_law():
    """The lowest band of BPU: a percentage of its base for JKK, a flat amount for JKM."""
    rows = read_rows(settings.BASE_DIR / "budgets" / "data" / "contribution_rates.csv")
    held = [row for row in rows if row["segment"] == "bpu" and not row["valid_until"]]
    (jkk,) = [row for row in held if row["programme"] == "jkk"]
    (jkm,) = [row for row in held if row["programme"] == "jkm"]
    shown = [int(Decimal(jkk["percent"]) * int(jkk["band_base"]) / 100), int(jkm["rupiah"])]
    first, second = (f"{part:,}".replace(",", ".") for part in shown)
    assert f"{first} + {second} = " in terms()["iuran"].examples["id"]


def test_words_of_the_trade_have_an_entry():
    said = [f"{one.names} {one.meanings['id']} {one.examples['id']}".casefold() for one in terms().values()]
    asked = [word.replace("_", " ").casefold() for word in WORDS.split()]
    assert [word for word in asked if not any(word in one for one in said)] == []


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.usefixtures("plain_rendering")
def test_pages_lead_to_their_terms_and_heads_hold_no_strange_abbreviation(cast, system, client_of):
    make_figures(system)
    addresses = make_addresses(cast, system)
    assert set(pages_with_terms()) <= set(addresses)
    names = " ".join(f"{one.names} {one.meanings['id']}" for one in terms().values())
    strange, without = {}, []
    for name in pages_with_terms():
        reader = next((one for one in ("admin", "siti", "wayan") if TABLE[name][one] == OK), None)
        response = client_of(getattr(cast, reader or "siti")).get(addresses[name], follow=True)
        shown, page = response.resolver_match.url_name, page_of(response)
        if any(reverse("glossary_term", args=[one.key]) not in page for one in terms_of_page(shown)):
            without.append(name)
        heads = _Heads()
        heads.feed(response.content.decode())
        # Its heads are names of people.
        said = [] if name == "duplicate_list" else heads.found
        for word in _ABBREVIATION.findall(" ".join(said)):
            if word not in names and word not in NO_TERMS:
                strange.setdefault(word, addresses[name])
    assert without == []
    assert strange == {}


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
@pytest.mark.usefixtures("plain_rendering")
def test_an_entry_is_found_by_any_of_its_words(client_of, cast):
    client = client_of(cast.ratna)
    page = page_of(client.get(reverse("glossary"), {"kata": "pbpu"}))
    assert re.findall(r'<dt id="([^"]+)"', page) == ["bpu"]
    page = page_of(client.get(reverse("glossary_term", args=["ucj"])))
    assert "76.062 ÷ 174.897 = 43,49%" in page
    assert 'href="/definisi/#COV-01"' in page
    assert client.get(reverse("glossary_term", args=["tidak-ada"])).status_code == 404
    none = page_of(client.get(reverse("glossary"), {"kata": "qwerty"}))
    assert "Tidak ada istilah dengan kata itu" in none


def test_english_readers_get_english_meanings():
    with override("en"):
        assert terms()["ucj"].short_meaning.startswith("The share of workers who are active members")
        assert "43.49%" in terms()["ucj"].example
