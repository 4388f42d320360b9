"""Pages in English hold no Indonesian but names, titles of laws and papers, and what people typed."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings

from reports.models import MeasureValue
from reports.value_words import explain_url
from tests.cast import KOTA_A
from tests.conftest import make_figures
from tests.house.test_access_table import API, OK, TABLE, make_addresses

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]

# Words that no Indonesian sentence of some length does without, and that no English one has.
_WORDS = """
    yang dan untuk dengan dari belum sudah tidak adalah oleh menurut setiap atau dalam sejak sampai karena
    pada tanpa dapat masih bila orang jumlah semua tahun bulan hari angka laporan wilayah peserta iuran klaim
    pekerja dibayar lainnya
"""
INDONESIAN = re.compile(rf"\b({'|'.join(_WORDS.split())})\b", re.IGNORECASE)
ALLOWED: dict[str, str] = {}


class _Lines(HTMLParser):
    """What a reader is shown or read out, block by block."""

    INLINE = frozenset({"a", "abbr", "b", "code", "em", "i", "small", "span", "strong", "time"})
    SILENT = frozenset({"script", "style", "svg"})
    SAID = frozenset({"title", "alt", "placeholder", "aria-label", "content", "data-confirm"})

    def __init__(self) -> None:
        super().__init__()
        self.lines, self.silent = [""], 0

    def handle_starttag(self, tag, attributes):
        self.silent += tag in self.SILENT
        if tag not in self.INLINE:
            self.lines.append("")
        self.lines[:0] = [said for name, said in attributes if name in self.SAID and said]

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT
        if tag not in self.INLINE:
            self.lines.append("")

    def handle_data(self, data):
        if not self.silent:
            self.lines[-1] += data


def lines_of(page):
    parser = _Lines()
    parser.feed(page)
    return {" ".join(line.split()) for line in parser.lines} - {""}


READERS = ("admin", "siti", "anton", "wayan", "dewi", "lestari")


def walked(addresses, cast):
    """Each page as the first of the readers who may open it, those of landing as all; figures explained."""
    for name, address in addresses.items():
        readers = [one for one in READERS if TABLE[name][one] == OK and name not in API]
        for one in readers if name == "home" else readers[:1]:
            yield getattr(cast, one), address
    values = MeasureValue.objects.filter(run__region_id=KOTA_A, run__is_current=True).select_related("run")
    yield from ((cast.siti, explain_url(value)) for value in values)


def test_no_indonesian_is_left_on_english_pages(cast, system, client_of):
    make_figures(system)
    lines = {}
    for reader, address in walked(make_addresses(cast, system), cast):
        client = client_of(reader)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        response = client.get(address)
        if response.headers["Content-Type"].startswith("text/html"):
            for line in lines_of(response.content.decode()):
                lines.setdefault(line, f"{reader} {address}")
    bad = {line: where for line, where in lines.items() if INDONESIAN.search(line)}
    open("/tmp/bad.txt", "w").write(
        "\n".join(f"{w} | {l}" for l, w in sorted(bad.items(), key=lambda x: x[1]))
    )
    assert bad == {}
