"""The matrix of months, the page of one, tasks and reminders, as people use them."""

from datetime import date
from smtplib import SMTPException

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils.timezone import localdate

from participants.enums import EmptyReason
from participants.models import Comment, Workforce
from participants.month_entry_key import MonthEntryKey
from participants.services.membership_count import record_membership_counts
from participants.services.month_entry.empty_cell import leave_empty
from participants.services.workforce import correct_workforce
from regions.enums import MonthState, Verb
from regions.models import Act, Reopening, ReportingMonth, User
from regions.month_steps import COMPLETE, RETURN
from regions.roles import Role
from regions.services.reporting_month import move_month
from regions.services.user import assign_role
from reports.models import Mail, Reminder
from reports.quarter import quarter_before, quarter_of
from reports.selectors.tasks.alert import list_alerts
from reports.selectors.tasks.inbox import list_tasks
from reports.services.recompute import recompute_stale
from reports.services.reminder import send_task_mails
from reports.tasks import mail_tasks
from tests.cast import KOTA_A, KOTA_B, SINCE
from tests.factories import MembershipCountFactory
from tests.months import JULY, close, submit, without_money

pytestmark = pytest.mark.usefixtures("cast_once")

PAGE = reverse("month_page", args=[KOTA_A, "2025-07"])
STEP = reverse("month_step", args=[KOTA_A, "2025-07"])
BULK = reverse("month_bulk_step")


@pytest.fixture
def filled(cast, system):
    """The months that are handed in hold what a month must hold."""
    months = [date(2025, month, 1) for month in (6, 7, 8)]
    record_membership_counts([MembershipCountFactory(month=month) for month in months], by=system)
    for month in months:
        without_money(cast.wayan, month)


def state_of(code=KOTA_A, month=JULY):
    row = ReportingMonth.objects.filter(region_id=code, month=month).first()
    return row.state if row else None


def page_of(client):
    return client.get(PAGE).content.decode()


@pytest.mark.usefixtures("filled")
class TestPage:
    def test_each_sees_the_steps_of_their_role_and_why_not_now(self, cast, client_of):
        assert "Nyatakan lengkap" in page_of(client_of(cast.wayan))
        assert "Nyatakan lengkap" not in page_of(client_of(cast.ratna))
        client_of(cast.siti).post(STEP, {"verb": "completed"})
        shown = page_of(client_of(cast.siti))
        assert "harus dilakukan oleh orang selain pembuatnya" in shown
        assert 'value="submitted"' not in shown

    def test_the_way_by_its_buttons(self, cast, client_of):
        for who, verb in (
            ("wayan", "completed"),
            ("siti", "submitted"),
            ("anton", "verified"),
            ("anton", "closed"),
        ):
            answer = client_of(getattr(cast, who)).post(STEP, {"verb": verb})
            assert (answer.status_code, answer.url) == (302, PAGE)
        shown = page_of(client_of(cast.ratna))
        assert "Anton" in shown
        assert "penutupan ke-1" in shown
        assert "ditutup oleh Anton" in shown

    def test_a_step_that_cannot_be_is_told_and_nothing_happens(self, cast, client_of):
        answer = client_of(cast.anton).post(STEP, {"verb": "closed"})
        assert answer.status_code == 409
        assert "masih draf" in answer.content.decode()
        assert state_of() in {None, MonthState.OPEN}

    @pytest.mark.parametrize(
        ("who", "status"), [("wayan", 403), ("ratna", 403), ("budi", 404), ("nobody", 404)]
    )
    def test_whoever_may_not_is_refused(self, who, status, cast, client_of):
        move_month(COMPLETE, region_code=KOTA_A, month=JULY, by=cast.wayan)
        assert client_of(getattr(cast, who)).post(STEP, {"verb": "submitted"}).status_code == status
        assert state_of() == MonthState.COMPLETE

    def test_an_unknown_step_is_not_found(self, cast, client_of):
        assert client_of(cast.siti).post(STEP, {"verb": "deleted"}).status_code == 404

    def test_asking_and_granting(self, cast, client_of):
        close(cast)
        ask = reverse("reopening_ask", args=[KOTA_A, "2025-07"])
        wish = {"open_for": ["members"], "open_until": localdate().isoformat(), "reason": "salah ketik"}
        assert client_of(cast.wayan).post(ask, wish).status_code == 403
        assert client_of(cast.budi).post(ask, wish).status_code == 404
        refused = client_of(cast.siti).post(ask, {**wish, "reason": ""})
        assert refused.status_code == 422
        assert "angka mana yang salah" in refused.content.decode()
        assert client_of(cast.siti).post(ask, wish).status_code == 302
        decide = reverse("reopening_decide", args=[Reopening.objects.get().pk])
        assert client_of(cast.budi).post(decide, {"decision": "grant"}).status_code == 404
        assert client_of(cast.siti).post(decide, {"decision": "grant"}).status_code == 403
        assert "salah ketik" in page_of(client_of(cast.anton))
        assert client_of(cast.anton).post(decide, {"decision": "grant"}).status_code == 302
        assert state_of() == MonthState.REOPENED
        assert client_of(cast.anton).post(decide, {"decision": "grant"}).status_code == 409

    def test_remarks_are_for_who_reads_persons(self, cast, client_of, system):
        Comment.objects.create(
            region_id=KOTA_A,
            month=JULY,
            category_id="linmas",
            funding_id="apbd_kabkota",
            text="kurang tiga orang",
            entered_by=system,
        )
        assert "kurang tiga orang" in page_of(client_of(cast.wayan))
        assert "kurang tiga orang" not in page_of(client_of(cast.ratna))

    def test_a_district_has_no_month(self, cast, client_of):
        url = reverse("month_page", args=["36.72.01", "2025-07"])
        assert client_of(cast.wayan).get(url).status_code == 404


def test_what_has_silent_gaps_is_not_complete(cast, client_of):
    answer = client_of(cast.wayan).post(STEP, {"verb": "completed"})
    assert answer.status_code == 409
    assert "2 angka belum diisi" in answer.content.decode()
    for key in ("members:pu", "members:bpu"):
        leave_empty(
            by=cast.wayan,
            region_code=KOTA_A,
            month=JULY,
            key=MonthEntryKey.parse(key),
            reason=EmptyReason.NOT_REPORTED,
        )
    answer = client_of(cast.wayan).post(STEP, {"verb": "completed"})
    assert answer.status_code == 409
    assert "Belum masuk: iuran, klaim." in answer.content.decode()
    without_money(cast.wayan)
    assert client_of(cast.wayan).post(STEP, {"verb": "completed"}).status_code == 302


class TestMatrix:
    def matrix(self, client, query="wilayah=36&periode=2025-12"):
        return client.get(f"{reverse('month_matrix')}?{query}").content.decode()

    def test_missing_late_and_handed_in_are_told_apart(self, cast, client_of, system):
        record_membership_counts([MembershipCountFactory(region_id=KOTA_B)], by=system)
        submit(cast)
        with time_machine.travel(date(2026, 1, 12)):
            shown = self.matrix(client_of(cast.ratna))
        row_a = shown.split("Kota Cilegon</a>")[1].split("</tr>")[0]
        row_b = shown.split("Kota Serang</a>")[1].split("</tr>")[0]
        # What was first handed in is July; nothing before it is asked of the city.
        said = ("Sebelum mulai", "Belum ada laporan", "Diajukan")
        assert [row_a.count(words) for words in said] == [6, 5, 1]
        assert (
            row_b.count("Belum ada laporan"),
            row_b.count("Terlambat, belum diajukan"),
            row_b.count("3 laporan belum masuk"),
        ) == (
            11,
            1,
            1,
        )

    def test_who_only_reminds_chooses_months_too(self, cast, client_of):
        """Without a box beside each month nothing could be sent."""
        shown = self.matrix(client_of(cast.ratna))
        assert f'value="{KOTA_A}|2025-12"' in shown
        assert "Kirim pengingat" in shown
        assert "boleh kosong" in shown
        assert "wajib saat mengembalikan" not in shown
        own = f"wilayah={KOTA_A}&periode=2025-12"
        assert "wajib saat mengembalikan" in self.matrix(client_of(cast.anton), own)
        auditor = self.matrix(client_of(cast.lestari), own)
        assert "Bulan laporan per wilayah" in auditor
        assert 'name="cells"' not in auditor

    def test_the_stranger_sees_his_own_alone(self, cast, client_of):
        shown = self.matrix(client_of(cast.budi), "")
        assert "Kota Serang" in shown
        assert "Cilegon" not in shown
        asked = client_of(cast.budi).get(reverse("month_matrix") + "?wilayah=36.72")
        assert asked.status_code == 404

    @pytest.mark.usefixtures("filled")
    def test_many_at_once_each_by_its_own_right(self, cast, client_of):
        months = ["2025-06", "2025-07", "2025-08"]
        cells = [f"{KOTA_A}|{month}" for month in months]
        move_month(COMPLETE, region_code=KOTA_A, month=JULY, by=cast.siti)
        client = client_of(cast.siti)
        answer = client.post(BULK, {"verb": "completed", "cells": cells[::2]}, follow=True)
        assert "2 bulan diproses" in answer.content.decode()
        asked = client.post(BULK, {"verb": "submitted", "cells": cells})
        page = asked.content.decode()
        assert asked.status_code == 200
        for month in ("Juni", "Juli", "Agustus"):
            assert f"Kota Cilegon, {month} 2025</a>" in " ".join(page.split())
        assert {state_of(month=date(2025, m, 1)) for m in (6, 7, 8)} == {MonthState.COMPLETE}
        answer = client.post(BULK, {"verb": "submitted", "cells": cells, "seen": "1"}, follow=True)
        assert "orang selain pembuatnya" in answer.content.decode()
        assert {state_of(month=date(2025, m, 1)) for m in (6, 7, 8)} == {MonthState.COMPLETE}

    def test_what_is_there_already_is_told_and_not_counted(self, cast, client_of):
        close(cast)
        told = client_of(cast.anton).post(
            BULK, {"verb": "closed", "cells": [f"{KOTA_A}|2025-07"], "seen": "1"}, follow=True
        )
        page = told.content.decode()
        assert "sudah demikian, tidak ada yang diubah" in page
        assert "bulan diproses" not in page

    def test_a_cell_of_elsewhere_stops_all(self, cast, client_of):
        cells = [f"{KOTA_A}|2025-07", f"{KOTA_B}|2025-07"]
        assert client_of(cast.wayan).post(BULK, {"verb": "completed", "cells": cells}).status_code == 404
        assert (state_of(KOTA_A), state_of(KOTA_B)) == (None, None)

    @pytest.mark.parametrize("cell", ["36.72", "36.72|x", "|", "36.72|2025-13"])
    def test_an_odd_cell_is_not_found(self, cell, cast, client_of):
        assert client_of(cast.wayan).post(BULK, {"verb": "completed", "cells": [cell]}).status_code == 404


@pytest.fixture
def september():
    with time_machine.travel(date(2025, 9, 12)):
        yield


@pytest.mark.usefixtures("september")
class TestTasks:
    def titles(self, user):
        return [task.title for task in list_tasks(user)]

    def test_each_has_their_own(self, cast):
        titles = self.titles(cast.wayan)
        assert (titles[0], titles[-1], len(titles)) == (
            "Isi dan nyatakan lengkap: September 2024",
            "Isi dan nyatakan lengkap: Agustus 2025",
            12,
        )
        submit(cast)
        assert "Verifikasi: Juli 2025" in self.titles(cast.anton)
        assert not any("Juli" in title for title in self.titles(cast.wayan))
        assert self.titles(cast.ratna) == []
        assert all(task.region.code == KOTA_B for task in list_tasks(cast.budi))

    def test_nothing_that_nobody_began_is_asked_of_who_only_administers(self, cast):
        assert self.titles(cast.admin) == []
        submit(cast)
        assert self.titles(cast.admin) == ["Verifikasi: Juli 2025"]
        assign_role(user=cast.admin, role=Role.OPERATOR, by=cast.admin, region_code=KOTA_B, valid_from=SINCE)
        admin = User.objects.get(pk=cast.admin.pk)
        own = [task.title for task in list_tasks(admin) if task.region.code == KOTA_B]
        assert own[0] == "Isi dan nyatakan lengkap: September 2024"

    def test_what_was_sent_back_waits_however_old_it_is(self, cast):
        old = date(2024, 2, 1)
        submit(cast, month=old)
        move_month(RETURN, region_code=KOTA_A, month=old, by=cast.anton, reason="kurang")
        assert "Isi dan nyatakan lengkap: Februari 2024" in self.titles(cast.wayan)
        assert not any("Februari 2024" in task.title for task in list_tasks(cast.budi))

    def test_the_quarter_is_due_on_the_tenth(self, cast):
        quarter = [task for task in list_tasks(cast.siti) if "triwulan" in task.title]
        assert [(task.title, task.due) for task in quarter] == [
            ("Ajukan semua bulan untuk laporan triwulan II 2025", date(2025, 7, 10))
        ]
        for month in (4, 5, 6):
            submit(cast, month=date(2025, month, 1))
        assert not [title for title in self.titles(cast.siti) if "triwulan" in title]
        assert "Tutup semua bulan untuk laporan triwulan II 2025" in self.titles(cast.anton)

    def test_the_quarter_is_done_when_its_months_are_closed(self, cast):
        for month in (4, 5, 6):
            close(cast, month=date(2025, month, 1))
        assert not [title for title in self.titles(cast.anton) if "triwulan" in title]

    def test_a_reminder_stands_with_the_task_and_in_the_ledger(self, cast, client_of):
        url = reverse("month_remind")
        wanted = {"cells": [f"{KOTA_A}|2025-08"], "reason": "rapat besok"}
        for _twice in range(2):
            assert client_of(cast.ratna).post(url, wanted).status_code == 302
        assert Reminder.objects.count() == 1
        assert Act.objects.filter(verb=Verb.REMINDED, region_code=KOTA_A).count() == 1
        shown = client_of(cast.wayan).get(reverse("inbox")).content.decode()
        assert "Ratna" in shown
        assert "rapat besok" in shown
        assert client_of(cast.budi).post(url, wanted).status_code == 403
        assert client_of(cast.lestari).post(url, wanted).status_code == 403

    def test_one_mail_a_day_with_what_is_urgent(self, cast, settings):
        settings.EMAIL_HOST = "mail.invalid"
        for person in (cast.wayan, cast.budi):
            person.email = f"{person.username}@example.invalid"
            person.save()
        mail_tasks()
        mail_tasks()
        assert sorted(message.to[0] for message in mail.outbox) == [
            "budi@example.invalid",
            "wayan@example.invalid",
        ]
        told = next(message for message in mail.outbox if message.to == ["budi@example.invalid"])
        assert "Kota Serang: Isi dan nyatakan lengkap: Juni 2025 (terlambat" in told.body
        assert "Cilegon" not in told.body
        settings_address = f"{settings.PUBLIC_URL}{reverse('inbox')}"
        parts = ("Yth. Budi,", "Tugas berikut menunggu Anda", settings_address, "Terima kasih.")
        places = [told.body.index(part) for part in parts]
        assert places == sorted(places)
        with time_machine.travel(date(2025, 9, 13)):
            assert send_task_mails() == 2

    def test_without_a_host_nothing_is_sent(self, cast):
        cast.wayan.email = "wayan@example.invalid"
        cast.wayan.save()
        mail_tasks()
        assert (mail.outbox, Mail.objects.count()) == ([], 0)

    def test_a_mail_that_fails_is_seen_and_tried_thrice(self, cast, monkeypatch, client_of):
        cast.wayan.email = "wayan@example.invalid"
        cast.wayan.save()
        tried = []

        def refuse(*args, **kwargs):
            tried.append(args)
            raise SMTPException("penuh")

        monkeypatch.setattr("reports.services.reminder.send_mail", refuse)
        for _hour in range(5):
            assert send_task_mails() == 0
        assert len(tried) == 3
        assert "gagal: SMTPException: penuh" in client_of(cast.wayan).get(reverse("inbox")).content.decode()


@pytest.mark.parametrize(
    ("day", "first", "due"),
    [
        (date(2025, 1, 1), date(2024, 10, 1), date(2025, 1, 10)),
        (date(2025, 9, 30), date(2025, 4, 1), date(2025, 7, 10)),
        (date(2025, 10, 1), date(2025, 7, 1), date(2025, 10, 10)),
    ],
)
def test_the_quarter_before(day, first, due):
    quarter = quarter_before(day)
    assert (quarter.first, quarter.due) == (first, due)
    assert quarter_of(quarter.end) == quarter


def test_alerts_of_a_drop_and_of_a_moved_month_in_ones_own_regions(figures, cast):
    record_membership_counts([MembershipCountFactory(month=date(2025, 6, 1), members=100_000)], by=cast.wayan)
    close(cast)
    recompute_stale()
    workforce = Workforce.objects.get(region_id=KOTA_A)
    new = {"workers": 200_000}
    correct_workforce(pk=workforce.pk, revision=1, by=cast.wayan, reason="rilis baru", new=new)
    recompute_stale()
    with time_machine.travel(date(2025, 9, 1)):
        told = [(alert.kind, alert.sentence) for alert in list_alerts(cast.wayan)]
        assert told == [
            ("coverage_drop", "UCJ turun 6,51 poin persentase dalam sebulan, menjadi 43,49%."),
            ("moved", "1 bulan yang sudah ditutup masukannya berubah sejak itu."),
        ]
        assert list_alerts(cast.lestari) == list_alerts(cast.wayan)
        assert list_alerts(cast.budi) == []
