"""Tables ordered by the address: which way, where empty cells stand, and what paging and filters keep."""

from datetime import date

import pytest
from django.http import QueryDict
from django.template import Context, Template

from budgets.models import Contribution, Realisation
from budgets.services.contribution import record_contributions
from budgets.services.realisation import record_realisations
from participants.services.headcount import record_headcounts
from regions.sorting import Sorting
from tests.cast import KOTA_A
from tests.factories import ContributionFactory, HeadcountFactory, RealisationFactory

pytestmark = pytest.mark.usefixtures("cast_once")


def asked(query, known=("rupiah", "nama")):
    return Sorting.of(QueryDict(query), known)


@pytest.mark.parametrize(
    ("query", "order", "kept"),
    [
        ("", "", ""),
        ("urut=rupiah", "rupiah", ""),
        ("urut=-rupiah&wilayah=36&halaman=3", "-rupiah", "wilayah=36"),
        ("urut=password&wilayah=36", "", "wilayah=36"),
        ("urut=--rupiah", "", ""),
        ("urut=nama&urut=rupiah", "rupiah", ""),
    ],
)
def test_the_address_says_by_what_and_unknown_words_say_nothing(query, order, kept):
    sort = asked(query)
    assert (sort.asked, sort.query) == (order, kept)


def test_heads_lead_to_the_other_way_and_drop_the_page():
    sort = asked("wilayah=36&halaman=2")
    assert sort.url_of("rupiah", is_number=True) == "?wilayah=36&urut=-rupiah"
    assert sort.url_of("nama", is_number=False) == "?wilayah=36&urut=nama"
    down = asked("urut=-rupiah")
    assert down.url_of("rupiah", is_number=True) == "?urut=rupiah"
    assert (down.direction_of("rupiah"), down.direction_of("nama")) == ("descending", "")
    assert asked("wilayah=36&urut=-rupiah&halaman=2").page_query == "wilayah=36&urut=-rupiah"


def head(query, name, kind=""):
    template = Template(f'{{% sort_head sort "{name}" "Rupiah" "{kind}" %}}')
    return " ".join(template.render(Context({"sort": asked(query)})).split())


def test_a_head_is_a_link_that_says_its_order():
    assert head("urut=-rupiah", "rupiah", "number") == (
        '<th scope="col" class="number" aria-sort="descending"> '
        '<a class="sort" href="?urut=rupiah">Rupiah</a> </th>'
    )
    assert head("", "lain") == '<th scope="col"> Rupiah </th>'


def test_rows_without_a_value_come_last_either_way():
    rows = [("b", None), ("a", 10), ("c", 9)]
    keys = {"rupiah": lambda row: row[1], "nama": lambda row: row[0]}
    assert asked("urut=rupiah").arranged(rows, keys) == [("c", 9), ("a", 10), ("b", None)]
    assert asked("urut=-rupiah").arranged(rows, keys) == [("a", 10), ("c", 9), ("b", None)]
    assert asked("").arranged(rows, keys) == rows


def test_a_table_orders_numbers_as_numbers_and_nothing_last(cast):
    amounts = {"A": 9, "B": 100, "C": None}
    record_realisations(
        [
            RealisationFactory(bill_number=name, paid_amount=paid, paid_on=paid and date(2025, 8, 1))
            for name, paid in amounts.items()
        ],
        by=cast.siti,
    )
    columns = {"rupiah": ("paid_amount",)}

    def ordered(query):
        rows = asked(query).ordered(Realisation.objects.order_by("pk"), columns)
        return "".join(rows.values_list("bill_number", flat=True))

    assert (ordered("urut=rupiah"), ordered("urut=-rupiah"), ordered("")) == ("ABC", "BAC", "ABC")


def test_lists_of_facts_are_ordered_filtered_and_paged(cast, client_of):
    record_contributions(
        [ContributionFactory(amount=amount, source=f"Surat S{amount:03}") for amount in range(1, 61)],
        by=cast.siti,
    )
    client = client_of(cast.wayan)
    first = client.get("/iuran/?urut=-rupiah")
    assert [row.amount for row in first.context["page"]][:2] == [60, 59]
    text = first.content.decode()
    assert 'aria-sort="descending"' in text
    assert "?urut=-rupiah&amp;halaman=2" in text
    second = client.get("/iuran/?urut=-rupiah&halaman=2")
    assert [row.amount for row in second.context["page"]] == list(range(10, 0, -1))
    found = client.get(f"/iuran/?cari=surat+s059&wilayah={KOTA_A}&urut=rupiah")
    assert [row.amount for row in found.context["page"]] == [59]
    assert '<input type="hidden" name="urut" value="rupiah">' in found.content.decode()
    assert Contribution.objects.count() == 60


def test_the_number_of_a_person_filters_nothing(cast, client_of):
    record_headcounts([HeadcountFactory(people=7, month=date(2025, 7, 1))], by=cast.siti)
    page = client_of(cast.wayan).get("/orang-per-kategori/?cari=3672010704650001")
    assert (len(page.context["page"]), page.context["words"]) == (1, "")


SORTED = [
    ("/peserta-aktif/", "peserta"),
    ("/orang-per-kategori/", "orang"),
    ("/jumlah-pekerja/", "pekerja"),
    ("/target/", "target"),
    ("/target/kategori/", "orang"),
    ("/iuran/", "bulan"),
    ("/klaim/", "kasus"),
    ("/anggaran/realisasi/", "ditagih"),
    ("/tarif/dasar-upah/", "upah"),
    ("/pemberi-kerja/", "tunggakan"),
    ("/proyek-konstruksi/", "nilai"),
    ("/anggaran/", "sisa"),
    ("/anggaran/berkas/", "dikirim"),
    ("/rekonsiliasi/", "bulan"),
    ("/peserta/", "lahir"),
    ("/kiriman/", "nomor"),
    ("/pendanaan-ganda/", "rupiah"),
    ("/paket/", "dibuat"),
    ("/penyajian-kembali/", "pada"),
]


@pytest.mark.parametrize(("address", "name"), SORTED)
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_list_can_be_ordered(cast, client_of, address, name, sign):
    answer = client_of(cast.siti).get(f"{address}?urut={sign}{name}&cari=x")
    assert (answer.status_code, answer.context["sort"].asked) == (200, f"{sign}{name}")
