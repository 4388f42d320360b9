"""Meetings and what was promised: carried from pack to pack, overdue in alerts and tasks, minutes in Word."""

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.utils.timezone import localdate

from regions.enums import Acting
from regions.errors import FactRefused, NotPermitted, OutsideScope
from regions.meeting import CommitmentState
from regions.models import Act, Assignment, Commitment, Minutes, Region
from regions.roles import Role
from regions.selectors.meeting import list_commitments, list_minutes, told_in_period
from regions.services.meeting import correct_commitment, record_commitments, record_minutes
from reports.enums import AlertKind
from reports.pack.assembly import assembled
from reports.pack.period import Period, PeriodKind
from reports.selectors.packs.content import gather_pack
from reports.selectors.tasks.alert import list_alerts
from reports.selectors.tasks.inbox import list_tasks
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import CommitmentFactory, MinutesFactory

JULY, AUGUST = date(2025, 7, 1), date(2025, 8, 1)
DONE = {"state": CommitmentState.DONE, "settled_on": date(2025, 8, 20), "outcome": "412 nelayan didata"}


def promised(by, **columns):
    (row,) = record_commitments([CommitmentFactory(**columns)], by=by).rows
    return row


def table_10(month, code=KOTA_A):
    content = assembled(gather_pack(Region.objects.get(pk=code), Period(PeriodKind.MONTH, month)))
    found = [table for table in content.tables if table.key == "obstacles"]
    if not found:
        return [], []
    (table,) = found
    return [column.label for column in table.columns], [list(row) for row in table.rows]


def test_table_ten_fills_itself_and_carries_what_is_open(figures, cast):
    row = promised(cast.wayan)
    heads, (july,) = table_10(JULY)
    assert heads == ["Kendala", "Tindak lanjut", "Penanggung jawab", "Tenggat", "Perkembangan"]
    assert july == [
        "Data nelayan belum lengkap",
        "Mendata ulang nelayan",
        "Dinas Perikanan",
        "31 Agustus 2025",
        "Belum selesai",
    ]
    correct_commitment(pk=row.pk, revision=1, by=cast.siti, reason="selesai", new=DONE)
    # At the end of July it was open, whatever is known since.
    assert table_10(JULY)[1] == [july]
    _heads, (august,) = table_10(AUGUST)
    assert august[0] == "Data nelayan belum lengkap (dibawa dari Juli 2025)"
    assert august[4] == "Selesai 20 Agustus 2025: 412 nelayan didata"
    assert table_10(date(2025, 9, 1))[1] == []
    assert table_10(date(2025, 6, 1))[1] == []


def test_what_is_late_at_the_end_of_the_period_is_told(figures, cast):
    promised(cast.wayan, due_on=date(2025, 7, 21), problem="Anggaran | kurang")
    assert table_10(JULY)[1][0][0::4] == ["Anggaran / kurang", "Belum selesai, terlambat 10 hari"]


def test_a_province_tells_what_is_overdue_in_its_regencies(figures, cast):
    promised(cast.admin, region_id=PROVINCE, problem="Data provinsi")
    promised(cast.wayan, due_on=date(2025, 7, 21))
    promised(cast.budi, region_id=KOTA_B, due_on=date(2025, 7, 11), problem="Anggaran kurang")
    promised(cast.wayan, problem="Belum jatuh tempo", due_on=date(2025, 8, 11))
    told = [(cells[0], cells[4]) for cells in table_10(JULY, PROVINCE)[1]]
    assert told == [
        ("Data provinsi", "Belum selesai"),
        ("Kota Serang: Anggaran kurang", "Belum selesai, terlambat 20 hari"),
        ("Kota Cilegon: Data nelayan belum lengkap", "Belum selesai, terlambat 10 hari"),
    ]


def test_a_pack_tells_of_its_own_region_alone(cast):
    promised(cast.wayan)
    promised(cast.budi, region_id=KOTA_B, promise="Lain")
    assert [row.region_id for row in told_in_period(KOTA_A, JULY, date(2025, 7, 31))] == [KOTA_A]


@pytest.mark.parametrize(
    ("columns", "field"),
    [
        ({"settled_on": JULY}, "settled_on"),
        ({"state": "done", "outcome": "x"}, "settled_on"),
        ({"state": "done", "settled_on": JULY}, "outcome"),
        ({"state": "withdrawn", "settled_on": localdate() + timedelta(1), "outcome": "x"}, "settled_on"),
    ],
)
def test_what_is_settled_says_when_and_how(cast, columns, field):
    with pytest.raises(FactRefused) as refused:
        promised(cast.wayan, **columns)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_promise_stays_with_the_meeting_of_its_region(cast):
    (meeting,) = record_minutes([MinutesFactory()], by=cast.wayan).rows
    with pytest.raises(FactRefused):
        promised(cast.budi, region_id=KOTA_B, minutes=meeting)
    row = promised(cast.wayan, minutes=meeting)
    # The same promise sent twice is one; numbers of persons are stored nowhere.
    assert promised(cast.siti, minutes=meeting) == row
    other = promised(cast.wayan, problem="NIK 3672010704650001 ganda")
    assert "3672010704650001" not in other.problem
    assert set(list_commitments(cast.lestari)) == {row, other}
    assert list(list_commitments(cast.budi)) == []
    with pytest.raises(OutsideScope):
        correct_commitment(pk=row.pk, revision=1, by=cast.budi, reason="x", new=DONE)
    with pytest.raises(NotPermitted):
        correct_commitment(pk=row.pk, revision=1, by=cast.ratna, reason="x", new=DONE)
    correct_commitment(pk=row.pk, revision=1, by=cast.siti, reason="x", new=DONE)
    with pytest.raises(FactRefused):
        correct_commitment(
            pk=other.pk, revision=1, by=cast.siti, reason="x", new={"problem": "Data nelayan belum lengkap"}
        )


def test_a_month_shows_what_was_open_when_it_began(cast):
    row = promised(cast.wayan)
    assert list(list_commitments(cast.wayan, month=AUGUST)) == [row]
    correct_commitment(pk=row.pk, revision=1, by=cast.siti, reason="selesai", new=DONE)
    assert list(list_commitments(cast.wayan, month=AUGUST)) == [row]
    assert list(list_commitments(cast.wayan, month=date(2025, 9, 1))) == []
    assert list(list_commitments(cast.wayan, state=CommitmentState.OPEN)) == []


def test_overdue_ones_are_alerts_and_tasks(cast):
    today = localdate()
    late = promised(cast.wayan, due_on=today - timedelta(days=3))
    promised(cast.wayan, due_on=today + timedelta(days=3), promise="Segera")
    promised(cast.wayan, due_on=today + timedelta(days=30), promise="Nanti")
    alerts = [one for one in list_alerts(cast.siti) if one.kind == AlertKind.COMMITMENT]
    assert [(one.region.pk, one.sentence) for one in alerts] == [
        (KOTA_A, "1 tindak lanjut terlambat; yang terlama 3 hari: Mendata ulang nelayan")
    ]
    tasks = [task for task in list_tasks(cast.wayan) if task.title.startswith("Tindak lanjut")]
    assert [(task.title, task.days_left) for task in tasks] == [
        ("Tindak lanjut: Mendata ulang nelayan (Dinas Perikanan)", -3),
        ("Tindak lanjut: Segera (Dinas Perikanan)", 3),
    ]
    assert tasks[0].url == f"/komitmen/{late.pk}/koreksi/"
    for one in (cast.budi, cast.ratna, cast.admin):
        assert [task for task in list_tasks(one) if task.title.startswith("Tindak lanjut")] == []
    assert [one for one in list_alerts(cast.budi) if one.kind == AlertKind.COMMITMENT] == []


def test_minutes_are_a_document_with_attendance_and_acting_officials(cast, client_of):
    Assignment.objects.create(
        user=cast.siti,
        role=Role.SUPERVISOR,
        region_id=KOTA_A,
        acting=Acting.PLT,
        reason="SK 12/2025",
        valid_from=date(2025, 7, 1),
        valid_until=date(2025, 8, 1),
        granted_by=cast.admin,
    )
    (meeting,) = record_minutes([MinutesFactory(decisions="Pendataan dipercepat.")], by=cast.wayan).rows
    promised(cast.wayan, minutes=meeting)
    client = client_of(cast.lestari)
    page = client.get(f"/rapat/{meeting.pk}/").content.decode()
    assert "Plt. Verifikator: Siti, 1 Juli 2025 sampai 31 Juli 2025 (SK 12/2025)" in page
    answer = client.get(f"/rapat/{meeting.pk}/notula.docx")
    document = docx.Document(BytesIO(answer.content))
    text = [paragraph.text for paragraph in document.paragraphs]
    assert "Notula: Monev Triwulan II" in text
    assert "Pendataan dipercepat." in text
    tables = [[cell.text for line in table.rows for cell in line.cells] for table in document.tables]
    assert "Mendata ulang nelayan" in tables[0]
    assert tables[1][6:9] == ["Faruk", "Plt. Kepala Bidang", "Disnaker"]
    assert Act.objects.latest("pk").subject == f"notula rapat #{meeting.pk}"
    # An act names no one who was there.
    assert "Faruk" not in str(list(Act.objects.values_list("detail", flat=True)))
    assert client_of(cast.budi).get(f"/rapat/{meeting.pk}/notula.docx").status_code == 404


def test_minutes_are_of_meetings_that_took_place(cast):
    with pytest.raises(FactRefused):
        record_minutes([MinutesFactory(held_on=localdate() + timedelta(1))], by=cast.wayan)
    record_minutes([MinutesFactory()], by=cast.wayan)
    assert [row.title for row in list_minutes(cast.siti, month=JULY)] == ["Monev Triwulan II"]
    assert list(list_minutes(cast.siti, month=AUGUST)) == []
    assert Minutes.objects.count() == 1


def test_any_board_files_an_obstacle_for_its_region_and_month(figures, cast, client_of):
    client = client_of(cast.wayan)
    board = client.get(f"/wilayah/{KOTA_A}/?periode=2025-07").content.decode()
    assert f"/komitmen/?wilayah={KOTA_A}&amp;periode=2025-07" in board
    listed = client.get(f"/komitmen/?wilayah={KOTA_A}&periode=2025-07").content.decode()
    assert f"/komitmen/catat/?region={KOTA_A}&amp;month=2025-07" in listed
    form = client.get(f"/komitmen/catat/?region={KOTA_A}&month=2025-07").content.decode()
    assert 'value="2025-07"' in form
    sent = {
        "region": KOTA_A,
        "month": "2025-07",
        "problem": "Anggaran kurang",
        "promise": "Diusulkan pada perubahan APBD",
        "owner": "BPKAD",
        "state": "open",
        "source": "Papan Juli 2025",
        "as_of": "2025-07-31",
    }
    answer = client.post("/komitmen/catat/", sent)
    assert (answer.status_code, answer.url) == (302, f"/komitmen/?wilayah={KOTA_A}&periode=2025-07")
    assert "Diusulkan pada perubahan APBD" in client.get(answer.url).content.decode()
    assert Commitment.objects.get().month == JULY
