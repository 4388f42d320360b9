"""The search on every page: what it finds, for whom, and that no number of a person gets into an address."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.services.allocation import record_allocations
from budgets.services.construction_project import record_projects
from budgets.services.employer import record_employers
from budgets.services.reconciliation import FileQuestion, Upload
from participants.models import LookUp, PersonReading
from participants.selectors.persons.by_name import search_persons
from regions.search_words import may_be_of_a_person
from regions.viewing import begin_viewing
from reports.enums import HitKind
from reports.selectors.search.places import month_and_rest
from reports.selectors.search.search import search_everything
from tests.budgets.money_files import paid, send, workbook
from tests.budgets.reconciliations import reconcile
from tests.cast import KOTA_A, KOTA_B
from tests.factories import (
    AllocationFactory,
    ConstructionProjectFactory,
    EmployerFactory,
    ParticipantFactory,
    nik_of,
)
from tests.participants.batches import people, store
from tests.participants.made_files import xlsx
from tests.reports.packs import made

pytestmark = pytest.mark.usefixtures("cast_once")


@pytest.fixture
def world(cast, figures):
    """Two persons of one name in two cities, a list, a budget line and a pack of Kota A."""
    ParticipantFactory(entered_by=cast.siti, name="Sukarman Jaya", digits=nik_of(1))
    ParticipantFactory(entered_by=cast.siti, name="Jaya Sukarman", digits=nik_of(2))
    ParticipantFactory(entered_by=cast.budi, name="Sukarman Tetangga", digits=nik_of(3), region_id=KOTA_B)
    batch = store(people(1), cast.wayan)
    account = {"account": "5.1.02.02.02.0006", "sub_activity": "2.07.05.2.01.0003"}
    line = record_allocations([AllocationFactory(**account)], by=cast.siti).created[0]
    return batch, line, made(cast.siti)


def found(user, text):
    """Kind → titles, as far as anything is found."""
    groups = search_everything(user, text, most=8)
    return {str(group.kind.value): [hit.title for hit in group.hits] for group in groups}


def test_each_kind_is_found_by_its_words(cast, world):
    batch, line, pack = world
    assert found(cast.siti, "sukarman")["peserta"] == ["Sukarman Jaya", "Jaya Sukarman"]
    assert found(cast.siti, "jaya suk")["peserta"] == ["Jaya Sukarman", "Sukarman Jaya"]
    assert found(cast.siti, "kota cilegon")["wilayah"] == ["Kota Cilegon"]
    assert found(cast.siti, KOTA_A)["wilayah"][0] == "Kota Cilegon"
    for text in (f"#{batch.pk}", str(batch.pk), batch.file_name[:6].upper()):
        assert f"#{batch.pk} {batch.file_name}" in found(cast.siti, text)["unggahan"], text
    for text in (line.account, "510202020006", "2.07.05", "iuran JKK", f"linmas {line.year}"):
        assert len(found(cast.siti, text)["anggaran"]) == 1, text
    assert found(cast.siti, pack.printed_code[:7].lower())["paket"] == [pack.printed_code]
    assert found(cast.siti, pack.code)["paket"] == [pack.printed_code]
    assert found(cast.siti, "kalkulator")["halaman"] == ["Kalkulator iuran dan manfaat"]
    assert found(cast.siti, "tidak-ada-begini") == {}


def test_employers_and_projects_lead_to_their_register(cast, world, client_of):
    for month in (5, 7):
        record_employers([EmployerFactory(name="Toko Maju", month=date(2025, month, 1))], by=cast.siti)
    project = ConstructionProjectFactory(package_name="Drainase Maju", contractor="CV Bersama")
    record_projects([project], by=cast.siti)
    told = found(cast.siti, "maju")
    assert (told["pemberi-kerja"], told["proyek"]) == (["Toko Maju"], ["Drainase Maju"])
    assert found(cast.siti, "bersama")["proyek"] == ["Drainase Maju"]
    client = client_of(cast.siti)
    for group in search_everything(cast.siti, "maju", most=8):
        assert group.kind in {HitKind.EMPLOYERS, HitKind.PROJECTS}
        (hit,) = group.hits
        assert "Maju" in client.get(hit.url).content.decode()
    for blind in (cast.budi, cast.dewi, cast.ratna, cast.nobody):
        assert not {"pemberi-kerja", "proyek"} & set(found(blind, "maju"))


def test_files_of_money_and_reconciliations_lead_to_their_pages(cast, world, client_of):
    file = send(workbook([paid(1, "16.800")]), cast.siti, name="rekap-juli.xlsx")
    table = [["No", "NIK", "KPJ", "Nama", "Iuran"], [1, nik_of(1), "", "Sukarman Jaya", "16.800"]]
    upload = Upload("tagihan-juli.xlsx", xlsx({"Aktif": table}))
    asked = FileQuestion(KOTA_A, date(2025, 7, 1))
    told = reconcile(question=asked, members=upload, payments=None, by=cast.wayan)
    for text in (f"#{file.pk}", "rekap-juli", "rekap cilegon", "iuran cilegon"):
        assert found(cast.siti, text)["berkas"] == [f"#{file.pk} rekap-juli.xlsx"], text
    for text in (f"#{told.pk} cilegon", "tagihan-juli"):
        assert found(cast.siti, text)["rekonsiliasi"] == [f"#{told.pk} Juli 2025"], text
    client = client_of(cast.siti)
    for group in search_everything(cast.siti, "juli.xlsx", most=8):
        (hit,) = group.hits
        assert client.get(hit.url).status_code == 200
    for blind in (cast.budi, cast.nobody):
        assert not {"berkas", "rekonsiliasi"} & set(found(blind, "juli.xlsx"))


def test_months_lead_to_what_is_done_in_them(cast, world):
    (group,) = [
        group
        for group in search_everything(cast.wayan, "2025-08 cilegon", most=8)
        if group.kind == HitKind.MONTHS
    ]
    (hit,) = group.hits
    assert (hit.title, hit.url) == ("Agustus 2025, Kota Cilegon", f"/bulan/{KOTA_A}/2025-08/")
    assert [url for _label, url in hit.links] == [
        f"/wilayah/{KOTA_A}/?periode=2025-08",
        f"/isian/{KOTA_A}/2025-08/",
        reverse("money_month", args=[KOTA_A, "2025-08"]),
        f"/peserta/bulan/{KOTA_A}/2025-08/",
    ]
    # Without a region it is the own one; planners enter nothing and see no persons.
    assert found(cast.siti, "agustus 2025")["bulan"] == ["Agustus 2025, Kota Cilegon"]
    months = next(iter(search_everything(cast.dewi, "08/2025 cilegon", most=8)))
    assert [len(one.links) for one in months.hits] == [1]


@pytest.mark.parametrize(
    ("words", "month", "rest"),
    [
        (["2025-08", "cilegon"], date(2025, 8, 1), ["cilegon"]),
        (["kota", "Agustus", "2025"], date(2025, 8, 1), ["kota"]),
        (["agt-25"], date(2025, 8, 1), []),
        (["cilegon", "2025"], None, ["cilegon", "2025"]),
        ([], None, []),
    ],
)
def test_a_month_is_taken_out_of_the_words(words, month, rest):
    assert month_and_rest(words) == (month, rest)


def test_nobody_finds_what_they_may_not_see(cast, world):
    batch, line, pack = world
    assert found(cast.budi, "sukarman")["peserta"] == ["Sukarman Tetangga"]
    for text in ("cilegon", batch.file_name, line.account, pack.code, f"2025-08 {KOTA_A}"):
        assert found(cast.budi, text) == {}, text
    for blind in (cast.dewi, cast.ratna):
        assert not {"peserta", "unggahan"} & set(found(blind, "sukarman") | found(blind, batch.file_name))
        assert found(blind, line.account)["anggaran"]
    assert len(found(cast.lestari, "sukarman")["peserta"]) == 3
    assert found(cast.nobody, "sukarman cilegon") == {}


@pytest.mark.parametrize("text", ["su", "a b c", "sukarman 1", ""])
def test_too_little_of_a_name_finds_nobody(cast, world, text):
    assert list(search_persons(cast.siti, text)) == []


def test_names_are_found_by_their_index(cast, world):
    rows = search_persons(cast.admin, "sukarman")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
    assert "participant_name_part" in rows.explain()


def test_a_few_questions_and_a_note_of_who_was_seen(cast, world, client_of):
    client = client_of(cast.siti)
    client.get("/tugas/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.post(reverse("search_suggest"), {"kata": "sukarman"})
    assert answer.content.decode().count("Sukarman") == 2
    assert len(queries) <= 14
    note = PersonReading.objects.get()
    assert (note.reader, note.page, note.rows) == (cast.siti, "search", 2)


def test_words_lead_to_an_address_and_all_of_a_kind_to_their_pages(cast, world, client_of):
    client = client_of(cast.siti)
    for serial in range(10, 70):
        ParticipantFactory(entered_by=cast.siti, name=f"Nur {chr(65 + serial % 26)}", digits=nik_of(serial))
    answer = client.post(reverse("search"), {"kata": " nur "})
    assert (answer.status_code, answer.url) == (302, "/cari/?kata=nur")
    page = client.get(answer.url)
    assert len(page.context["groups"][0].hits) == 8
    assert "/cari/?kata=nur&amp;jenis=peserta" in page.content.decode()
    second = client.get("/cari/?kata=nur&jenis=peserta&halaman=2")
    assert len(second.context["groups"][0].hits) == 10
    assert PersonReading.objects.order_by("pk").last().rows == 10


@pytest.mark.parametrize("typed", [nik_of(1), "3672 0107 0465 0001", "3672-0107-0465-0001"])
def test_a_nik_is_answered_without_an_address(cast, world, client_of, typed):
    answer = client_of(cast.siti).post(reverse("search"), {"kata": typed})
    assert answer.status_code == 200
    assert "location" not in answer.headers
    assert LookUp.objects.count() == 1
    suggested = client_of(cast.siti).post(reverse("search_suggest"), {"kata": typed}).content.decode()
    assert "Tekan Enter" in suggested
    assert LookUp.objects.count() == 1


def test_who_is_found_by_nik_and_who_may_not_ask(cast, world, client_of):
    def said(user):
        return client_of(user).post(reverse("search"), {"kata": nik_of(1)}).content.decode()

    assert "Sukarman Jaya" in said(cast.siti)
    assert "Belum tercatat di wilayah Anda" in said(cast.budi)
    before = LookUp.objects.count()
    assert "Hasil untuk" not in said(cast.dewi)
    assert LookUp.objects.count() == before


def test_a_mistyped_nik_says_why(cast, world, client_of):
    answer = client_of(cast.siti).post(reverse("search"), {"kata": nik_of(1)[:15]})
    assert answer.status_code == 422
    assert "16 angka" in answer.content.decode()


def test_a_nik_in_the_address_is_taken_out_of_it(cast, world, client_of):
    answer = client_of(cast.siti).get("/cari/", {"kata": nik_of(1)})
    assert (answer.status_code, answer.url) == (302, "/cari/")
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        "Ketik NIK di kotak pencarian, bukan di alamat halaman."
    ]
    assert not LookUp.objects.exists()


def test_who_looks_on_as_another_finds_words_and_looks_up_nobody(cast, world, client_of, rf):
    client = client_of(cast.admin)
    session = client.session
    request = rf.get("/")
    request.user, request.session = cast.admin, session
    begin_viewing(request, cast.siti)
    session.save()
    assert client.post(reverse("search"), {"kata": "sukarman"}).status_code == 302
    answer = client.post(reverse("search"), {"kata": nik_of(1)})
    assert (answer.status_code, LookUp.objects.count()) == (200, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (nik_of(1), True),
        ("367201070", True),
        ("budi 3672 0107 0465 0001", True),
        ("0812-3456-7890", True),
        ("36720107", False),
        ("5.1.02.02.02.0006", False),
        ("2025-08 cilegon", False),
        ("36.72.01.1001", False),
        ("", False),
    ],
)
def test_which_numbers_stay_out_of_addresses(text, expected):
    assert may_be_of_a_person(text) is expected
