"""The record of a reconciliation on paper: figures in words too, and a draft until both have agreed."""

from datetime import date

import pytest

from budgets.enums import Side
from budgets.services.agreement import sign_reconciliation, write_agreement
from budgets.services.reconciliation import FileQuestion, Upload
from reports.models import Pack
from reports.selectors.packs.check import find_pack, verdict_on
from reports.services.pack_work import work_on_packs
from reports.services.recompute import recompute_stale
from tests.budgets.reconciliations import reconcile
from tests.cast import KOTA_A
from tests.factories import nik_of
from tests.months import close
from tests.reports.packs import file_of, pdf_text

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)


def compared(by, billed=16_800):
    rows = f"NIK;Nama;Iuran\n{nik_of(1)};Orang Rahasia;{billed}\n{nik_of(2)};Lain Rahasia;16.800"
    return reconcile(
        question=FileQuestion(KOTA_A, JULY),
        members=Upload("aktif.csv", rows.encode()),
        payments=Upload("sp2d.csv", b"Nomor SP2D;Tanggal;Jumlah\nSP2D-9;2025-07-28;50.400"),
        by=by,
    )


def recorded(client, reconciliation) -> Pack:
    client.post(f"/rekonsiliasi/{reconciliation.pk}/berita-acara/")
    work_on_packs()
    return Pack.objects.filter(reconciliation=reconciliation).order_by("-version").first()


@pytest.fixture
def agreed(figures, cast, client_of):
    found = compared(cast.wayan)
    draft = recorded(client_of(cast.wayan), found)
    write_agreement(pk=found.pk, text="Dua orang didaftarkan.\nDibayar Agustus.", by=cast.wayan)
    found.refresh_from_db()
    for who, side in ((cast.siti, Side.PEMDA), (cast.anton, Side.BPJS)):
        sign_reconciliation(pk=found.pk, side=side, code=found.code, by=who)
    return found, draft


def test_it_says_in_figures_and_words_what_both_sides_agreed(agreed, cast, client_of):
    found, draft = agreed
    final = recorded(client_of(cast.wayan), found)
    assert (draft.is_draft, final.is_draft, final.version) == (True, False, 2)
    assert [file.face for file in final.files.all()] == ["pdf"]
    text = pdf_text(file_of(final, "pdf"))
    for words in (
        "BeritaAcaraRekonsiliasi",
        "KotaCilegon,Juli2025",
        "seluruhnya2orang",
        "HanyadidaftarBPJS2",
        "Rp33.600tigapuluhtigaribuenamratusrupiah",
        "Rp50.400limapuluhribuempatratusrupiah",
        "−Rp16.800minusenambelasribudelapanratusrupiah",
        "SP2D-928Juli2025",
        "Duaorangdidaftarkan.",
        "DibayarAgustus.",
        "Pemerintahdaerahmenyetujuinyasecaraelektronik:Siti",
        found.short_code,
        "aktif.csv",
    ):
        assert words in text, words
    assert "DRAF" not in text
    assert "DRAF" in pdf_text(file_of(draft, "pdf"))
    assert "Rahasia" not in text
    assert nik_of(1) not in text


def test_another_record_is_made_only_of_another_reconciliation(agreed, cast, client_of):
    found, _draft = agreed
    final = recorded(client_of(cast.wayan), found)
    assert recorded(client_of(cast.anton), found) == final
    page = client_of(cast.wayan).get(f"/paket/{final.code}/unduh/pdf/")
    name = f"berita-acara-rekonsiliasi-{found.pk}-36.72-kota-cilegon-juli-2025-v2.pdf"
    assert page["Content-Disposition"].endswith(f'"{name}"')


def test_a_newer_reconciliation_makes_the_record_say_so(agreed, cast, client):
    _found, draft = agreed
    assert verdict_on(find_pack(draft.code)).is_valid
    newer = compared(cast.wayan, billed=17_000)
    for who, side in ((cast.siti, Side.PEMDA), (cast.anton, Side.BPJS)):
        sign_reconciliation(pk=newer.pk, side=side, code=newer.code, by=who)
    verdict = verdict_on(find_pack(draft.code))
    assert (verdict.is_superseded, verdict.is_valid) == (True, False)
    page = client.get(f"/verifikasi/{draft.code}/").content.decode()
    assert "sudah digantikan" in page
    assert "Rahasia" not in page


def test_the_pages_of_an_approved_month_stand_after_a_reconciliation(agreed, cast, client_of):
    close(cast)
    recompute_stale()
    compared(cast.wayan, billed=17_000)
    for address in ("/bulan/36.72/2025-07/", "/wilayah/36.72/?periode=2025-07", "/bulan/"):
        assert client_of(cast.siti).get(address).status_code == 200, address


def test_of_another_region_nobody_gets_one(agreed, cast, client_of):
    found, _draft = agreed
    packs = Pack.objects.count()
    answer = client_of(cast.budi).post(f"/rekonsiliasi/{found.pk}/berita-acara/")
    assert answer.status_code == 404
    work_on_packs()
    assert Pack.objects.count() == packs
