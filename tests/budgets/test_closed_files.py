"""Files that come closed, hidden or with more than they are read for: money, reconciliations, answers."""

import json
import subprocess
import sys
from importlib.resources import files
from io import BytesIO

import msoffcrypto
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from budgets.models import MoneyBatch, Reconciliation, ReconciliationFile
from budgets.services.money_read import work_on_money_files
from budgets.services.reconciliation_work import work_on_reconciliations
from participants.importers.ledger import remarks_of
from participants.importers.protected import WrongPassword, needs_password, unlocked
from participants.importers.refusal import Protected
from participants.importers.workbook import open_workbook
from participants.models import Participant
from participants.services.batches.work import work_on_batches
from regions.cipher import unseal_bytes
from tests.budgets.money_files import PAID, paid, send, take_marked, workbook
from tests.cast import KOTA_A
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.pages import page_of
from tests.participants.batches import send as send_list
from tests.participants.made_files import locked, ods, sheet_xml, xlsx, zipped

pytestmark = pytest.mark.usefixtures("cast_once")

SECRET = "Sandi-Kantor-77"
ANSWERS = [["NIK", "Status"], [nik_of(1), "Valid"]]
MEMBERS = [["NIK", "Nama"], [nik_of(1), "Adi Uji"]]
# What is sent where: the address with its arguments, the field of the file, the other fields, the file.
DOORS = {
    "money": (
        ("money_batch_send", "iuran"),
        "file",
        {"region": KOTA_A, "source": "Rekap 1", "as_of": "2025-07-31"},
        workbook([paid(1, 1_000_000)]),
    ),
    "reconciliation": (
        ("reconciliation_make",),
        "members",
        {"region": KOTA_A, "month": "2025-07", "category": "", "funding": ""},
        xlsx({"Aktif": MEMBERS}),
    ),
    "answers": (
        ("matching_send",),
        "file",
        {"region": KOTA_A, "answered_on": "2025-08-10", "source": "Dukcapil 470/2025"},
        xlsx({"Jawaban": ANSWERS}),
    ),
}


@pytest.fixture(autouse=True)
def _august():
    with time_machine.travel("2025-08-20 10:00+07:00", tick=False):
        yield


@pytest.fixture
def adi(cast):
    adi = ParticipantFactory(digits=nik_of(1), name="Adi Uji", entered_by=cast.wayan, region_id=KOTA_A)
    EnrolmentFactory(participant=adi, entered_by=cast.wayan)
    return adi


def post(client, door, content, **more):
    (name, *arguments), field, form, _book = DOORS[door]
    file = SimpleUploadedFile("berkas.xlsx", content)
    return client.post(reverse(name, args=arguments), {**form, field: file, **more})


def taken():
    """What was read of what was sent, whichever way it came."""
    work_on_money_files()
    work_on_reconciliations()
    return {
        "money": list(MoneyBatch.objects.values_list("state", "counts")),
        "reconciliation": list(Reconciliation.objects.values_list("counts__both", flat=True)),
        "answers": list(Participant.objects.exclude(match_result="").values_list("match_result", flat=True)),
    }


READ = {"money": [("checked", {"new": 1})], "reconciliation": [1], "answers": ["valid"]}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.django_db
def test_a_password_opens_a_file_wherever_it_is_sent_and_is_kept_nowhere(cast, client_of, adi, door):
    client, content = client_of(cast.wayan), locked(DOORS[door][3], SECRET)
    asked = post(client, door, content)
    assert asked.status_code == 422
    assert "Berkas ini dilindungi kata sandi. Isi kata sandinya" in page_of(asked)
    wrong = post(client, door, content, password="sandi-kantor-77")
    assert wrong.status_code == 422
    assert "Kata sandi ini tidak membuka berkasnya" in page_of(wrong)
    assert taken() == {"money": [], "reconciliation": [], "answers": []}
    opened = post(client, door, content, password=SECRET)
    assert opened.status_code in {200, 302}
    assert SECRET not in page_of(opened)
    assert taken() == {"money": [], "reconciliation": [], "answers": [], door: READ[door]}
    for model in (MoneyBatch, ReconciliationFile):
        for kept in model.objects.values_list("content_sealed", flat=True):
            assert not msoffcrypto.OfficeFile(BytesIO(unseal_bytes(kept))).is_encrypted()
        assert SECRET not in str(list(model.objects.values()))


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.django_db
def test_the_lists_of_an_archive_are_read_as_one(cast, client_of, adi, door):
    others = {
        "money": workbook([paid(2, 2_000_000)]),
        "reconciliation": xlsx({"Aktif": [["NIK", "Nama"], [nik_of(2), "Bela Uji"]]}),
        "answers": xlsx({"Jawaban": [["NIK", "Status"], [nik_of(2), "Valid"]]}),
    }
    content = zipped({"a/satu.xlsx": DOORS[door][3], "a/dua.xlsx": others[door], "surat.docx": b"x"})
    assert post(client_of(cast.wayan), door, content).status_code in {200, 302}
    read = READ | {"money": [("checked", {"new": 2})]}
    assert taken() == {"money": [], "reconciliation": [], "answers": [], door: read[door]}
    if door == "reconciliation":
        assert Reconciliation.objects.get().counts["only_bpjs"] == 1


@pytest.mark.django_db
def test_rows_of_an_archive_say_where_they_stood(cast, client_of):
    rows = {"satu.xlsx": workbook([paid(1, 1_000)]), "dua.xlsx": workbook([paid(2, "banyak")])}
    batch = send(zipped(rows), cast.wayan, name="rekap.zip")
    assert batch.counts == {"new": 1, "refused": 1}
    assert list(batch.rows.values_list("sheet", "number")) == [("1 satu Rekap", 2), ("2 dua Rekap", 2)]
    marked = take_marked(client_of(cast.wayan), batch).content
    sheet = CalamineWorkbook.from_filelike(BytesIO(marked)).get_sheet_by_name("2 dua Rekap")
    assert "Perlu diperbaiki" in str(sheet.to_python()[1][-1])


@pytest.mark.django_db
def test_a_locked_list_inside_an_archive_is_named(cast):
    batch = send(zipped({"satu.xlsx": locked(DOORS["money"][3], SECRET)}), cast.wayan, name="rekap.zip")
    assert batch.state == "refused"
    assert 'Berkas "satu.xlsx" di dalam ZIP dilindungi kata sandi' in batch.refusal


@pytest.mark.django_db
def test_a_file_of_money_says_which_numbers_of_persons_it_did_not_read(cast, client_of):
    """Who paid is not asked in a file of money; nobody should believe that the persons were taken in."""
    rows = [[*paid(1, 1_000), nik_of(1)], [*paid(2, 2_000), nik_of(2)]]
    sheets = {
        "Rekap": [["Penyetor", nik_of(3)], [], [*PAID, "NIK Penyetor"], *rows],
        "Lama": [["NIK"], [nik_of(4)]],
    }
    batch = send(xlsx(sheets, hidden=["Lama"]), cast.wayan)
    assert (batch.counts, remarks_of(batch.balance)) == (
        {"new": 2},
        [
            'Lembar "Rekap": 1 baris bernomor mirip NIK di luar tabel tidak dibaca (baris 1). '
            "Beri judul kolom di atasnya, lalu kirim lagi.",
            'Lembar "Rekap", kolom J "NIK Penyetor": 2 nomor mirip NIK tidak dibaca (baris 4, 5).',
            'Lembar tersembunyi "Lama": 1 baris bernomor NIK tidak dibaca. '
            "Bila isinya perlu dibaca, pilih lembarnya atau tampilkan di Excel, lalu kirim lagi.",
        ],
    )
    page = page_of(client_of(cast.wayan).get(reverse("money_batch_detail", args=[batch.pk])))
    assert "2 nomor mirip NIK tidak dibaca" in page
    assert nik_of(1) not in page


@pytest.mark.django_db
def test_a_reconciliation_reads_sheets_without_titles_and_names_what_it_left_out(cast, client_of, adi):
    sheets = {
        "Januari": [
            ["Penanggung jawab", nik_of(9)],
            [],
            ["NIK", "Nama", "NIK Ahli Waris"],
            [nik_of(1), "Adi Uji", nik_of(8)],
        ],
        "Februari": [[nik_of(2), "Bela Uji", ""], ["tanpa nomor", "Cici Uji", ""]],
        "Arsip": [[nik_of(3), "Lama Uji"]],
    }
    client = client_of(cast.wayan)
    answer = post(client, "reconciliation", xlsx(sheets, hidden=["Arsip"]))
    assert taken()["reconciliation"] == [1]
    file = ReconciliationFile.objects.get()
    assert (file.rows, file.unread, file.balance["numbered"]) == (2, 1, 2)
    found = page_of(client.get(answer["Location"]))
    for remark in (
        "1 baris bernomor mirip NIK di luar tabel tidak dibaca (baris 1)",
        "1 nomor mirip NIK tidak dibaca (baris 4)",
        "1 baris bernomor NIK tidak dibaca",
    ):
        assert remark in found
    assert nik_of(8) not in found


@pytest.mark.django_db
def test_hidden_rows_are_read_and_said(cast):
    book = {
        "xlsx": xlsx({"Rekap": _sheet_with_hidden_row()}),
        "ods": ods([PAID, paid(1, 1_000)], tail=_HIDDEN_ODS),
    }
    for name, content in book.items():
        batch = send(content, cast.wayan, name=f"rekap.{name}")
        assert batch.counts == {"new": 2}, name
        assert remarks_of(batch.balance) == [
            "1 baris berkas ini tersembunyi atau tersaring di Excel; semuanya ikut dibaca."
        ], name


def _sheet_with_hidden_row():
    xml = sheet_xml([PAID, paid(1, 1_000), paid(2, 2_000)])
    return xml.replace('<row r="3">', '<row r="3" hidden="1">')


_HIDDEN_ODS = (
    '<table:table-row table:visibility="filter">'
    + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in paid(2, 2_000)
    )
    + '</table:table-row><table:table-row table:visibility="collapse" table:number-rows-repeated="9000">'
    "<table:table-cell/></table:table-row>"
)


@pytest.fixture(scope="module")
def locked_ods():
    """A sheet that LibreOffice closed with the password `hello`; it comes with the library that opens it."""
    resources = files("odfdecrypt").joinpath("tests/resources/password_protected")
    return resources.joinpath("libre_office_spreadsheet_pw_hello.ods").read_bytes()


def test_a_sheet_of_libreoffice_is_opened_with_its_password_only(locked_ods, tmp_path):
    assert needs_password(locked_ods)
    assert not needs_password(ods([["NIK", "Nama"]]))
    for wrong in ("", "Hello", "x" * 300):
        with pytest.raises(WrongPassword):
            unlocked(locked_ods, wrong)
    path = tmp_path / "daftar.ods"
    path.write_bytes(locked_ods)
    with pytest.raises(Protected):
        open_workbook(path)
    path.write_bytes(unlocked(locked_ods, "hello"))
    assert [sheet.hidden for sheet in open_workbook(path)] == [False]


@pytest.mark.parametrize(("password", "code"), [("hello", 0), ("Hello", 1)])
def test_the_program_that_opens_it_writes_the_file_or_nothing(locked_ods, password, code):
    done = subprocess.run(
        [sys.executable, "-m", "participants.importers.unlock_ods"],
        input=json.dumps(password).encode() + b"\n" + locked_ods,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (code, b"")
    assert (done.stdout[:2], needs_password(done.stdout)) == (b"" if code else b"PK", False)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"PK\x03\x04encryption-data"])
def test_what_is_no_closed_file_needs_no_password(damage):
    assert not needs_password(damage)
    with pytest.raises(WrongPassword):
        unlocked(damage, "hello")


@pytest.mark.django_db
def test_a_closed_list_of_libreoffice_waits_for_its_password(cast, client_of, locked_ods):
    batch = send_list(locked_ods, cast.wayan)
    assert (batch.state, batch.remedy) == ("refused", "password")
    client, address = client_of(cast.wayan), reverse("batch_password", args=[batch.pk])
    client.post(address, {"kata_sandi": "salah"})
    batch.refresh_from_db()
    assert (batch.state, batch.remedy) == ("refused", "password")
    client.post(address, {"kata_sandi": "hello"})
    work_on_batches()
    batch.refresh_from_db()
    # It is no list of workers, and is refused as what it is now.
    assert (batch.state, batch.remedy) == ("refused", "")
    assert "Tidak ada daftar peserta" in batch.refusal or "tidak memiliki kolom NIK" in batch.refusal
