"""What was believed at the end of a day is answered from the runs that stood then."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from reports.models import Run
from reports.selectors.boards.board import get_board
from reports.services.recompute import recompute_stale
from reports.services.thinning import thin_runs
from tests.cast import KOTA_A, PROVINCE
from tests.factories import MembershipCountFactory, WorkforceFactory
from tests.reports.test_pages import text_of

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = date(2025, 7, 1)
# Half past eleven in the evening of 10 August, and three o'clock in the morning of 20 August, in Jakarta.
FIRST, SECOND = datetime(2025, 8, 10, 16, 30, tzinfo=UTC), datetime(2025, 8, 19, 20, tzinfo=UTC)


@pytest.fixture
def corrected(cast, system):
    """70,000 members were believed since 10 August; 76,062 since 20 August."""
    record_workforces([WorkforceFactory()], by=system)
    record_membership_counts([MembershipCountFactory(members=70_000)], by=system)
    recompute_stale()
    Run.objects.update(computed_at=FIRST)
    record_membership_counts([MembershipCountFactory(members=76_062)], by=system, overwrite=True)
    recompute_stale()
    Run.objects.filter(is_current=True).update(computed_at=SECOND)
    Run.objects.filter(is_current=False).update(superseded_at=SECOND)
    thin_runs()


DAYS = [
    ("2025-08-09", None),
    ("2025-08-10", 70_000),
    ("2025-08-19", 70_000),
    ("2025-08-20", 76_062),
    ("2999-01-01", 76_062),
]


@pytest.mark.parametrize(("day", "members"), DAYS)
@pytest.mark.parametrize("code", [KOTA_A, PROVINCE])
def test_the_api_and_the_command_answer_with_the_day(corrected, cast, client_of, capsys, day, members, code):
    answer = client_of(cast.dewi).get(f"/api/v1/measures/{code}/2025-07/?per={day}").json()
    assert [v["numerator"] for v in answer["values"] if v["code"] == "COV-01"] == (
        [members] if members else []
    )
    assert answer["per"] == (None if day == "2999-01-01" else day)
    call_command("measures", region=code, period="2025-07", per=day, as_json=True)
    assert json.loads(capsys.readouterr().out) == answer


def test_the_board_says_the_day_and_shows_what_stood_then(corrected, cast, client_of):
    client = client_of(cast.dewi)
    response = client.get(f"/wilayah/{KOTA_A}/?periode=2025-07&per=2025-08-15")
    shown = text_of(response)
    assert "Keadaan menurut data pada akhir 15 Agustus 2025" in shown
    assert "dihitung 10 Agustus 2025 pukul 23.30" in shown
    assert "70.000 dari 174.897 orang angkatan kerja" in shown
    assert "76.062" not in shown
    assert f'href="/angka/{KOTA_A}/2025-07/COV-01/?per=2025-08-10"' in response.content.decode()
    assert '<input type="hidden" name="per" value="2025-08-15">' in response.content.decode()
    now = text_of(client.get(f"/wilayah/{KOTA_A}/?periode=2025-07"))
    assert "Keadaan menurut data pada" not in now
    assert "76.062 dari 174.897 orang angkatan kerja" in now


def test_what_was_not_known_yet_is_said(corrected, cast, client_of):
    shown = text_of(client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/?periode=2025-07&per=2025-08-01"))
    assert "Pada 1 Agustus 2025 belum ada angka Kota Cilegon untuk Juli 2025." in shown
    missing = client_of(cast.wayan).get(f"/angka/{KOTA_A}/2025-07/COV-01/?per=2025-08-01")
    assert missing.status_code == 404
    assert "Belum dihitung pada hari itu." in text_of(missing)


def test_the_explanation_and_the_file_stay_on_the_day(corrected, cast, client_of):
    client = client_of(cast.dewi)
    shown = text_of(client.get(f"/angka/{PROVINCE}/2025-07/COV-01/?per=2025-08-15"))
    assert "Keadaan menurut data pada akhir 15 Agustus 2025" in shown
    assert "70.000 ÷ 174.897" in shown
    assert "70.000" in shown.split("Wilayah di bawahnya")[1].split("Perhitungan")[0]
    for table in ("angka", "tren"):
        content = client.get(f"/wilayah/{KOTA_A}/{table}.csv?periode=2025-07&per=2025-08-15").content.decode()
        assert ";70000;174897;40,02;" in content
        assert "76062" not in content
    ranked = client.get(f"/wilayah/{PROVINCE}/peringkat.csv?periode=2025-07&per=2025-08-15").content.decode()
    assert f"{KOTA_A};Kota Cilegon;2025-07;COV-01;;;;;;70000;174897;40,02;A;;" in ranked
    board = get_board(cast.dewi, Region.objects.get(pk=PROVINCE), JULY, date(2025, 8, 15))
    assert [row.covered for row in board.rank if row.covered is not None] == [70_000]


@pytest.mark.parametrize("address", ["/wilayah/36.72/", "/angka/36.72/2025-07/COV-01/"])
def test_a_day_that_is_none_is_not_found(corrected, cast, client_of, address):
    assert client_of(cast.wayan).get(f"{address}?per=kemarin").status_code == 404
    with pytest.raises(CommandError, match="Hari kemarin tidak dikenal"):
        call_command("measures", region=KOTA_A, period="2025-07", per="kemarin")
