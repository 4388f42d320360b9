"""Targets side by side with what they ask, and denominators side by side with one that is official."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from participants.models import Target, Workforce
from participants.pace import Need, Track, need_of
from participants.services.membership_count import record_membership_counts
from participants.services.target import record_targets
from participants.services.workforce import record_workforces
from regions.enums import Origin
from regions.models import Change
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import MembershipCountFactory, TargetFactory, WorkforceFactory

PAGE, DENOMINATORS = reverse("target_page", args=[KOTA_A]), reverse("denominators", args=[KOTA_A])


@pytest.fixture
def facts(cast, system):
    """Kota A a year apart, a target of its own beside its province's; Kota B must not be seen here."""
    record_workforces(
        [
            WorkforceFactory(),
            WorkforceFactory(
                kind="penduduk_bekerja", workers=160_000, is_official=False, source="BPS Sakernas"
            ),
            WorkforceFactory(year=2024, workers=172_000),
            WorkforceFactory(region_id=KOTA_B, workers=333_333),
        ],
        by=system,
    )
    record_membership_counts(
        [
            MembershipCountFactory(),
            MembershipCountFactory(month=date(2024, 7, 1), segment="pu", members=60_000),
            MembershipCountFactory(month=date(2024, 7, 1), segment="bpu", members=10_000),
            MembershipCountFactory(region_id=KOTA_B, members=44_444),
        ],
        by=system,
    )
    record_targets(
        [
            TargetFactory(percent=55),
            TargetFactory(percent=30, region_id=PROVINCE),
            TargetFactory(percent=Decimal("40.5"), frame="rpjmd", year=2026, region_id=PROVINCE),
            TargetFactory(percent=Decimal("66.6"), region_id=KOTA_B),
        ],
        by=system,
    )
    recompute_stale()


def test_what_binds_a_region_and_what_it_asks(facts, cast, client_of):
    response = client_of(cast.lestari).get(PAGE)
    needs = [(n.target.frame, n.target.year, n.need) for n in response.context["outlook"].needs]
    # What the province set for itself is no duty of the city.
    assert needs == [("daerah", 2025, Need(96_194, 20_132, 5, 4_027, 505, 78_587, Track.OFF))]
    assert [row.region_label for row in response.context["above"]] == ["Provinsi Banten", "Provinsi Banten"]
    shown = " ".join(response.content.decode().split())
    for words in (
        "Dihitung dari 76.062 peserta aktif dan 174.897 pekerja (Juli 2025):",
        "43,49%",
        "70.000 peserta pada Juli 2024",
        "Tersisa 5 bulan. Dengan perubahan rata-rata sekitar +505 orang per bulan,",
        "jumlah peserta pada akhir 2025 diperkirakan 78.587 orang, kurang 17.607 orang dari target.",
        "40,50",
        "30,00",
    ):
        assert words in shown, words
    for secret in ("66,60", "333.333", "44.444"):
        assert secret not in shown


def test_the_stranger_sees_no_target_and_no_denominator_of_another_region(facts, cast, client_of):
    client = client_of(cast.budi)
    assert [client.get(address).status_code for address in (PAGE, DENOMINATORS)] == [404, 404]
    other = Workforce.objects.get(region_id=KOTA_A, is_official=False)
    choice = {"row": other.pk, "revision": 1, "reason": "r"}
    assert client.post(DENOMINATORS, choice).status_code == 404
    assert client.post(reverse("denominators", args=[KOTA_B]), choice).status_code == 404
    assert client_of(cast.ratna).post(DENOMINATORS, choice).status_code == 403
    listed = client.get(reverse("target_list")).content.decode()
    assert ("66,60" in listed, "55,00" in listed) == (True, False)
    assert not Workforce.objects.get(pk=other.pk).is_official


def test_a_target_is_recorded_and_corrected(facts, cast, client_of):
    client = client_of(cast.wayan)
    form = {
        "region": KOTA_A,
        "year": "2027",
        "frame": "rkp",
        "percent": "57,5",
        "source": "RKP 2027",
        "as_of": "2025-07-01",
    }
    assert client.post(reverse("target_record"), form).status_code == 302
    row = Target.objects.get(frame="rkp")
    assert (row.region_id, row.year, str(row.percent), row.source) == (KOTA_A, 2027, "57.50", "RKP 2027")
    assert [(c.region_id, c.last_month) for c in Change.objects.all()] == [(KOTA_A, date(2027, 12, 1))]
    assert [(c.first_month, c.reaches_down) for c in Change.objects.all()] == [(date(2027, 1, 1), False)]
    change = {**form, "percent": "60", "revision": "1", "reason": "perubahan RKP"}
    assert client.post(reverse("target_correct", args=[row.pk]), change).status_code == 302
    row.refresh_from_db()
    assert (str(row.percent), row.revision) == ("60.00", 2)
    for typed in ("0", "101", "banyak", "57,555", ""):
        refused = client.post(reverse("target_record"), {**form, "frame": "rpjmn", "percent": typed})
        assert list(refused.context["form"].errors) == ["percent"], typed
    assert not Target.objects.filter(frame="rpjmn").exists()


def test_denominators_side_by_side_and_another_made_official(facts, cast, client_of):
    client = client_of(cast.dewi)
    shown = client.get(DENOMINATORS)
    told = [(d.row.kind, d.row.workers, bool(d.since)) for d in shown.context["denominators"]]
    assert told == [
        ("angkatan_kerja", 174_897, True),
        ("penduduk_bekerja", 160_000, False),
        ("angkatan_kerja", 172_000, True),
    ]
    assert "333.333" not in shown.content.decode()
    other = Workforce.objects.get(region_id=KOTA_A, is_official=False)
    assert client.post(DENOMINATORS, {"row": other.pk, "revision": 1, "reason": ""}).status_code == 422
    assert client.post(DENOMINATORS, {"row": other.pk, "revision": 9, "reason": "r"}).status_code == 409
    assert not Workforce.objects.get(pk=other.pk).is_official
    Workforce.objects.filter(pk=other.pk).update(origin=Origin.PUBLISHED)
    done = client.post(DENOMINATORS, {"row": other.pk, "revision": 1, "reason": "Surat Bappenas 7"})
    assert done.status_code == 302
    first, second, _older = client.get(DENOMINATORS).context["denominators"]
    assert (first.row.pk, first.made_by, first.reason, second.since) == (
        other.pk,
        cast.dewi,
        "Surat Bappenas 7",
        None,
    )
    # Who is preferred changes nothing of where the number is from.
    assert Workforce.objects.get(pk=other.pk).origin == Origin.PUBLISHED
    assert Workforce.objects.get(region_id=KOTA_B).is_official
    assert [(c.region_id, c.first_month) for c in Change.objects.all()] == [(KOTA_A, date(2025, 1, 1))]


def test_without_figures_the_page_says_what_to_do(cast, client_of):
    client = client_of(cast.wayan)
    record_membership_counts([MembershipCountFactory()], by=cast.wayan)
    recompute_stale()
    assert "Isi peserta aktif dan penyebut resminya dahulu" in client.get(PAGE).content.decode()


def test_nothing_is_carried_on_beyond_all_workers():
    need = need_of(
        percent=Decimal("99.5"),
        year=2045,
        workers=174_897,
        members=91_400,
        newest=date(2025, 12, 1),
        year_before=85_600,
    )
    assert (need.projected, need.short, need.track) == (174_897, 0, Track.ON)


def test_a_province_reads_its_outlook_from_what_was_summed(facts, cast, client_of):
    outlook = client_of(cast.lestari).get(reverse("target_page", args=[PROVINCE])).context["outlook"]
    assert (outlook.value.numerator, outlook.value.denominator) == (120_506, 508_230)
    # A year before only one city had reported: no pace can be told.
    assert outlook.before is None
    told = [(n.target.frame, n.target.year, n.need.gap, n.need.track) for n in outlook.needs]
    assert told == [("daerah", 2025, 31_963, Track.UNKNOWN), ("rpjmd", 2026, 85_328, Track.UNKNOWN)]
