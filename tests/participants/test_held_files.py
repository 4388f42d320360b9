"""Files dropped before it is said what they are of: kept, guessed about, sent, never lost."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from participants.models import Batch, HeldFile
from participants.selectors.batches.guess import Guess, find_held, guess_of
from participants.services.batches.hold import forget_old_held, hold_file
from regions.cipher import unseal_bytes
from regions.errors import NotPermitted
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from tests.cast import KOTA_A
from tests.participants.batches import store
from tests.participants.made_files import HEADER, person, xlsx

DROP, SEND, FORGET = reverse("batch_drop"), reverse("batch_send"), reverse("batch_drop_forget")
TITLES = [
    ["DAFTAR PENERIMA IURAN JAMSOSTEK"],
    ["KETUA RT/RW KOTA CILEGON BULAN AGUSTUS 2025"],
    ["Surat Pengantar Nomor 465/120/Pemtrans/2025"],
]
ANSWERS = {
    "region": KOTA_A,
    "category": "rt_rw",
    "funding": "apbd_kabkota",
    "first_month": "2025-08",
    "programmes": ["jkk", "jkm"],
    "source": "Surat 465/120",
    "as_of": "2025-08-31",
}

pytestmark = pytest.mark.django_db


def workbook(*titles, rows=(1, 2)):
    return xlsx({"Rekap": [*titles, HEADER, *(person(serial) for serial in rows)]})


def upload(content, name="daftar.xlsx"):
    return SimpleUploadedFile(name, content)


def guessed(user, content, name):
    held = hold_file(file_name=name, content=content, by=user)
    return guess_of(user, held, list_entry_regions(user, Permission.ENTER_PERSONS))


def test_titles_and_earlier_lists_say_what_it_is(cast):
    first = guessed(cast.wayan, workbook(*TITLES), "rtrw.xlsx")
    assert first == Guess(
        KOTA_A, "rt_rw", None, date(2025, 8, 1), None, "Surat Pengantar Nomor 465/120/Pemtrans/2025"
    )
    july = date(2025, 7, 1)
    store([person(1)], cast.wayan, category="rt_rw", first_month=july, last_month=july, programmes=("jkk",))
    again = guessed(cast.wayan, workbook(*TITLES), "rtrw.xlsx")
    assert again == Guess(
        region=KOTA_A,
        category="rt_rw",
        funding="apbd_kabkota",
        first_month=date(2025, 8, 1),
        last_month=date(2025, 8, 1),
        source="Surat Pengantar Nomor 465/120/Pemtrans/2025",
        programmes=("jkk",),
        segment="bpu",
    )


@pytest.mark.parametrize(
    ("name", "category", "month"),
    [
        ("Data Linmas September 2025.xlsx", "linmas", date(2025, 9, 1)),
        ("NELAYAN_2025-10.xlsx", "nelayan", date(2025, 10, 1)),
        ("linmas dan nelayan.xlsx", None, None),
        ("Juli 2025 sampai Agustus 2025 kader.xlsx", "kader", None),
        ("daftar fix banget (2).xlsx", None, None),
        ("Linmas 1812.xlsx", "linmas", None),
    ],
)
def test_the_name_of_the_file_tells_and_doubt_is_none(cast, name, category, month):
    found = guessed(cast.wayan, workbook(), name)
    assert (found.category, found.first_month, found.source) == (category, month, "")


def test_a_house_has_a_number_too(cast):
    address = ["Kantor Kelurahan, Jl. Melati No. 12"]
    assert guessed(cast.wayan, workbook(address), "linmas.xlsx").source == ""
    assert (
        guessed(cast.wayan, workbook(address, ["No: B/12/VII/2025"]), "linmas.xlsx").source
        == "No: B/12/VII/2025"
    )


def test_no_person_is_among_the_words(cast):
    content = workbook(["Linmas NIK 3672010704650051"], *TITLES)
    held = hold_file(file_name="3672010704650051.xlsx", content=content, by=cast.wayan)
    assert held.words[:2] == ["Rekap", "Linmas NIK 367201******0051"]
    assert "Budi" not in str(held.words)
    assert held.file_name == "367201******0051.xlsx"
    assert unseal_bytes(held.content_sealed) == content
    broken = hold_file(file_name="x.xlsx", content=b"PK\x03\x04 no workbook", by=cast.wayan)
    assert broken.words == ["PK\x03\x04 no workbook"]
    text = hold_file(
        file_name="x.csv", content=b"LINMAS AGUSTUS 2025\nNo;NIK;Nama;Alamat\n1;2;3;4", by=cast.wayan
    )
    assert text.words == ["LINMAS AGUSTUS 2025"]


def test_dropped_asked_and_sent(cast, client_of):
    client = client_of(cast.wayan)
    dropped = client.post(DROP, {"file": [upload(workbook(*TITLES)), upload(workbook(), "lain.xlsx")]})
    one, other = HeldFile.objects.order_by("pk")
    assert dropped.headers["Location"] == f"{SEND}?berkas={one.pk}"
    page = client.get(dropped.headers["Location"]).content.decode()
    assert 'value="2025-08"' in page
    assert "Surat Pengantar Nomor 465/120/Pemtrans/2025" in page
    assert f"?berkas={other.pk}" in page
    # A missing answer keeps the file; the answers that follow send it.
    missing = client.post(SEND, {**ANSWERS, "held": one.pk, "source": ""})
    assert missing.status_code == 422
    assert f'name="held" value="{one.pk}"' in missing.content.decode()
    assert client.post(SEND, {**ANSWERS, "held": one.pk}).status_code == 302
    batch = Batch.objects.get()
    assert (batch.category_id, batch.first_month, batch.file_name) == (
        "rt_rw",
        date(2025, 8, 1),
        "daftar.xlsx",
    )
    assert list(HeldFile.objects.all()) == [other]
    client.post(FORGET, {"berkas": other.pk})
    assert not HeldFile.objects.exists()


def test_a_file_that_comes_with_the_form_is_kept_when_an_answer_is_missing(cast, client_of):
    client = client_of(cast.wayan)
    missing = client.post(SEND, {**ANSWERS, "category": "", "file": upload(workbook())})
    held = HeldFile.objects.get()
    assert missing.status_code == 422
    assert "Berkas “daftar.xlsx” sudah di sini." in missing.content.decode()
    # Another file takes its place.
    again = client.post(
        SEND, {**ANSWERS, "category": "", "held": held.pk, "file": upload(workbook(), "b.xlsx")}
    )
    assert again.status_code == 422
    assert HeldFile.objects.get().file_name == "b.xlsx"
    sent = client.post(SEND, {**ANSWERS, "held": HeldFile.objects.get().pk})
    assert (sent.status_code, Batch.objects.get().file_name) == (302, "b.xlsx")


def test_nobody_else_finds_it(cast, client_of):
    held = hold_file(file_name="x.xlsx", content=workbook(), by=cast.wayan)
    for user in (cast.siti, cast.budi, cast.admin):
        assert find_held(user, str(held.pk)) is None
        assert client_of(user).post(FORGET, {"berkas": held.pk}).status_code == 404
    assert client_of(cast.siti).post(SEND, {**ANSWERS, "held": held.pk}).status_code == 422
    with pytest.raises(NotPermitted):
        hold_file(file_name="x.xlsx", content=b"x", by=cast.ratna)
    assert find_held(cast.wayan, "x") is None


def test_it_is_kept_for_days_not_for_ever(cast, client_of):
    held = hold_file(file_name="x.xlsx", content=workbook(), by=cast.wayan)
    assert forget_old_held() == 0
    HeldFile.objects.update(at=now() - timedelta(days=4))
    assert forget_old_held() == 1
    assert not HeldFile.objects.filter(pk=held.pk).exists()
    client = client_of(cast.wayan)
    for number in range(21):
        client.post(DROP, {"file": upload(b"x", f"{number}.csv")})
    assert HeldFile.objects.count() == 20
    assert "Masih banyak berkas Anda" in client.get(SEND).content.decode()
