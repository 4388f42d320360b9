"""Pages of one thing as files: where a figure comes from, what moved, who is in two categories."""

from datetime import date

import pytest
from django.urls import reverse

from regions.models import Act
from reports.models import MeasureValue, Restatement
from reports.services.recompute import recompute_stale
from reports.services.statement import keep_check
from reports.value_words import explain_url
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.months import JULY, close, reopen
from tests.reports.test_closed_month import correct_members
from tests.table_files import cells_in, told_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("figures")]


def asked(client, url, kind="csv"):
    answer = client.get(f"{url}{'&' if '?' in url else '?'}unduh={kind}")
    assert answer.status_code == 200
    return answer


def figure(code, measure="COV-01"):
    return MeasureValue.objects.filter(run__region_id=code, measure=measure, run__is_current=True).first()


def test_an_explanation_down_to_its_rows(cast, client_of):
    recompute_stale()
    rows = told_in(asked(client_of(cast.siti), explain_url(figure(KOTA_A))))
    whole, members, workers = rows[0], *(row for row in rows if row["dicatat_oleh"])
    assert [whole[name] for name in ("bagian", "jumlah", "penyebut", "hasil", "satuan")] == [
        *("angka", "76062", "174897", "43,49%", "persen")
    ]
    assert [members[name] for name in ("jumlah", "sumber", "revisi")] == ["76062", "Surat uji nomor 1", "1"]
    assert (workers["jumlah"], workers["satuan"]) == ("174897", "orang")
    assert Act.objects.latest("pk").subject == "tabel asal angka COV-01"


def test_an_explanation_of_a_sum_tells_who_did_not_report(cast, client_of):
    recompute_stale()
    rows = told_in(asked(client_of(cast.admin), explain_url(figure(PROVINCE))))
    below = {row["kode_wilayah"]: row for row in rows if row["bagian"] == "wilayah di bawahnya"}
    assert {code: row["jumlah"] for code, row in below.items() if row["jumlah"]} == {
        KOTA_A: "76062",
        KOTA_B: "44444",
    }
    assert rows[0]["jumlah"] == "120506" and len(below) == 8
    assert below["36.01"]["hasil"] == "belum melapor"


def test_a_restatement_before_and_after(cast, client_of):
    close(cast)
    recompute_stale()
    reopen(cast)
    correct_members(cast.wayan, 80_000)
    close(cast)
    recompute_stale()
    page = reverse("restatement_detail", args=[Restatement.objects.get().pk])
    rows = {row["ukuran"]: row for row in told_in(asked(client_of(cast.siti), page))}
    assert [rows["COV-01"][f"penutupan_{n}_{what}"] for what in ("pembilang", "hasil") for n in (1, 2)] == [
        *("76062", "80000", "43,49%", "45,74%")
    ]


def test_denominators_and_definitions(cast, client_of):
    (row,) = told_in(asked(client_of(cast.siti), reverse("denominators", args=[KOTA_A])))
    assert (row["tahun"], row["pekerja"], row["resmi"]) == ("2025", "174897", "ya")
    recompute_stale()
    rows = told_in(asked(client_of(cast.siti), reverse("region_definitions", args=[KOTA_A])))
    official = [row for row in rows if row["resmi"] == "ya" and row["tabel"] == "cakupan"]
    assert [(row["pembilang"], row["penyebut"], row["persen"][:5]) for row in official] == [
        ("76062", "174897", "43,49")
    ]
    measures = cells_in(asked(client_of(cast.siti), reverse("definitions"), "xlsx"))
    assert {row[0] for row in measures} >= {"COV-01", "BUD-01"}


def test_who_is_in_two_categories(cast, client_of):
    one = ParticipantFactory(name="Orang Uji", digits=nik_of(1), region_id=KOTA_A, entered_by=cast.wayan)
    for category, funding in (("linmas", "apbd_kabkota"), ("nelayan", "csr")):
        spell = {"category_id": category, "funding_id": funding}
        EnrolmentFactory(participant=one, entered_by=cast.wayan, first_month=JULY, **spell)
    at = f"?wilayah={KOTA_A}&periode=2025-07"
    (pair,) = told_in(asked(client_of(cast.wayan), reverse("overlap_matrix") + at))
    assert (pair["orang"], pair["wajar_karena"]) == ("1", "")
    both = f"{reverse('overlap_persons')}{at}&kategori=linmas&kategori=nelayan"
    answer = asked(client_of(cast.wayan), both)
    (row,) = told_in(answer)
    assert row["Nama"] == "Orang Uji" and row["NIK"] == one.nik.masked != one.nik.digits
    assert row["Kepesertaan"].count(";") == 1
    act = Act.objects.latest("pk")
    assert (act.subject, act.detail["rows"]) == ("tabel peserta di dua kategori", 1)
    counted = told_in(asked(client_of(cast.wayan), reverse("person_month", args=[KOTA_A, "2025-07"])))
    assert {(row["kategori"], row["orang"], row["dilaporkan_tanpa_nama"]) for row in counted} == {
        ("Anggota Linmas", "1", "1593"),
        ("Nelayan", "1", ""),
    }


def test_steps_from_proposed_to_active(cast, client_of):
    one = ParticipantFactory(digits=nik_of(1), region_id=KOTA_A, entered_by=cast.wayan)
    EnrolmentFactory(participant=one, entered_by=cast.wayan, first_month=JULY, state="proposed")
    rows = told_in(
        asked(client_of(cast.wayan), f"{reverse('person_funnel')}?wilayah={KOTA_A}&periode=2025-07")
    )
    stopped = [row for row in rows if row["berhenti_di_sini"]]
    assert (rows[0]["orang"], [row["orang_berhenti"] for row in stopped]) == ("1", ["1"])


def test_the_check_of_a_statement(cast, client_of):
    check = keep_check(
        statement="Peserta aktif 17.000 dan 2.000, jumlahnya 19.185 orang.",
        region_code=KOTA_A,
        day=date(2025, 7, 31),
        source="",
        by=cast.siti,
    )
    rows = told_in(asked(client_of(cast.siti), reverse("statement_detail", args=[check.pk])))
    assert {row["bagian"] for row in rows} == {"hitungan", "angka"}
    assert "tidak cocok" in {row["hasil"] for row in rows}


def test_others_get_no_file(cast, client_of):
    recompute_stale()
    at = f"?wilayah={KOTA_A}&periode=2025-07&unduh=csv"
    for name in ("overlap_matrix", "person_funnel"):
        assert client_of(cast.dewi).get(reverse(name) + at).status_code == 403
    assert client_of(cast.budi).get(reverse("denominators", args=[KOTA_A]) + "?unduh=csv").status_code in {
        403,
        404,
    }
