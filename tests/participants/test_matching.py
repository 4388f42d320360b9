"""Answers of Dukcapil and BPJS: read, and noted on the right persons."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from participants.enums import MatchResult
from participants.importers.match_words import status_of
from participants.importers.matching import Answer, AnswerFault, read_answers
from participants.models import Enrolment, LifeEvent, Participant
from regions.cipher import digest, seal
from regions.models import Act
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of
from tests.pages import page_of
from tests.participants.made_files import xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _august():
    with time_machine.travel("2025-08-20 10:00+07:00", tick=False):
        yield


def listed(by, serial, region="36.72", *, spell=None, kpj="", **changes):
    if kpj:
        changes |= {"kpj_digest": digest(kpj), "kpj_sealed": seal(kpj)}
    digits = changes.pop("digits", nik_of(serial))
    one = ParticipantFactory(
        name=f"Orang {serial}", digits=digits, region_id=region, entered_by=by, **changes
    )
    EnrolmentFactory(participant=one, entered_by=by, **(spell or {}))
    return one


def answer(client, rows, header=("NIK", "Status"), **changes):
    content = xlsx({"Jawaban": [list(header), *rows]})
    data = {"region": "36.72", "answered_on": "2025-08-10", "source": "Dukcapil 470/2025"}
    file = SimpleUploadedFile("jawaban.xlsx", content)
    return client.post(reverse("matching_send"), data | changes | {"file": file})


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Valid", MatchResult.VALID),
        ("PADAN", MatchResult.VALID),
        ("Data sesuai", None),
        ("Nama Berbeda", MatchResult.NAME_DIFFERS),
        ("NIK tidak ditemukan", MatchResult.NOT_FOUND),
        ("Tidak valid", MatchResult.NOT_FOUND),
        ("Meninggal Dunia", MatchResult.DECEASED),
        ("", None),
        ("otomatis", None),
    ],
)
def test_the_words_of_an_answer(text, status):
    assert status_of(text) == status


def test_answers_are_noted_on_the_persons_of_the_region_only(cast, client_of):
    for serial in range(1, 5):
        listed(cast.wayan, serial)
    foreign = listed(cast.budi, 1, "36.73")
    rows = [
        [nik_of(1), "Valid"],
        [nik_of(2), "nama berbeda"],
        [nik_of(3), "TIDAK DITEMUKAN"],
        [nik_of(4), "Meninggal"],
        [nik_of(5), "valid"],
        [nik_of(6), "entah"],
        ["12345678901234567", "valid"],
        ["", "Mengetahui"],
    ]
    response = answer(client_of(cast.wayan), rows)
    assert response.status_code == 200
    found = Participant.objects.filter(region="36.72").order_by("pk")
    assert list(found.values_list("match_result", "matched_on")) == [
        ("valid", date(2025, 8, 10)),
        ("name_differs", date(2025, 8, 10)),
        ("not_found", date(2025, 8, 10)),
        ("deceased", date(2025, 8, 10)),
    ]
    foreign.refresh_from_db()
    assert (foreign.match_result, foreign.matched_on) == ("", None)
    outcome = response.context["outcome"]
    assert (outcome.unknown, outcome.fault_count) == (1, 2)
    assert [fault.row for fault in outcome.faults] == [7, 8]
    assert not LifeEvent.objects.exists()
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"active"}
    act = Act.objects.get(verb="imported")
    assert act.detail == {
        "valid": 1,
        "name_differs": 1,
        "not_found": 1,
        "deceased": 1,
        "unknown": 1,
        "refused": 2,
        "source": "Dukcapil 470/2025",
    }
    shown = response.content.decode()
    for serial in range(1, 7):
        assert nik_of(serial) not in shown + str(act.detail)


def test_who_is_said_to_have_died_is_proposed_as_an_event(cast, client_of):
    one = listed(cast.wayan, 1)
    client = client_of(cast.wayan)
    assert "Ada yang disebut meninggal." in answer(client, [[nik_of(1), "meninggal"]]).content.decode()
    page = client.get(reverse("person_detail", args=[one.pk])).content.decode()
    assert f"{reverse('person_event', args=[one.pk])}?peristiwa=died" in page


def test_an_older_answer_does_not_replace_a_newer_one(cast, client_of):
    one = listed(cast.wayan, 1)
    client = client_of(cast.wayan)
    answer(client, [[nik_of(1), "valid"]])
    answer(client, [[nik_of(1), "tidak ditemukan"]], answered_on="2025-07-01")
    one.refresh_from_db()
    assert (one.match_result, one.matched_on) == ("valid", date(2025, 8, 10))


def test_remarks_beside_a_status_are_not_the_status(cast, client_of):
    one = listed(cast.wayan, 1)
    answer(client_of(cast.wayan), [[nik_of(1), "meninggal?", "valid"]], ("NIK", "Keterangan", "Status"))
    one.refresh_from_db()
    assert one.match_result == "valid"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"NIK;Nama\r\n", b"\xff" * 50, b"Nama;Status\r\nA;valid"]
)
def test_a_file_that_is_no_answer_is_told_why(cast, client_of, content):
    file = SimpleUploadedFile("x.csv", content)
    data = {"region": "36.72", "answered_on": "2025-08-10", "source": "Dukcapil", "file": file}
    response = client_of(cast.wayan).post(reverse("matching_send"), data)
    assert response.status_code == 422
    assert len(response.context["form"].errors["file"]) == 1
    assert not Act.objects.filter(verb="imported").exists()


def test_the_stranger_answers_for_nobody_of_another_region(cast, client_of):
    one = listed(cast.wayan, 1)
    client = client_of(cast.budi)
    response = answer(client, [[nik_of(1), "meninggal"]])
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"region"}
    own = answer(client, [[nik_of(1), "meninggal"]], region="36.73")
    assert own.context["outcome"].unknown == 1
    one.refresh_from_db()
    assert one.match_result == ""


@pytest.mark.parametrize(
    "text", ["Valid?", "Padan (?)", "Sesuai\uff1f", "Valid *", "Meninggal?", "Tidak ada?"]
)
def test_an_answer_with_a_mark_of_doubt_is_none(text):
    assert status_of(text) is None


def faults_of(rows, tmp_path):
    path = tmp_path / "jawaban.xlsx"
    path.write_bytes(xlsx({"Jawaban": [["No", "NIK", "Nama", "Status"], *rows]}))
    found = read_answers(path, "jawaban")
    return [(row.row, row.message.partition(".")[0]) for row in found if isinstance(row, AnswerFault)]


@pytest.mark.parametrize(
    ("nik", "fault"),
    [
        ("3,67E+15", "NIK tersimpan sebagai bilangan, maka angka terakhirnya sudah hilang"),
        (3672041005879684, "NIK tersimpan sebagai bilangan, maka angka terakhirnya sudah hilang"),
        ("", "NIK kosong"),
        ("-", "NIK kosong"),
        ("36720410058796", "NIK tidak 16 angka"),
        ("belum ada", "NIK berisi huruf atau tanda lain"),
        ("3672045513870001", "NIK ini tidak mungkin: tanggal, bulan, atau nomor urutnya salah"),
        ("3672041005879684 3672044108801849", "Ada lebih dari satu NIK dalam sel ini"),
    ],
)
@pytest.mark.parametrize("status", ["Sesuai", "cek ulang"])
def test_a_row_with_a_status_and_no_usable_nik_is_named(nik, fault, status, tmp_path):
    assert faults_of([[1, nik, "Karta", status]], tmp_path) == [(2, fault)]


def test_what_is_about_nobody_is_not_named(tmp_path):
    rows = [
        [1, nik_of(1), "Adi", "Sesuai"],
        ["No", "NIK", "Nama", "Status"],
        ["", "", "", ""],
        ["", "Jumlah", "", "1 sesuai"],
        ["", "", "", "Mengetahui"],
        ["", "", "Kepala Dinas", "Camat"],
        ["", "NIP 197501011999031001", "Drs. Uji", "Sekretaris"],
    ]
    assert faults_of(rows, tmp_path) == []


@pytest.mark.parametrize(
    "title",
    [
        "Keterangan Hasil",
        "Hasil Cek",
        "Keterangan Status",
        "Status Pemadanan",
        "HASIL PENCOCOKAN",
        "Hasil Pengecekan",
    ],
)
def test_titles_of_a_status(title, tmp_path):
    path = tmp_path / "jawaban.xlsx"
    rows = [["HASIL PEMADANAN DUKCAPIL", "", ""], ["No", "NIK", title], [1, nik_of(1), "Sesuai"]]
    path.write_bytes(xlsx({"Jawaban": rows}))
    found = [(row.nik.digits, row.status) for row in read_answers(path, "jawaban") if isinstance(row, Answer)]
    assert found == [(nik_of(1), MatchResult.VALID)]


def test_rows_of_one_nik_that_do_not_agree_are_not_believed(cast, client_of):
    for serial in range(1, 5):
        listed(cast.wayan, serial)
    rows = [
        [nik_of(1), "Sesuai"],
        [nik_of(2), "Sesuai"],
        [nik_of(3), "Valid?"],
        [nik_of(1), "Tidak sesuai"],
        [nik_of(2), "SESUAI"],
        [nik_of(3), "Sesuai"],
        [nik_of(1), "Meninggal"],
        [nik_of(4), "Sesuai"],
        [nik_of(4), ""],
    ]
    response = answer(client_of(cast.wayan), rows)
    found = Participant.objects.order_by("pk").values_list("match_result", flat=True)
    assert list(found) == ["", "valid", "", "valid"]
    outcome = response.context["outcome"]
    assert sorted(fault.row for fault in outcome.faults) == [2, 4, 5, 7, 8, 10]
    assert outcome.noted == 2
    page = page_of(response)
    assert "Jawaban tercatat" in page
    assert (
        "baris 5: NIK ini berstatus lain di lembar &quot;Jawaban&quot;, baris 2, maka tidak satu pun dicatat."
        in page
    )


def test_where_nothing_was_noted_the_heading_says_so(cast, client_of):
    listed(cast.wayan, 1)
    page = page_of(answer(client_of(cast.wayan), [[nik_of(1), "cek ulang"]] * 25))
    assert "Tidak ada jawaban yang tercatat" in page
    assert "Jawaban tercatat" not in page
    assert "dan 5 baris lain." in page
