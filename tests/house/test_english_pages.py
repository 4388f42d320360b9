"""Pages in English hold no Indonesian but names, titles of laws and papers, and what people typed."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from jamsostek_monitor.translations import catalogue_path
from reports.models import MeasureValue
from reports.value_words import explain_url
from tests.cast import KOTA_A
from tests.conftest import make_figures
from tests.house.access_table import API, OK, TABLE
from tests.house.access_world import make_addresses

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
# Words that few Indonesian sentences do without, and that no English one has.
_WORDS = """
    yang dan untuk dengan dari belum sudah tidak adalah oleh menurut setiap atau dalam sejak sampai karena
    pada tanpa dapat masih bila orang jumlah semua tahun bulan hari angka laporan wilayah peserta iuran klaim
    pekerja dibayar lainnya
"""
INDONESIAN = re.compile(rf"\b({'|'.join(_WORDS.split())})\b", re.IGNORECASE)
NUMERAL = re.compile(r"(?<![\d.,#])\d{1,3}(\.\d{3})+(?![\d.])|\d,\d{1,2} ?%")
# What may stand on English pages, and why.
ALLOWED = {
    r"https?://\S+": "addresses",
    r"Bahasa Indonesia": "the other language, in itself",
    r"Pangkajene dan Kepulauan": "a name of a regency",
    r"Orang Uji\b": "a name of an invented person",
    r"\bpasal \d+(, \d+)*(,? dan \d+)?": "articles, as laws are cited",
    r"^sistem$": "the user name of the application's own account",
    r'column [A-Z]+ "[^"]*"': "a title in the file that was sent",
    r"available: [a-z_, ]+\.$": "placeholders, which stand so in documents of Word",
}
_ALLOWED = re.compile("|".join(ALLOWED))
# The same on some pages only: cells of a file that was sent, and what is typed into fields, see `typed`.
ALLOWED_ON = {
    "money_batch_detail": re.compile(r"JKK dan JKM|APBD kabupaten/kota"),
    "month_entry_grid": re.compile(r"\d{1,3}(\.\d{3})+"),
    "money_month": re.compile(r"\d{1,3}(\.\d{3})+"),
}
_NOTHING = re.compile(r"(?!)")
# Pages that are not walked, and why.
LEFT_OUT = {
    "components": "samples of what components show",
    "pack_detail": "documents stay in the language in which they were made",
    "statement_detail": "the same",
    "verify": "figures as the document says them",
}
READERS = ("admin", "siti", "anton", "wayan", "dewi", "lestari")


class _Lines(HTMLParser):
    """What a reader is shown or read out, block by block."""

    INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "time"})
    SILENT = frozenset({"script", "style", "svg"})
    VOID = frozenset(
        {"br", "circle", "hr", "img", "input", "line", "link", "meta", "path", "polyline", "rect"}
    )
    SAID = frozenset({"title", "alt", "placeholder", "aria-label", "content", "data-confirm"})

    def __init__(self):
        super().__init__()
        self.lines, self.silent = [""], 0

    def handle_starttag(self, tag, attributes):
        # Terms of the field stand in Indonesian, and say so to who reads them out.
        if tag in self.SILENT or self.silent or dict(attributes).get("lang") == "id":
            self.silent += tag not in self.VOID
        if tag not in self.INLINE:
            self.lines.append("")
        self.lines[:0] = [said for name, said in attributes if name in self.SAID and said]

    def handle_endtag(self, tag):
        self.silent -= bool(self.silent)
        if tag not in self.INLINE:
            self.lines.append("")

    def handle_data(self, data):
        if not self.silent:
            self.lines[-1] += data


def lines_of(page):
    parser = _Lines()
    parser.feed(page)
    return {" ".join(line.split()) for line in parser.lines} - {""}


def is_indonesian(line):
    """A message of ours that has another text in English, a word of Indonesian, or 1.528 for 1,528."""
    rest = _ALLOWED.sub("", line)
    return rest in _ours() or bool(INDONESIAN.search(rest) or NUMERAL.search(rest))


@cache
def _ours():
    """Messages that read otherwise in English, or are not translated at all."""
    with catalogue_path("en").open("rb") as file:
        plain = [message for message in read_po(file) if message.id and not message.context]
    return {message.id for message in plain if message.string != message.id}


def walked(addresses, cast):
    """Each page as the first of the readers who may open it, those of landing as all; figures explained."""
    for name, address in addresses.items():
        readers = [one for one in READERS if TABLE[name][one] == OK and name not in {*API, *LEFT_OUT}]
        for one in readers if name == "home" else readers[:1]:
            yield name, getattr(cast, one), address
    values = MeasureValue.objects.filter(run__region_id=KOTA_A, run__is_current=True).select_related("run")
    yield from (("explanation", cast.siti, explain_url(value)) for value in values)


def test_no_indonesian_is_left_on_english_pages(cast, system, client_of):
    make_figures(system)
    lines = {}
    for name, reader, address in walked(make_addresses(cast, system), cast):
        client = client_of(reader)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        response = client.get(address)
        if response.headers["Content-Type"].startswith("text/html"):
            allowed = ALLOWED_ON.get(name, _NOTHING)
            for line in lines_of(response.content.decode()):
                if not allowed.fullmatch(line):
                    lines.setdefault(line, address)
    assert {line: address for line, address in lines.items() if is_indonesian(line)} == {}
    # The walk came to what the reference tables hold.
    shown = "\n".join(lines)
    for text in ("Neighbourhood heads (RT/RW)", "Village fund (Dana Desa)", "Funeral costs", "work accident"):
        assert text in shown


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Peserta yang iurannya ditanggung", True),
        ("recorded jumlah peserta aktif", True),
        ("Kader", True),
        ("Kabupaten Pangkajene dan Kepulauan (73.10)", False),
        ("PP 49/2020 pasal 9, 12, dan 13", False),
        ("PP 49/2020 pasal 9, 12, dan 13 belum berlaku", True),
        ("1.528 people", True),
        ("43,49% of workers", True),
        ("1,528 people in 36.72.01.1001, 43.49%", False),
        ("Members whose contributions are borne for them", False),
    ],
)
def test_what_counts_as_indonesian(line, expected):
    assert is_indonesian(line) == expected
