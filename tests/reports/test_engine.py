"""Who computes what, when and at what price: claims, what waits, what is kept."""

from datetime import date, datetime, timedelta
from time import sleep
from zoneinfo import ZoneInfo

import psycopg2
import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from participants.models import MembershipCount
from participants.services.membership_count import correct_membership_count
from regions.advisory_lock import AdvisoryLock
from regions.enums import Level
from regions.models import Region
from regions.month import add_months
from reports.corrections import recompute_stale as corrections
from reports.models import Cause, MeasureValue, Run, WaitingRegion
from reports.selectors.backlog import backlog_by_place, backlog_of, runs_by_hour, seconds_behind
from reports.selectors.waiting_region import claimable
from reports.services import recompute
from reports.services.heartbeat import WORKER, beat
from reports.services.recompute import recompute_stale
from reports.services.thinning import thin_runs
from reports.services.waiting_region import forget_all_runs, note_waiting
from reports.tasks import rebuild
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.months import JULY, close
from tests.reports.test_recompute import current, everything

pytestmark = pytest.mark.usefixtures("figures_once")

JANUARY, DECEMBER = date(2025, 1, 1), date(2025, 12, 1)


def correct_members(by, members, code=KOTA_A):
    row = MembershipCount.objects.get(region_id=code, month=JULY)
    new = {"members": members}
    correct_membership_count(pk=row.pk, revision=row.revision, by=by, reason="salah", new=new)


def waiting():
    return [(row.pk, row.months, row.cause) for row in WaitingRegion.objects.all()]


def die(other):
    """A worker's connection ends; the server lets its locks go a moment later."""
    backend = other.info.backend_pid
    other.close()
    with connection.cursor() as cursor:
        for _ in range(600):
            sql = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = %s"
            cursor.execute(sql, [backend])
            if cursor.fetchone() == (0,):
                return
            sleep(0.05)
    raise AssertionError("a closed connection holds its locks")


def test_a_region_that_another_worker_is_at_is_passed_over(figures, cast):
    correct_members(cast.wayan, 80_000)
    correct_members(cast.budi, 50_000, KOTA_B)
    other = psycopg2.connect(**connection.get_connection_params())
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [AdvisoryLock.RECOMPUTE, KOTA_A])
        recompute_stale()
        assert (current(KOTA_A).numerator, current(KOTA_B).numerator) == (76_062, 50_000)
        assert current(PROVINCE).numerator == 76_062 + 50_000
        assert waiting() == [(KOTA_A, [JULY], Cause.CORRECTION)]
    # The worker dies; its region is the next one's.
    die(other)
    recompute_stale()
    assert current("ID").numerator == 80_000 + 50_000
    assert waiting() == []


def test_what_was_noted_while_it_was_computed_waits_on(figures, monkeypatch):
    note_waiting({(KOTA_A, JULY)}, Cause.CORRECTION)
    gather = recompute.gather

    def noted_meanwhile(wanted, *more):
        if (KOTA_A, JULY) in wanted:
            monkeypatch.undo()
            note_waiting({(KOTA_A, add_months(JULY, 1))}, Cause.CORRECTION)
        return gather(wanted, *more)

    monkeypatch.setattr(recompute, "gather", noted_meanwhile)
    recompute_stale(seconds=0.001)
    assert waiting() == [(KOTA_A, [JULY, add_months(JULY, 1)], Cause.CORRECTION)]
    recompute_stale()
    assert waiting() == []


def test_a_region_that_fails_is_tried_later_and_holds_nobody_up(figures, cast, monkeypatch):
    correct_members(cast.wayan, 80_000)
    correct_members(cast.budi, 50_000, KOTA_B)
    gather = recompute.gather

    def failing(wanted, *more):
        if (KOTA_A, JULY) in wanted:
            raise ZeroDivisionError
        return gather(wanted, *more)

    monkeypatch.setattr(recompute, "gather", failing)
    assert recompute_stale().failed == 1
    row = WaitingRegion.objects.get()
    assert (row.pk, row.attempts, row.error) == (KOTA_A, 1, "ZeroDivisionError")
    assert current("ID").numerator == 76_062 + 50_000
    monkeypatch.undo()
    assert recompute_stale().regions == 0
    WaitingRegion.objects.update(retry_at=row.retry_at - timedelta(minutes=1))
    recompute_stale()
    assert current("ID").numerator == 80_000 + 50_000


def test_the_page_of_jobs_says_what_waits_since_when_and_what_failed(figures, cast, client_of):
    note_waiting({(KOTA_A, JULY), (KOTA_A, add_months(JULY, 1)), (KOTA_B, JULY)}, Cause.REBUILD)
    since = now() - timedelta(minutes=2)
    WaitingRegion.objects.filter(pk=KOTA_B).update(
        since=since, attempts=2, error="OperationalError", retry_at=now() + timedelta(minutes=1)
    )
    Run.objects.update(milliseconds=61_000)
    backlog = backlog_of(cast.admin)
    # Four runs of the fixture within ten minutes are less than one a minute, rounded up.
    assert (backlog.months, backlog.oldest, backlog.runs_per_minute, backlog.minutes) == (3, since, 1, 4)
    assert backlog.behind == 183
    assert [
        (p.region.code, p.regions, p.months, p.oldest, p.failed) for p in backlog_by_place(cast.admin)
    ] == [(PROVINCE, 2, 3, since, 1)]
    shown = client_of(cast.admin).get("/pekerjaan/").content.decode()
    assert "gagal 2 kali (OperationalError)" in " ".join(shown.split())
    assert "lebih dari satu menit" in shown
    [hour] = runs_by_hour(cast.admin)
    assert (hour.runs, hour.milliseconds, hour.slowest) == (4, 61_000, 61_000)
    assert "61.000,0" in shown
    WaitingRegion.objects.all().delete()
    assert not backlog_of(cast.admin).is_long


def test_what_failed_is_tried_at_once_when_somebody_asks(figures, cast, client_of):
    note_waiting({(KOTA_A, JULY)}, Cause.CORRECTION)
    WaitingRegion.objects.update(attempts=2, error="OperationalError", retry_at=now() + timedelta(minutes=4))
    assert recompute_stale().regions == 0
    assert client_of(cast.siti).post(f"/pekerjaan/{KOTA_A}/coba/").status_code == 403
    assert client_of(cast.lestari).post(f"/pekerjaan/{KOTA_A}/coba/").status_code == 403
    assert client_of(cast.admin).post(f"/pekerjaan/{KOTA_A}/coba/").status_code == 302
    assert recompute_stale().regions == 1
    assert not WaitingRegion.objects.exists()
    assert client_of(cast.siti).post(f"/pekerjaan/{KOTA_B}/coba/").status_code == 404


def test_every_page_says_when_figures_will_be_late(figures, cast, client_of):
    note_waiting({(KOTA_A, add_months(JULY, ago)) for ago in range(12)}, Cause.REBUILD)
    Run.objects.update(milliseconds=20_000)
    assert seconds_behind() == 240
    beat(WORKER, behind_seconds=seconds_behind())
    said = "Angka di halaman ini dapat tertinggal sekitar 4 menit."
    page = " ".join(client_of(cast.siti).get("/tugas/").content.decode().split())
    assert f'{said} <a href="/pekerjaan/">' in page
    operator = " ".join(client_of(cast.wayan).get("/tugas/").content.decode().split())
    assert said in operator
    assert "/pekerjaan/" not in operator
    rebuild()
    corrections()
    assert said not in client_of(cast.siti).get("/tugas/").content.decode()


@pytest.mark.parametrize("address", ["/wilayah/36/", "/wilayah/36.72/", "/angka/36.72/2025-07/COV-01/"])
def test_pages_never_read_what_runs_were_computed_from(figures, cast, client_of, address):
    client = client_of(cast.dewi)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(f"{address}?periode=2025-07").status_code == 200
    assert [query for query in queries if "quantities" in query["sql"]] == []


def test_a_rebuild_is_left_to_those_who_rebuild(figures):
    before = everything()
    assert forget_all_runs(first_month=JANUARY, last_month=DECEMBER) == 4
    corrections()
    assert not Run.objects.exists()
    rebuild()
    assert everything() == before
    assert waiting() == []


def test_those_above_wait_for_what_is_counted_for_the_first_time(figures, cast):
    before = everything()
    Run.objects.filter(region=KOTA_B).delete()
    note_waiting({(KOTA_B, JULY)}, Cause.REBUILD)
    correct_members(cast.wayan, 80_000)
    corrections()
    # Without Kota B the province would lack its people.
    assert (current(KOTA_A).numerator, current(PROVINCE).numerator) == (80_000, 76_062 + 44_444)
    rebuild()
    corrections()
    assert current(PROVINCE).numerator == 80_000 + 44_444
    correct_members(cast.wayan, 76_062)
    corrections()
    assert everything() == before


def test_a_worker_finds_work_however_many_regions_another_is_at(cast):
    codes = list(Region.objects.filter(level=Level.REGENCY).order_by("code").values_list("code", flat=True))
    note_waiting({(code, JULY) for code in codes[:120]}, Cause.REBUILD)
    other = psycopg2.connect(**connection.get_connection_params())
    with other.cursor() as cursor:
        for code in codes[:119]:
            cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [AdvisoryLock.RECOMPUTE, code])
        assert claimable([Cause.REBUILD], 50) == [(codes[119], Cause.REBUILD, 1)]
        assert claimable([Cause.CORRECTION], 50) == []
    die(other)
    assert [code for code, *_more in claimable([Cause.REBUILD], 50)] == codes[:50]


def test_what_is_rebuilt_is_summed_once_when_all_below_is_done_a_correction_at_once(figures, cast):
    runs = Run.objects.filter(region=PROVINCE)
    before, first = everything(), runs.get().pk
    note_waiting({(code, JULY) for code in (KOTA_A, KOTA_B, PROVINCE)}, Cause.REBUILD)
    other = psycopg2.connect(**connection.get_connection_params())
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [AdvisoryLock.RECOMPUTE, KOTA_B])
        rebuild()
        # One city is not done yet: the province waits, though all below it has a run.
        assert sorted(waiting()) == [(PROVINCE, [JULY], Cause.REBUILD), (KOTA_B, [JULY], Cause.REBUILD)]
        correct_members(cast.wayan, 80_000)
        corrections()
        assert current(PROVINCE).numerator == 80_000 + 44_444
        correct_members(cast.wayan, 76_062)
        corrections()
    die(other)
    rebuild()
    assert waiting() == []
    assert everything() == before
    assert runs.filter(is_current=True).get().pk > first


def test_a_value_comes_and_goes_with_its_run(figures, cast):
    """The database itself does not look for the run of a value."""
    orphans = MeasureValue.objects.exclude(run__in=Run.objects.all())
    correct_members(cast.wayan, 1)
    recompute_stale()
    Run.objects.filter(is_current=False).update(superseded_at=now() - timedelta(days=2))
    thin_runs()
    forget_all_runs(first_month=JANUARY, last_month=DECEMBER)
    assert not Run.objects.exists()
    assert not orphans.exists()
    assert not MeasureValue.objects.exists()


def test_only_the_last_run_of_a_day_and_what_was_closed_stay(figures, cast):
    close(cast)
    recompute_stale()
    closed = Run.objects.get(region_id=KOTA_A).pk
    for members in (1, 2, 3):
        correct_members(cast.budi, members, KOTA_B)
        recompute_stale()
    zone = ZoneInfo(settings.TIME_ZONE)
    first, second, third, newest = Run.objects.filter(region_id=KOTA_B).order_by("pk")
    for run, day in ((first, 1), (second, 2), (third, 2)):
        at = datetime(2025, 8, day, 23, 30, tzinfo=zone)
        Run.objects.filter(pk=run.pk).update(computed_at=at, superseded_at=at)
    values = MeasureValue.objects.filter(run=second).count()
    done = thin_runs()
    assert (done.runs, done.values) == (1, values)
    assert set(Run.objects.filter(region_id=KOTA_B).values_list("pk", flat=True)) == {
        first.pk,
        third.pk,
        newest.pk,
    }
    assert Run.objects.filter(pk=closed).exists()
    assert thin_runs().runs == 0
