"""What a list leaves open: questions, passwords, archives, and the account of all its numbers."""

from io import BytesIO

import msoffcrypto
import pytest
from django.urls import reverse

from participants.models import Batch, BatchFile, Enrolment, Participant
from participants.selectors.batches.account import balance_of, questions_of
from participants.services.batches.batch import confirm_batch, send_file
from participants.services.batches.work import work_on_batches
from regions.cipher import unseal_bytes
from tests.participants.batches import send, terms, workbook
from tests.participants.made_files import HEADER, locked, person, xlsx, zipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once")]
STATUS = [*HEADER, "Status Kepesertaan"]
SECRET = "Rahasia-2025"


def listed():
    """Two active members, two who left, one on leave, one dead."""
    words = ["Aktif", "Aktif", "Non Aktif", "Non Aktif", "Cuti Besar", "Meninggal Dunia"]
    return [[*person(serial), word] for serial, word in enumerate(words, start=1)]


def reload(batch):
    return Batch.objects.get(pk=batch.pk)


def asked(batch):
    return {(one.reason, one.words): one.count for one in questions_of(reload(batch))}


def answer(client, batch, reason, words, said):
    data = {"sebab": reason, "kata": words, "jawab": said}
    return client.post(reverse("batch_answer", args=[batch.pk]), data)


def stored_names():
    return sorted(Participant.objects.values_list("name", flat=True))


def test_who_left_or_died_is_asked_and_never_stored_unasked(cast, client_of):
    batch = send(listed(), cast.wayan, STATUS)
    assert batch.counts["state"] == {"new": 2, "refused": 4}
    assert asked(batch) == {
        ("asked_left", "non aktif"): 2,
        ("asked_status", "cuti besar"): 1,
        ("asked_dead", "meninggal dunia"): 1,
    }
    client = client_of(cast.wayan)
    page = client.get(reverse("batch_detail", args=[batch.pk])).content.decode()
    assert "Berkas berisi 6 baris bernomor NIK: 2 dibaca, 4 diparkir, 0 terlewat." in page
    assert "Perlu jawaban Anda" in page
    confirm_batch(pk=batch.pk, by=cast.wayan)
    work_on_batches()
    assert stored_names() == ["Budi b", "Budi c"]
    assert asked(batch)["asked_left", "non aktif"] == 2


def test_one_answer_serves_all_rows_of_the_same_words(cast, client_of):
    batch = send(listed(), cast.wayan, STATUS)
    client = client_of(cast.wayan)
    answer(client, batch, "asked_left", "non aktif", "keluar")
    answer(client, batch, "asked_status", "cuti besar", "aktif")
    assert reload(batch).counts["state"] == {"new": 3, "refused": 1, "skipped": 2}
    assert asked(batch) == {("asked_dead", "meninggal dunia"): 1}
    confirm_batch(pk=batch.pk, by=cast.wayan)
    work_on_batches()
    assert stored_names() == ["Budi b", "Budi c", "Budi f"]
    answer(client, batch, "asked_dead", "meninggal dunia", "aktif")
    assert stored_names() == ["Budi b", "Budi c", "Budi f", "Budi g"]
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"active"}
    assert asked(batch) == {}


def test_an_answer_that_is_none_changes_nothing(cast, client_of):
    batch = send(listed(), cast.wayan, STATUS)
    client = client_of(cast.wayan)
    for reason, words, said in (
        ("asked_left", "non aktif", "mungkin"),
        ("nik_missing", "non aktif", "aktif"),
        ("asked_left", "lain", "aktif"),
    ):
        answer(client, batch, reason, words, said)
    assert reload(batch).counts["state"] == {"new": 2, "refused": 4}
    assert answer(client_of(cast.budi), batch, "asked_left", "non aktif", "aktif").status_code == 404
    assert asked(batch)["asked_left", "non aktif"] == 2


def test_mending_a_row_does_not_answer_its_question(cast, client_of):
    batch = send([[*person(1), "Non Aktif"]], cast.wayan, STATUS)
    row, client = batch.rows.get(), client_of(cast.wayan)
    cells = {"nik": person(1)[1], "name": "Budi Baru", "birth_date": "07/04/1965", "sex": "L"}
    address = reverse("batch_row", args=[batch.pk, row.pk])
    assert client.post(address, cells).status_code == 422
    fresh = batch.rows.get()
    assert (fresh.state, fresh.reasons, fresh.asked) == ("refused", ["asked_left"], "non aktif")
    address = reverse("batch_row", args=[batch.pk, fresh.pk])
    assert client.post(address, {**cells, "is_member": "on"}).status_code == 302
    assert batch.rows.get().state == "new"


def test_groups_that_may_not_be_meant_are_asked_as_groups(cast, client_of):
    rows = [
        ["", "Suami", "", "Istri", ""],
        ["No", "NIK", "Nama", "NIK", "Nama"],
        ["1", person(1)[1], "Budi", person(2)[1], "Siti"],
        ["2", person(3)[1], "Agus", person(4)[1], "Dewi"],
    ]
    batch = send(xlsx({"A": rows}), cast.wayan)
    assert asked(batch) == {("asked_group", "Suami"): 2, ("asked_group", "Istri"): 2}
    client = client_of(cast.wayan)
    answer(client, batch, "asked_group", "Suami", "keluar")
    answer(client, batch, "asked_group", "Istri", "aktif")
    assert sorted(batch.rows.filter(state="new").values_list("name", flat=True)) == ["Dewi", "Siti"]


def test_blocks_side_by_side_keep_their_rows_and_columns_apart(cast, client_of):
    left, right = [person(serial) for serial in (1, 2)], [person(3), person(4, nik="12")]
    rows = [[*HEADER, "", *HEADER], *([*one, "", *other] for one, other in zip(left, right, strict=True))]
    batch = send(xlsx({"A": rows}), cast.wayan)
    assert batch.counts["state"] == {"new": 3, "refused": 1}
    assert sorted(batch.rows.values_list("number", "block")) == [(2, 0), (2, 1), (3, 0), (3, 1)]
    client = client_of(cast.wayan)
    page = client.get(reverse("batch_detail", args=[batch.pk])).content.decode()
    assert "baris 3, kolom I &quot;NIK&quot;" in page
    marked = client.post(reverse("batch_marked", args=[batch.pk]), {"alasan": "surat 1"})
    assert marked.status_code == 200


def test_numbers_that_nobody_read_are_counted_and_shown(cast, client_of):
    rows = [HEADER, person(1)]
    book = xlsx({"A": rows, "lama": [HEADER, person(2), person(3)]}, hidden=["lama"])
    batch = send(book, cast.wayan)
    balance = balance_of(batch)
    assert balance.sentence == "Berkas berisi 3 baris bernomor NIK: 1 dibaca, 0 diparkir, 2 terlewat."
    assert balance.remarks == [
        'Lembar tersembunyi "lama": 2 baris bernomor NIK tidak dibaca. '
        "Bila isinya perlu dibaca, pilih lembarnya atau tampilkan di Excel, lalu kirim lagi."
    ]
    assert not balance.is_complete
    again = send_file(terms=terms(), file_name="daftar.xlsx", content=book, by=cast.wayan)
    work_on_batches()
    assert balance_of(reload(again)) == balance


def test_a_protected_workbook_opens_with_its_password_which_is_kept_nowhere(cast, client_of):
    batch = send(locked(workbook([person(1), person(2)]), SECRET), cast.wayan)
    assert (batch.state, batch.remedy) == ("refused", "password")
    assert "kata sandi" in batch.refusal
    client, address = client_of(cast.wayan), reverse("batch_password", args=[batch.pk])
    assert "Buka dengan kata sandi" in client.get(reverse("batch_detail", args=[batch.pk])).content.decode()
    for wrong in ("", "salah", "x" * 300):
        client.post(address, {"kata_sandi": wrong})
        assert reload(batch).state == "refused"
    client.post(address, {"kata_sandi": SECRET})
    work_on_batches()
    opened = reload(batch)
    assert (opened.state, opened.counts["state"], opened.remedy) == ("checked", {"new": 2}, "")
    kept = str(Batch.objects.filter(pk=batch.pk).values().get())
    content = unseal_bytes(BatchFile.objects.get(batch=batch).content_sealed)
    assert SECRET not in kept
    assert not msoffcrypto.OfficeFile(BytesIO(content)).is_encrypted()


def test_a_zip_of_lists_becomes_a_batch_for_each(cast, client_of):
    archive = zipped(
        {
            "desa/a.xlsx": workbook([person(1)]),
            "b.csv": ";".join(HEADER) + "\n" + ";".join(map(str, person(2))),
            "__MACOSX/._a.xlsx": b"x",
            "surat.docx": b"x",
        }
    )
    batch = send(archive, cast.wayan)
    assert (batch.state, batch.remedy, batch.inside) == ("refused", "unpack", ["desa/a.xlsx", "b.csv"])
    client = client_of(cast.wayan)
    assert "Kirim setiap daftar" in client.get(reverse("batch_detail", args=[batch.pk])).content.decode()
    client.post(reverse("batch_unpack", args=[batch.pk]))
    work_on_batches()
    sent = Batch.objects.exclude(pk=batch.pk).order_by("pk")
    assert [(one.file_name, one.state, one.counts["state"]) for one in sent] == [
        ("a.xlsx", "checked", {"new": 1}),
        ("b.csv", "checked", {"new": 1}),
    ]
    client.post(reverse("batch_unpack", args=[batch.pk]))
    assert Batch.objects.count() == 3


def test_a_column_that_is_said_to_be_of_no_use_asks_nothing_more(cast, client_of):
    titles, first, second = ["NIK", "No KTP", "Nama"], person(1), person(2)
    batch = send(xlsx({"A": [titles, [first[1], second[1], "Budi"]]}), cast.wayan)
    assert batch.counts["reason"] == {"nik_two_ways": 1}
    page = client_of(cast.wayan).get(reverse("batch_detail", args=[batch.pk]))
    form = page.context["columns_form"]
    chosen = {name: form.fields[name].initial for name in form.titles}
    chosen |= {name: "" for name, title in form.titles.items() if title == "No KTP"}
    client_of(cast.wayan).post(reverse("batch_columns", args=[batch.pk]), chosen)
    work_on_batches()
    assert reload(batch).titles["No KTP"] == "unused"
    assert reload(batch).counts["state"] == {"new": 1}
