"""What erasing a person, or the end of the time kept, leaves of the lists that named them."""

import json
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from participants.enums import BatchState, RowState
from participants.errors import BatchRefused
from participants.importers.header import Field
from participants.models import Batch, BatchFile, BatchRow, Enrolment, LifeEvent, Participant
from participants.person_columns import NOTHING, PERSON_COLUMNS, STORED_COLUMNS
from participants.selectors.persons.disclosure import all_about
from participants.services.batches.batch import confirm_batch, name_columns
from participants.services.batches.mend import skip_row
from participants.services.batches.undo import undo_batch
from participants.services.batches.work import work_on_batches
from participants.services.persons.erasure import ERASED_NAME
from participants.services.persons.merge import merge_participants
from participants.services.retention import apply_retention
from tests.cast import KOTA_B
from tests.factories import ParticipantFactory, nik_of
from tests.participants.batches import people, send, store
from tests.participants.erasing import died, erase
from tests.participants.extra_fields import make_field
from tests.participants.made_files import HEADER, person
from tests.participants.said_columns import said_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once")]
EXTENDED = [*HEADER, "KPJ", "No HP"]
# As an office of another kind writes it.
SPACED = "3672 0107 0465 0001"


def rows(batch):
    return list(batch.rows.order_by("number").values_list("name", "state"))


def person_of(batch, name="Budi b"):
    return Participant.objects.get(batch=batch, name=name)


def later(days):
    Batch.objects.update(entered_at=now() - timedelta(days=days + 1))


def merged(cast):
    """A row and what was merged into it, each on a list of its own."""
    first, second = (store(people(1, first=serial), cast.wayan) for serial in (1, 2))
    kept, other = person_of(first), person_of(second, "Budi c")
    merge_participants(
        keep=kept.pk,
        other=other.pk,
        keep_revision=kept.revision,
        other_revision=other.revision,
        by=cast.siti,
        reason="KTP diperiksa",
    )
    return kept, other


def test_what_another_region_holds_is_that_region_s(cast):
    own = store(people(1), cast.wayan)
    foreign = store(people(1), cast.budi, region_code=KOTA_B)
    one = person_of(own)
    told = all_about(one)
    assert [row["batch_id"] for row in told["rows_of_lists"]] == [own.pk]
    erase(one, cast)
    assert rows(own) == [("", "new")]
    assert rows(foreign) == [("Budi b", "new")]
    assert list(BatchFile.objects.values_list("batch", flat=True)) == [foreign.pk]
    assert Participant.objects.get(region=KOTA_B).name == "Budi b"


def test_what_a_row_replaced_is_handed_out_without_what_stands_sealed(cast):
    make_field(cast.admin, name="Agama", is_personal=True)
    header = [*EXTENDED, "Agama"]
    store([[*person(1), "19012345001", "081234500001", "Katolik"]], cast.wayan, header)
    batch = store([[*person(1), "19012345002", "081234500002", "Hindu"]], cast.wayan, header)
    one = Participant.objects.get()
    replaced = batch.rows.get().before["person"]
    assert {"nik_sealed", "kpj_sealed", "phone_sealed", "nik_digest"} <= set(replaced)
    told = all_about(one)
    text = json.dumps(told)
    for name, value in replaced.items():
        sealed = value.values() if isinstance(value, dict) else [value]
        if name.endswith(("_sealed", "_digest", "extra")):
            assert [one for one in sealed if one.removeprefix("\\x") in text] == [], name
    (_first, second) = told["rows_of_lists"]
    assert second["before"]["person"]["name"] == "Budi b"
    assert (second["nik"], second["kpj"], second["phone"]) == (one.nik.digits, "19012345002", "081234500002")
    assert [earlier["kpj"] for earlier in told["earlier"]] == ["19012345001"]


def test_a_list_that_waits_can_still_be_stored_without_the_person(cast):
    stored = store(people(1), cast.wayan)
    waiting = send(people(3), cast.wayan)
    assert waiting.counts["state"] == {"same": 1, "new": 2}
    erase(person_of(stored), cast)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.counts["state"]) == (BatchState.CHECKED, {"new": 2, "skipped": 1})
    assert rows(waiting) == [("", RowState.SKIPPED), ("Budi c", "new"), ("Budi d", "new")]
    confirm_batch(pk=waiting.pk, by=cast.wayan)
    work_on_batches()
    waiting.refresh_from_db()
    assert waiting.state == BatchState.STORED
    assert set(Participant.objects.values_list("name", flat=True)) == {ERASED_NAME, "Budi c", "Budi d"}


def test_a_list_whose_file_went_with_the_person_is_not_read_anew(cast):
    stored = store(people(1), cast.wayan)
    waiting = send(people(3), cast.wayan)
    erase(person_of(stored), cast)
    with pytest.raises(BatchRefused, match="Kirim lagi"):
        name_columns(pk=waiting.pk, titles={"NIK": Field.NIK}, sheets=[], by=cast.wayan)


@pytest.mark.parametrize("how", ["erased", "time"])
def test_an_equal_file_sent_again_is_read_and_not_copied(cast, settings, how):
    batch = store(people(2), cast.wayan)
    if how == "erased":
        erase(person_of(batch), cast)
    else:
        later(settings.KEEP_ROWS_DAYS)
        assert apply_retention() == {"files": 1, "rows": 2}
    again = send(people(2), cast.wayan)
    assert [name for name, _state in rows(again)] == ["Budi b", "Budi c"]
    assert not again.rows.filter(nik_digest=None).exists()


def test_a_list_that_time_has_emptied_is_not_taken_back(cast, settings):
    batch = store(people(2), cast.wayan)
    later(settings.KEEP_ROWS_DAYS)
    apply_retention()
    with pytest.raises(BatchRefused, match="sudah dihapus menurut masa simpannya"):
        undo_batch(pk=batch.pk, by=cast.wayan, reason="salah")
    batch.refresh_from_db()
    assert batch.state == BatchState.STORED
    assert Enrolment.objects.filter(batch=batch).count() == 2


def test_taking_back_a_list_leaves_the_spell_of_who_was_erased(cast):
    batch = store(people(2), cast.wayan)
    one = person_of(batch)
    erase(one, cast)
    undone = undo_batch(pk=batch.pk, by=cast.wayan, reason="salah")
    assert (undone.removed, undone.kept) == (1, 1)
    assert list(Enrolment.objects.values_list("participant", flat=True)) == [one.pk]
    assert list(Participant.objects.values_list("name", flat=True)) == [ERASED_NAME]


@pytest.mark.parametrize("through", ["root", "merged"])
def test_erasing_one_of_merged_rows_erases_all_of_them(cast, through):
    kept, other = merged(cast)
    stranger = ParticipantFactory(entered_by=cast.wayan)
    assert {row["name"] for row in all_about(other)["person"]} == {"Budi b", "Budi c"}
    erasure = erase(kept if through == "root" else other, cast)
    assert erasure.participant_id == kept.pk
    named = dict(Participant.objects.values_list("pk", "name"))
    assert named == {kept.pk: ERASED_NAME, other.pk: ERASED_NAME, stranger.pk: stranger.name}
    assert set(BatchRow.objects.values_list("name", "nik_digest")) == {("", None)}
    assert not BatchFile.objects.exists()


def test_a_death_recorded_of_a_merged_row_ends_all_of_them(cast, settings):
    _kept, other = merged(cast)
    died(other, cast.wayan, localdate() - timedelta(days=settings.KEEP_DEAD_DAYS + 1))
    LifeEvent.objects.update(entered_at=now() - timedelta(days=settings.KEEP_DEAD_DAYS + 2))
    assert apply_retention()["persons"] == 2
    assert set(Participant.objects.values_list("name", flat=True)) == {ERASED_NAME}


@pytest.mark.parametrize("nik", ["3672010704650001", SPACED])
def test_refused_rows_whose_number_stands_among_sealed_cells_only_go_too(cast, nik):
    stored = store(people(1), cast.wayan)
    parked = send([person(1, nik=nik, birth="31/02/1965"), person(2, birth="31/02/1965")], cast.wayan)
    assert [state for _name, state in rows(parked)] == ["refused", "refused"]
    # Left out by hand, its cells stay as they were.
    skip_row(batch_id=parked.pk, row_id=parked.rows.get(number=2).pk, by=cast.wayan)
    assert parked.rows.get(number=2).nik_digest is None
    (_of_the_stored, told) = all_about(person_of(stored))["rows_of_lists"]
    assert told["cells"]["nik"] == nik
    erase(person_of(stored), cast)
    emptied, other = parked.rows.order_by("number")
    assert (emptied.state, emptied.cells_sealed, emptied.name) == (RowState.SKIPPED, None, "")
    assert other.cells_sealed is not None
    assert not BatchFile.objects.filter(batch=parked).exists()


def test_every_column_of_a_person_is_emptied_by_both(cast, settings):
    """What a person or a row of a list says follows from one list of columns."""
    assert set(NOTHING) == set(STORED_COLUMNS)
    make_field(cast.admin, name="Agama", is_personal=True)
    said = [nik_of(1), *(said_of(column).first for column in PERSON_COLUMNS), "Hindu"]
    header = ["NIK", *(column.template_title for column in PERSON_COLUMNS), "Agama"]
    erased = store([said], cast.wayan, header)
    row = erased.rows.get()
    assert [name for name in STORED_COLUMNS if getattr(row, name) == NOTHING[name]] == []
    erase(Participant.objects.get(), cast)
    aged = store([said], cast.wayan, header)
    later(settings.KEEP_ROWS_DAYS)
    assert apply_retention() == {"files": 1, "rows": 1}
    for batch in (erased, aged):
        row = batch.rows.get()
        assert {name: getattr(row, name) for name in STORED_COLUMNS} == NOTHING
    emptied = Participant.objects.get(batch=erased)
    assert {name: getattr(emptied, name) for name in STORED_COLUMNS} == {**NOTHING, "name": ERASED_NAME}
