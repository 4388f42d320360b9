"""What persons hold in fields of an office's own: typed, read, mended, undone, shown, exported, sealed."""

import base64
import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from participants.enums import ExtraAbout, ExtraKind, RowState
from participants.importers.header import Field
from participants.models import BatchRow, Participant
from participants.selectors.batches.batch import fault_sentence, show_rows
from participants.selectors.extra_field import list_fields, shown_extras
from participants.selectors.persons.disclosure import all_about
from participants.selectors.persons.history import list_timeline
from participants.services.batches.batch import confirm_batch
from participants.services.batches.mend import cells_of, mend_row
from participants.services.batches.undo import undo_batch
from participants.services.batches.work import work_on_batches
from participants.services.extra_field import end_field
from participants.services.key import rotate_keys
from participants.services.persons.correction import correct_person
from participants.services.persons.entry import enter_person
from participants.services.persons.erasure import erase_persons
from participants.services.persons.unmask import unmask_person
from regions.month import first_of
from regions.roles import Role
from tests.cast import KOTA_A, KOTA_B
from tests.factories import nik_of
from tests.participants.batches import send, store, terms
from tests.participants.extra_fields import make_field
from tests.participants.made_files import HEADER, person

pytestmark = pytest.mark.django_db
SECRET = "Katolik"


@pytest.fixture
def text(cast):
    return make_field(cast.admin, name="Nomor PKH")


@pytest.fixture
def number(cast):
    return make_field(cast.admin, name="Anak", kind=ExtraKind.NUMBER)


@pytest.fixture
def day(cast):
    return make_field(cast.admin, name="Tanggal diangkat", kind=ExtraKind.DAY)


@pytest.fixture
def choice(cast):
    return make_field(
        cast.admin, name="Status rumah", kind=ExtraKind.CHOICE, choices=["Milik sendiri", "Sewa"]
    )


@pytest.fixture
def secret(cast):
    return make_field(cast.admin, name="Agama", is_personal=True)


def typed():
    return {Field.NIK: nik_of(1), Field.NAME: "Asep Rukmana"}


def enter(by, cells, **changes):
    return enter_person(by=by, terms=terms(**changes), cells={**typed(), **cells})


def opened(person, by):
    return unmask_person(participant_id=person.pk, reason="surat 12/2025", by=by).extra


def fields_of(user):
    return list_fields(user, KOTA_A, ExtraAbout.PERSON, ended=True)


def messages(entered):
    return [(str(fault.field), fault.message) for fault in entered.faults]


def test_all_kinds_are_kept_as_what_they_are(cast, text, number, day, choice, secret):
    cells = {text.key: " PKH  12 ", number.key: "1.528", day.key: "1 Feb 2025", choice.key: "milik SENDIRI"}
    person = enter(cast.wayan, {**cells, secret.key: SECRET}).participant
    digest = person.extra.pop(secret.key)
    assert person.extra == {
        **{text.key: "PKH 12", number.key: 1528},
        **{day.key: "2025-02-01", choice.key: "Milik sendiri"},
    }
    assert (len(digest), SECRET in str(person.extra_sealed), list(person.extra_sealed)) == (
        64,
        False,
        [secret.key],
    )
    person.refresh_from_db()
    shown = [*("PKH 12", "1.528", "01/02/2025", "Milik sendiri"), "*****"]
    assert [value for _name, value in shown_extras(fields_of(cast.wayan), person)] == shown
    assert unmask_person(participant_id=person.pk, reason="surat 12/2025", by=cast.siti).extra == {
        "Agama": SECRET
    }


@pytest.mark.parametrize(
    ("kind", "cell", "words"),
    [
        (ExtraKind.TEXT, "a" * 251, "lebih dari 250"),
        (ExtraKind.NUMBER, "dua", "bukan bilangan bulat"),
        (ExtraKind.NUMBER, "1,5", "bukan bilangan bulat"),
        (ExtraKind.NUMBER, "9" * 17, "bukan bilangan bulat"),
        (ExtraKind.DAY, "31/02/2025", "bukan tanggal"),
        (ExtraKind.DAY, "1/1/1025", "bukan tanggal"),
        (ExtraKind.CHOICE, "Kontrak", "bukan salah satu"),
    ],
)
def test_a_wrong_value_is_told_at_its_cell_and_nothing_is_stored(cast, kind, cell, words):
    field = make_field(cast.admin, kind=kind, choices=["Sewa"])
    entered = enter(cast.wayan, {field.key: cell})
    (told,) = messages(entered)
    assert told[0] == field.key
    assert words in told[1]
    assert not Participant.objects.exists()


def test_a_required_field_is_filled_by_who_types(cast):
    field = make_field(cast.admin, is_required=True)
    assert messages(enter(cast.wayan, {field.key: " "})) == [
        (field.key, "Isian ini wajib diisi. Isi sebelum menyimpan.")
    ]
    person = enter(cast.wayan, {field.key: "12"}).participant
    for blank in ("", "HAPUS"):
        again = correct_person(
            **{"participant_id": person.pk, "revision": 1, "reason": "salah", "by": cast.wayan},
            cells={Field.NAME: "Asep Rukmana", field.key: blank},
        )
        assert messages(again) == [(field.key, "Isian ini wajib diisi. Isi sebelum menyimpan.")]


def test_a_field_of_another_region_or_role_takes_nothing(cast):
    elsewhere = make_field(cast.admin, region_code=KOTA_B, name="Lain")
    hidden = make_field(cast.admin, name="Verifikator saja", seen_by=[Role.SUPERVISOR])
    for field in (elsewhere, hidden):
        assert messages(enter(cast.wayan, {field.key: "12"})) == [
            (field.key, "Isian ini bukan untuk wilayah ini. Kosongkan.")
        ]


def correct(by, person, cells, revision):
    cells = {Field.NAME: person.name, **cells}
    return correct_person(
        participant_id=person.pk, revision=revision, cells=cells, reason="salah ketik", by=by
    ).participant


def test_it_is_corrected_and_emptied_and_its_history_told(cast, text, secret):
    person = enter(cast.wayan, {text.key: "1", secret.key: SECRET}).participant
    # What is not shown stays where it is left blank.
    changed = correct(cast.wayan, person, {text.key: "2", secret.key: ""}, 1)
    assert (changed.extra[text.key], changed.extra[secret.key]) == ("2", person.extra[secret.key])
    emptied = correct(cast.wayan, person, {text.key: "", secret.key: "HAPUS"}, 2)
    assert (emptied.extra, emptied.extra_sealed) == ({}, {})
    told = [
        [(one.label, one.old, one.new) for one in entry.alterations]
        for entry in list_timeline([emptied], [], [text, secret])
    ]
    assert told == [[("Nomor PKH", "2", ""), ("Agama", "", "dihapus")], [("Nomor PKH", "1", "2")]]
    # Who does not see a field is not told of it.
    assert [entry.alterations for entry in list_timeline([emptied], [])] == []


class TestLists:
    def test_a_column_of_its_name_is_read_into_it(self, cast, text, number, secret):
        header = [*HEADER, "NOMOR PKH", "Anak", "Agama"]
        batch = store([[*person(1), "A-1", 2, SECRET], [*person(2), "", "", ""]], cast.wayan, header)
        assert batch.counts["state"] == {"new": 2}
        first, second = Participant.objects.order_by("extra__" + text.key)
        assert (first.extra[text.key], first.extra[number.key], second.extra) == ("A-1", 2, {})
        assert unmask_person(participant_id=first.pk, reason="surat 12", by=cast.siti).extra == {
            "Agama": SECRET
        }
        # The same file again changes nothing; another value changes that one alone, a blank one nothing.
        again = send([[*person(1), "A-1", 2, SECRET], [*person(2), "", "", ""]], cast.wayan, header)
        assert again.counts["state"] == {"same": 2}
        changed = send([[*person(1), "A-2", "", ""]], cast.wayan, header)
        (shown,) = show_rows(changed, changed.rows.all())
        assert [(one.label, one.new) for one in shown.differences] == [("isian tambahan", "diganti")]
        confirm_batch(pk=changed.pk, by=cast.wayan)
        work_on_batches()
        first.refresh_from_db()
        assert (first.extra[text.key], first.extra[number.key]) == ("A-2", 2)
        undo_batch(pk=changed.pk, by=cast.wayan, reason="salah kirim")
        first.refresh_from_db()
        assert (first.extra[text.key], list(first.extra_sealed)) == ("A-1", [secret.key])

    def test_hapus_empties_it(self, cast, text):
        header = [*HEADER, "Nomor PKH"]
        store([[*person(1), "A-1"]], cast.wayan, header)
        store([[*person(1), "HAPUS"]], cast.wayan, header)
        assert Participant.objects.get().extra == {}

    def test_a_wrong_value_is_parked_told_and_mended(self, cast, number, client_of):
        batch = send([[*person(1), "dua"], [*person(2), 3]], cast.wayan, [*HEADER, "Anak"])
        assert batch.counts["state"] == {"refused": 1, "new": 1}
        row = batch.rows.get(state=RowState.REFUSED)
        assert row.reasons == ["extra_number"]
        assert fault_sentence(batch, row, "extra_number").startswith('Lembar "Linmas", baris 2, kolom ')
        assert '"Anak"' in fault_sentence(batch, row, "extra_number")
        page = client_of(cast.wayan).get(reverse("batch_row", args=[batch.pk, row.pk]))
        assert page.context["form"][number.key].value() == "dua"
        grid = client_of(cast.wayan).get(reverse("batch_mend", args=[batch.pk])).content.decode()
        assert ("Anak" in grid, number.key in grid) == (True, True)
        mended = mend_row(
            batch_id=batch.pk, row_id=row.pk, cells={**cells_of(row), number.key: "2"}, by=cast.wayan
        )
        assert (mended.state, mended.extra) == (RowState.NEW, {number.key: 2})

    def test_a_required_column_left_blank_is_a_doubt(self, cast):
        make_field(cast.admin, is_required=True)
        batch = send([[*person(1), ""]], cast.wayan, [*HEADER, "Nomor PKH"])
        assert (batch.counts["state"], batch.counts["doubt"]) == ({"new": 1}, {"extra_missing": 1})
        assert "doubt" not in send([person(1)], cast.wayan).counts.get("reason", {})

    def test_a_column_of_a_field_that_the_sender_does_not_see_is_left(self, cast):
        field = make_field(cast.admin, seen_by=[Role.SUPERVISOR])
        store([[*person(1), "A-1"]], cast.wayan, [*HEADER, "Nomor PKH"])
        assert Participant.objects.get().extra == {}
        store([[*person(1), "A-1"]], cast.siti, [*HEADER, "Nomor PKH"])
        assert Participant.objects.get().extra == {field.key: "A-1"}

    def test_the_template_has_a_column_and_its_choices(self, cast, choice, client_of):
        content = client_of(cast.wayan).get(reverse("list_template"), {"wilayah": KOTA_A}).content
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        (*_some, titles) = book.get_sheet_by_name("Daftar").to_python()[:4]
        assert titles[-1] == "Status rumah"
        assert book.get_sheet_by_name("Pilihan").to_python() == [["Milik sendiri"], ["Sewa"]]
        sheet = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
        assert "Pilihan!$A$1:$A$2" in sheet


class TestPages:
    def test_typed_shown_and_corrected_in_forms(self, cast, text, choice, secret, client_of):
        client = client_of(cast.wayan)
        page = client.get(reverse("person_add"))
        assert [page.context["cells"][field.key].label for field in (text, choice, secret)] == [
            *("Nomor PKH", "Status rumah", "Agama"),
        ]
        sent = {
            **{"region": KOTA_A, "category": "linmas", "funding": "apbd_kabkota", "first_month": "2025-01"},
            **{"programmes": ["jkk", "jkm"], "source": "SK 1", "as_of": "31/01/2025", "nik": nik_of(1)},
            **{"name": "Asep", text.key: "A-1", choice.key: "Kontrak", secret.key: SECRET},
        }
        refused = client.post(reverse("person_add"), sent)
        assert (refused.status_code, list(refused.context["cells"].errors)) == (422, [choice.key])
        assert client.post(reverse("person_add"), sent | {choice.key: "Sewa"}).status_code == 302
        person = Participant.objects.get()
        shown = client.get(reverse("person_detail", args=[person.pk])).content.decode()
        assert all(word in shown for word in ("Nomor PKH", "A-1", "Sewa", "*****"))
        assert SECRET not in shown
        form = client.get(reverse("person_correct", args=[person.pk])).context["form"]
        assert [form[field.key].value() for field in (text, choice, secret)] == ["A-1", "Sewa", ""]

    def test_the_list_and_its_files(self, cast, text, secret, client_of):
        enter(cast.wayan, {text.key: "=A1", secret.key: SECRET})
        client = client_of(cast.siti)
        page = client.get(reverse("person_list"))
        assert page.context["extra_titles"] == ["Nomor PKH"]
        assert [one.extras for one in page.context["listed"]] == [("=A1",)]
        masked = client.get(reverse("person_export"), {"bentuk": "csv"})
        head, row = csv.reader(StringIO(b"".join(masked.streaming_content).decode("utf-8-sig")))
        assert (head[-2:], row[-2:]) == (["Nomor PKH", "Agama"], ["'=A1", "*****"])
        whole = client.post(reverse("person_export"), {"bentuk": "csv", "alasan": "surat 12/2025"})
        *_before, row = csv.reader(StringIO(b"".join(whole.streaming_content).decode("utf-8-sig")))
        assert row[-1] == SECRET
        # Another region's officer has no such column.
        other = client_of(cast.budi).get(reverse("person_list"))
        assert other.context["extra_titles"] == []

    def test_a_field_that_ended_is_shown_and_typed_no_more(self, cast, text, client_of):
        person = enter(cast.wayan, {text.key: "A-1"}).participant
        end_field(pk=text.pk, revision=1, last_month=first_of(text.first_month), by=cast.admin)
        assert shown_extras(fields_of(cast.wayan), person) == [("Nomor PKH", "A-1")]
        form = client_of(cast.wayan).get(reverse("person_correct", args=[person.pk])).context["form"]
        assert text.key not in form.fields


def test_keys_are_changed_and_equal_values_stay_equal(cast, text, secret, settings):
    header = [*HEADER, "Nomor PKH", "Agama"]
    rows = [[*person(1), "A-1", SECRET]]
    store(rows, cast.wayan, header)
    settings.NIK_KEYS = f"{settings.NIK_KEYS},9:{base64.b64encode(b'2' * 32).decode()}"
    rotate_keys(by=cast.admin)
    assert rotate_keys(by=cast.admin) == 0
    settings.NIK_KEYS = settings.NIK_KEYS.split(",")[1]
    for row in (*Participant.objects.all(), *BatchRow.objects.all()):
        assert row.extra_sealed[secret.key][:2] == "09"
    assert send(rows, cast.wayan, header).counts["state"] == {"same": 1}


def test_undoing_after_a_change_of_keys_brings_back_what_is_sealed_anew(cast, secret, settings):
    header = [*HEADER, "Agama"]
    store([[*person(1), SECRET]], cast.wayan, header)
    changed = store([[*person(1, name="Budi Baru"), "Lain"]], cast.wayan, header)
    settings.NIK_KEYS = f"{settings.NIK_KEYS},9:{base64.b64encode(b'2' * 32).decode()}"
    rotate_keys(by=cast.admin)
    assert rotate_keys(by=cast.admin) == 0
    settings.NIK_KEYS = settings.NIK_KEYS.split(",")[1]
    undo_batch(pk=changed.pk, by=cast.wayan, reason="salah daftar")
    person_now = Participant.objects.get()
    assert person_now.nik.digits == person(1)[1]
    assert opened(person_now, cast.siti) == {"Agama": SECRET}
    assert send([[*person(1), SECRET]], cast.wayan, header).counts["state"] == {"same": 1}


def test_the_person_is_told_all_of_it_and_it_is_erased_with_them(cast, text, secret):
    person = enter(cast.wayan, {text.key: "A-1", secret.key: SECRET}).participant
    told = all_about(Participant.objects.get(pk=person.pk))
    assert told["person"][0]["extra"] == {"Nomor PKH": "A-1", "Agama": SECRET}
    assert told["rows_of_lists"][0]["extra"] == {"Nomor PKH": "A-1", "Agama": SECRET}
    erase_persons([person.pk])
    person.refresh_from_db()
    assert (person.extra, person.extra_sealed) == ({}, {})
    assert BatchRow.objects.values_list("extra", "extra_sealed").get() == ({}, {})
