"""Numbers of persons among other words: masked before they are stored, at every door for words."""

import hashlib
import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import CharField, ChoiceField, Form, URLField
from django.urls import reverse
from django.utils.timezone import localdate
from pghistory.models import Context

from budgets.models import MoneyBatch, MoneyRow, Reconciliation
from budgets.services.reconciliation import FileQuestion, Upload
from jamsostek_monitor.plain_text import FREE_TEXT
from participants.models import Batch, BatchRow, Comment, TitleMemory
from participants.services.batches.batch import send_file
from participants.services.batches.work import work_on_batches
from participants.services.membership_count import record_membership_counts
from regions.enums import Verb
from regions.models import Act, MonthStep, Reopening
from regions.personal_numbers import has_personal_number, masked_inside, masked_numbers
from regions.services.act import record_act
from reports.models import PackTemplate, PackText, Reminder
from tests.budgets.money_files import PAID, paid
from tests.budgets.money_files import send as send_money
from tests.budgets.money_files import workbook as money_workbook
from tests.budgets.reconciliations import reconcile
from tests.cast import KOTA_A
from tests.factories import MembershipCountFactory, ParticipantFactory
from tests.months import close
from tests.participants.batches import send, terms
from tests.participants.made_files import HEADER, person, xlsx

pytestmark = pytest.mark.usefixtures("cast_once")

NIK = "3672010704650001"
MASKED = "367201******0001"


@pytest.mark.parametrize(
    ("typed", "masked"),
    [
        (NIK, MASKED),
        (f"NIK{NIK}", f"NIK{MASKED}"),
        ("rekap 3672 0107 0465 0001.xlsx", f"rekap {MASKED}.xlsx"),
        ("3672.0107.0465.0001", MASKED),
        ("367201-070465-0001", MASKED),
        ("daftar_3672010704650001_ok.csv", f"daftar_{MASKED}_ok.csv"),
        (f"{NIK} {NIK}", f"{MASKED} {MASKED}"),
        ("36720107O465OOO1", "367201******OOO1"),
        ("HP 0812-3456-7890 ya", "HP 0812******90 ya"),
        ("+62 812 3456 7890", "6281*******90"),
        ("KPJ: 12345678901", "KPJ: 12******901"),
        ("no. KPJ nomor 12345678901", "no. KPJ nomor 12******901"),
    ],
)
def test_numbers_of_persons_are_masked(typed, masked):
    assert masked_numbers(typed) == masked
    assert masked_numbers(masked) == masked
    assert has_personal_number(typed)


@pytest.mark.parametrize(
    "text",
    [
        "2.07.05.2.01.0003 5.1.02.02.02.0006",
        "5.1.02.02.02.0006.2.07.05.2.01.0003",
        "Rp3.613.056.000.000.000",
        "Rp480.457.660",
        "2025-07-01 2025-07-31",
        "01-07-2025 31-07-2025",
        "SK Wali Kota 560/Kep.12-Disnaker/2025",
        "rekap 20250731.xlsx",
        "12345678901",
        hashlib.sha256(b"uji").hexdigest(),
        "",
    ],
)
def test_other_numbers_stay(text):
    assert masked_numbers(text) == text
    assert not has_personal_number(text)


def test_digests_stay_and_depth_is_no_hiding_place():
    digests = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(20_000)]
    assert masked_inside(digests) == digests
    assert masked_inside({"a": [{"b": (f"x {NIK}", 1, None)}]}) == {"a": [{"b": [f"x {MASKED}", 1, None]}]}


def test_every_field_for_words_is_masked_or_named_here():
    """A new field in which people write sentences is in FREE_TEXT, or its service refuses numbers."""
    other = {
        # Numbers of persons themselves, sealed when they are stored.
        *("nik", "kpj", "phone", "name"),
        # Refused with a sentence.
        *("text", "username", "npp", "package_code", "registration_number", "url"),
        # Numbers of papers and codes, in which sixteen digits are something else.
        *("code", "region", "number"),
        *("bill_number", "payment_order", "posting_reference", "sub_activity", "account", "reference"),
        # Filters of the ledger; in the act about a download they are masked.
        *("orang", "tentang"),
        # Nothing of these is stored.
        *("letter_number", "place_date", "signer_title", "signer", "sender"),
        *(
            "nama",
            "wilayah",
            "kata",
            "password",
            "again",
            "enrolment",
            "oldpassword",
            "password1",
            "password2",
        ),
        "held",
    }
    named = {
        name
        for form in _every(Form)
        if form.__module__.startswith(("regions.", "participants.", "budgets.", "reports."))
        for name, field in form.base_fields.items()
        if type(field) in {CharField, URLField} and not isinstance(field, ChoiceField)
    }
    assert named - FREE_TEXT - other == set()


def _every(form):
    for one in form.__subclasses__():
        yield one
        yield from _every(one)


class TestDoors:
    """Each door by which a text reaches a table; afterwards no table holds the number."""

    pytestmark = pytest.mark.django_db

    def test_acts(self, cast):
        record_act(
            by=cast.wayan,
            verb=Verb.LOADED,
            subject=f"berkas {NIK}.xlsx",
            detail={"a": [NIK], "b": {"c": NIK}},
        )
        act = Act.objects.latest("pk")
        assert (act.subject, act.detail) == (f"berkas {MASKED}.xlsx", {"a": [MASKED], "b": {"c": MASKED}})

    def test_names_of_files_and_sheets_of_lists(self, cast, client_of):
        content = xlsx({f"Lembar {NIK}": [HEADER, person(1), person(2, nik="12")]})
        batch = send_file(terms=terms(), file_name=f"daftar {NIK}.xlsx", content=content, by=cast.wayan)
        work_on_batches()
        batch = Batch.objects.get(pk=batch.pk)
        assert (batch.file_name, batch.sheets) == (f"daftar {MASKED}.xlsx", [[f"Lembar {MASKED}", False]])
        assert set(batch.columns) == {f"Lembar {MASKED}"}
        assert set(BatchRow.objects.values_list("sheet", flat=True)) == {f"Lembar {MASKED}"}
        assert NIK not in str(list(Batch.objects.values()))
        marked = client_of(cast.wayan).post(
            reverse("batch_marked", args=[batch.pk]), {"alasan": "minta surat"}
        )
        assert marked.status_code == 200

    def test_two_sheets_that_look_alike_masked_stay_two(self, cast):
        other = NIK.replace("070465", "080465")
        content = xlsx({NIK: [HEADER, person(1)], other: [HEADER, person(2)]})
        batch = send(content, cast.wayan)
        assert sorted(batch.rows.values_list("sheet", flat=True)) == [MASKED, f"{MASKED}'"]

    def test_titles_of_columns(self, cast):
        batch = send([person(1)], cast.wayan, header=[*HEADER[:5], f"Kolom {NIK}"])
        assert NIK not in str(batch.columns)

    def test_a_title_that_is_a_number_can_still_be_named(self, cast, client_of):
        header = [*HEADER[:1], f"Nomor {NIK}", *HEADER[2:]]
        batch = send([person(1)], cast.wayan, header=header)
        assert batch.state == "refused"
        fields = ["order", "nik", "name", "birth_date", "sex", "district"]
        meant = {f"kolom_{number}": field for number, field in enumerate(fields)}
        client_of(cast.wayan).post(reverse("batch_columns", args=[batch.pk]), meant)
        work_on_batches()
        batch.refresh_from_db()
        assert batch.counts["state"] == {"new": 1}
        assert NIK not in str(list(TitleMemory.objects.values()))

    def test_files_of_money(self, cast):
        other = NIK.replace("070465", "080465")
        rows = [
            [*paid(1, 1_000, proof=NIK), f"untuk {NIK} dan 081234567890"],
            [*paid(2, 1_000, proof=other), ""],
            [*paid(3, 1_000, category=NIK), ""],
        ]
        content = money_workbook(rows, [*PAID, "Keterangan"])
        batch = send_money(content, cast.wayan, name=f"rekap {NIK}.xlsx")
        rows = list(MoneyRow.objects.order_by("pk"))
        assert batch.file_name == f"rekap {MASKED}.xlsx"
        assert [one.state for one in rows] == ["new", "new", "refused"]
        assert rows[0].cells["note"] == f"untuk {MASKED} dan 0812********"
        numbers = [one.cells["number"] for one in rows[:2]]
        assert all(re.fullmatch(rf"{re.escape(MASKED)}-[0-9a-f]{{8}}", one) for one in numbers)
        assert len(set(numbers)) == 2
        assert NIK not in str([*MoneyRow.objects.values(), *MoneyBatch.objects.values()])

    def test_files_of_reconciliations(self, cast):
        made = reconcile(
            question=FileQuestion(KOTA_A, date(2025, 7, 1)),
            by=cast.wayan,
            members=Upload(f"aktif {NIK}.csv", f"NIK;Nama;Iuran\n{NIK};Orang Uji;16.800".encode()),
        )
        assert made.files.get().file_name == f"aktif {MASKED}.csv"
        assert NIK not in str(list(Reconciliation.objects.values()))

    def test_layouts_of_packs(self, cast, figures, client_of):
        layout = client_of(cast.admin).get(reverse("pack_template_house", args=["docx"])).content
        file = SimpleUploadedFile(f"kop {NIK}.docx", layout)
        client_of(cast.admin).post(
            reverse("pack_template_list"), {"region": KOTA_A, "face": "docx", "file": file}
        )
        assert PackTemplate.objects.get().file_name == f"kop {MASKED}.docx"

    def test_remarks_are_refused_with_the_remedy(self, cast, client_of):
        client = client_of(cast.siti)
        one = ParticipantFactory(entered_by=cast.wayan)
        words = {"komentar": f"lihat {NIK}", "text": f"lihat {NIK}", "perbuatan": "komentar"}
        places = {
            "person_comment": [one.pk],
            "cell_comments": [KOTA_A, "2025-07", "linmas", "apbd_kabkota"],
            "month_entry_cell": [KOTA_A, "2025-07", "members:all"],
        }
        for name, arguments in places.items():
            page = client.post(reverse(name, args=arguments), words, follow=True).content.decode()
            assert "Jangan menulis NIK" in page, name
        assert not Comment.objects.exists()
        client.post(reverse("person_comment", args=[one.pk]), {"komentar": "lihat kartu keluarganya"})
        assert Comment.objects.get().text == "lihat kartu keluarganya"

    def test_reasons_of_months(self, cast, client_of, system):
        record_membership_counts([MembershipCountFactory()], by=system)
        close(cast)
        where = [KOTA_A, "2025-07"]
        wish = {
            "reason": f"salah {NIK}",
            "open_for": ["members"],
            "open_until": localdate() + timedelta(days=5),
        }
        client_of(cast.siti).post(reverse("reopening_ask", args=where), wish)
        made = Reopening.objects.get()
        assert made.reason == f"salah {MASKED}"
        client_of(cast.anton).post(
            reverse("reopening_decide", args=[made.pk]), {"decision": "grant", "answer": f"ya {NIK}"}
        )
        client_of(cast.siti).post(reverse("month_remind"), {"cells": [f"{KOTA_A}|2025-06"], "reason": NIK})
        for model in (Reopening, MonthStep, Reminder, Act):
            assert NIK not in str(list(model.objects.values())), model

    def test_reasons_and_sources_of_figures(self, cast, client_of, system):
        (row,) = record_membership_counts([MembershipCountFactory()], by=system).rows
        form = {
            "members": "76.063",
            "source": f"surat {NIK}",
            "as_of": "2025-07-31",
            "reason": f"salah {NIK}",
            "revision": "1",
        }
        answer = client_of(cast.wayan).post(reverse("membership_count_correct", args=[row.pk]), form)
        assert answer.status_code == 302
        row.refresh_from_db()
        assert row.source == f"surat {MASKED}"
        assert NIK not in str([*Context.objects.values(), *Act.objects.values()])
        assert f"salah {MASKED}" in str(list(Context.objects.values()))

    def test_reasons_of_lists(self, cast, client_of):
        batch = send([person(1)], cast.wayan)
        client = client_of(cast.wayan)
        client.post(reverse("batch_confirm", args=[batch.pk]))
        work_on_batches()
        client.post(reverse("batch_undo", args=[batch.pk]), {"alasan": f"salah {NIK}"})
        batch.refresh_from_db()
        assert batch.state == "undone"
        assert NIK not in str([*Context.objects.values(), *Act.objects.values(), *Batch.objects.values()])

    def test_words_of_packs(self, cast, figures, client_of):
        address = reverse("pack_text", args=[KOTA_A, "month-2025-07"])
        client = client_of(cast.siti)
        client.post(address, {"revision": "0", "overview": f"Menurut {NIK} sudah."})
        assert PackText.objects.get().overview == f"Menurut {MASKED} sudah."
