"""A list from the file to the facts and back."""

import os
import signal
from datetime import date

import pytest

from participants.enums import BatchState, Occurrence
from participants.errors import BatchRefused
from participants.models import Batch, BatchRow, Enrolment, Participant
from participants.services.batches import reading_process
from participants.services.batches.batch import cancel_batch, confirm_batch, name_columns
from participants.services.batches.undo import undo_batch
from participants.services.batches.work import work_on_batches
from participants.services.persons.participant import record_life_event
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act, Change
from tests.participants.batches import people, send, store, workbook
from tests.participants.made_files import HEADER, person, sheet_xml, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once")]


def states(batch):
    return batch.counts["state"]


def facts():
    """Everything a batch may change, by value."""
    persons = {
        (p.region_id, p.nik.digits, p.name, p.birth_date, p.sex, p.district_name, p.kpj, p.phone)
        for p in Participant.objects.all()
    }
    spells = {
        (e.participant.nik.digits, e.category_id, e.funding_id, e.first_month, e.last_month, e.state)
        for e in Enrolment.objects.select_related("participant")
    }
    return persons, spells


def test_a_dry_run_stores_nothing(cast):
    batch = send(people(3), cast.wayan)
    assert (batch.state, states(batch)) == (BatchState.CHECKED, {"new": 3})
    assert facts() == (set(), set())


def test_a_stored_list_is_persons_spells_a_change_and_an_act(cast):
    Change.objects.all().delete()
    batch = store(people(2), cast.wayan)
    assert (batch.state, states(batch), batch.done) == (BatchState.STORED, {"new": 2}, 2)
    one = Participant.objects.get(name="Budi b")
    assert one.nik.digits == "3672010704650001"
    spell = Enrolment.objects.get(participant=one)
    assert (spell.region_id, spell.category_id, spell.funding_id) == ("36.72", "linmas", "apbd_kabkota")
    assert (spell.first_month, spell.last_month, spell.state) == (date(2025, 1, 1), None, "active")
    assert (spell.batch_id, spell.sheet, spell.row_number) == (batch.pk, "Linmas", 2)
    change = Change.objects.get()
    assert (change.region_id, change.first_month, change.last_month) == ("36.72", date(2025, 1, 1), None)
    act = Act.objects.first()
    assert (act.verb, act.actor_name, act.region_code) == ("imported", "wayan", "36.72")
    assert act.detail["rows"] == {"new": 2}
    assert "367201" not in str(act.detail) + act.subject


def test_the_same_file_again_changes_nothing(cast):
    store(people(3), cast.wayan)
    before = facts()
    again = store(people(3), cast.wayan)
    assert states(again) == {"same": 3}
    assert facts() == before
    assert Enrolment.objects.count() == Participant.objects.count() == 3


def test_good_rows_go_in_and_bad_ones_are_parked(cast):
    rows = [*people(3), person(4, nik="3,67E+15"), person(5, name="")]
    batch = store(rows, cast.wayan)
    assert states(batch) == {"new": 3, "refused": 2}
    assert batch.counts["reason"] == {"nik_damaged_by_spreadsheet": 1, "name_missing": 1}
    assert Participant.objects.count() == 3
    parked = list(BatchRow.objects.filter(batch=batch, state="refused").values_list("number", "reasons"))
    assert parked == [(5, ["nik_damaged_by_spreadsheet"]), (6, ["name_missing"])]


def test_a_repeated_nik_is_one_person_and_one_with_two_names_is_nobody(cast):
    rows = [person(1), person(2), person(1), person(3), person(3, name="Orang Lain")]
    batch = store(rows, cast.wayan)
    assert states(batch) == {"new": 2, "refused": 3}
    assert batch.counts["reason"] == {"duplicate_in_file": 1, "nik_conflict_in_file": 2}
    assert sorted(p.name for p in Participant.objects.all()) == ["Budi b", "Budi c"]


def test_what_differs_is_changed_and_blank_erases_nothing(cast):
    header = [*HEADER, "No HP", "KPJ"]
    store([[*person(1), "081234567890", "00123456789"], [*person(2), "", ""]], cast.wayan, header)
    later = [[*person(1, district="Jombang", sex=""), "", ""], [*person(2), "8987654321", ""]]
    batch = store(later, cast.wayan, header)
    assert states(batch) == {"changed": 2}
    one, two = Participant.objects.order_by("name")
    assert (one.district_name, one.sex, one.phone, one.kpj) == ("Jombang", "L", "081234567890", "00123456789")
    assert two.phone == "08987654321"
    erased = store([[*person(1, district="HAPUS"), "HAPUS", ""]], cast.wayan, header)
    assert states(erased) == {"changed": 1}
    one.refresh_from_db()
    assert (one.district_name, one.phone, one.kpj) == ("", "", "00123456789")


def test_undoing_restores_every_fact(cast):
    store([person(1), person(2)], cast.wayan, last_month=date(2025, 3, 1))
    before = facts()
    batch = store(
        [person(1, district="Jombang"), person(2), person(3)], cast.wayan, first_month=date(2025, 4, 1)
    )
    assert states(batch) == {"changed": 2, "new": 1}
    assert facts() != before
    undone = undo_batch(pk=batch.pk, by=cast.wayan, reason="salah daftar")
    assert (undone.removed, undone.kept) == (3, 0)
    assert facts() == before
    assert Batch.objects.get(pk=batch.pk).state == BatchState.UNDONE
    with pytest.raises(BatchRefused, match="sudah tersimpan"):
        undo_batch(pk=batch.pk, by=cast.wayan, reason="lagi")


def test_undoing_keeps_what_was_changed_since(cast):
    batch = store(people(3), cast.wayan)
    one = Participant.objects.get(name="Budi b")
    record_life_event(
        participant_id=one.pk, kind=Occurrence.DIED, happened_on=date(2025, 5, 9), source="Akta", by=cast.siti
    )
    undone = undo_batch(pk=batch.pk, by=cast.siti, reason="salah daftar")
    assert (undone.removed, undone.kept) == (2, 1)
    assert [p.name for p in Participant.objects.all()] == ["Budi b"]


def test_a_month_after_the_last_one_widens_the_spell(cast):
    store(people(1), cast.wayan, last_month=date(2025, 1, 1))
    batch = store(people(1), cast.wayan, first_month=date(2025, 2, 1), last_month=date(2025, 2, 1))
    assert states(batch) == {"changed": 1}
    spell = Enrolment.objects.get()
    assert (spell.first_month, spell.last_month) == (date(2025, 1, 1), date(2025, 2, 1))
    gap = store(people(1), cast.wayan, first_month=date(2025, 6, 1), last_month=date(2025, 6, 1))
    assert states(gap) == {"new": 1}
    assert Enrolment.objects.count() == 2
    both = store(people(1), cast.wayan, first_month=date(2025, 1, 1))
    assert both.counts["reason"] == {"several_spells": 1}


def test_the_dead_and_the_ended_are_not_paid_again(cast):
    store(people(2), cast.wayan)
    one, two = Participant.objects.order_by("name")
    for person_of, kind in ((one, Occurrence.DIED), (two, Occurrence.BECAME_ASN)):
        record_life_event(
            participant_id=person_of.pk, kind=kind, happened_on=date(2025, 5, 9), source="SK", by=cast.wayan
        )
    ended = {(e.last_month, e.state, e.ended_by) for e in Enrolment.objects.all()}
    assert ended == {(date(2025, 5, 1), "ended", "died"), (date(2025, 5, 1), "ended", "became_asn")}
    again = store(people(2), cast.wayan)
    assert again.counts["reason"] == {"recorded_dead": 1, "spell_ended": 1}
    later = store(people(2), cast.wayan, first_month=date(2025, 6, 1))
    assert (states(later), later.counts["reason"]) == ({"new": 1, "refused": 1}, {"recorded_dead": 1})


def test_a_nik_stored_under_quite_another_name_is_refused(cast):
    store([person(1, name="Siti Aminah")], cast.wayan)
    batch = store([person(1, name="Joko Prabowo")], cast.wayan)
    assert batch.counts["reason"] == {"nik_of_another_person": 1}
    assert Participant.objects.get().name == "Siti Aminah"


def test_another_region_is_told_only_that_somebody_pays(cast):
    store([person(1, name="Siti Aminah")], cast.wayan)
    batch = store([person(1, name="Joko Prabowo")], cast.budi, region_code="36.73")
    assert (states(batch), batch.counts["doubt"]) == (
        {"new": 1},
        {"paid_elsewhere": 1, "region_differs_from_nik": 1},
    )
    names = {p.region_id: p.name for p in Participant.objects.all()}
    assert names == {"36.72": "Siti Aminah", "36.73": "Joko Prabowo"}


def test_another_source_of_funds_is_a_warning(cast):
    store(people(1), cast.wayan)
    batch = store(people(1), cast.wayan, funding="baznas")
    assert batch.counts == {"state": {"new": 1}, "reason": {}, "doubt": {"paid_by_other_source": 1}}


def test_a_proposal_counts_when_it_is_sent_as_a_list(cast):
    store(people(1), cast.wayan, is_proposal=True)
    assert Enrolment.objects.get().state == "proposed"
    batch = store(people(1), cast.wayan)
    assert states(batch) == {"changed": 1}
    assert Enrolment.objects.get().state == "active"


def test_a_file_that_is_no_list_is_refused_with_its_sentence(cast):
    batch = send(b"%PDF-1.7", cast.wayan)
    assert batch.state == BatchState.REFUSED
    assert "PDF" in batch.refusal


def test_a_column_named_by_a_person_is_remembered(cast):
    header = ["No", "Nomor Kartu Warga", "Nama Lengkap", "Tanggal Lahir", "L/P", "Kecamatan"]
    batch = send(people(2), cast.wayan, header)
    assert batch.state == BatchState.REFUSED
    assert [title for _f, _i, title in batch.columns["Linmas"]] == header
    name_columns(pk=batch.pk, titles={"Nomor Kartu Warga": "nik"}, sheets=[], by=cast.wayan)
    work_on_batches()
    batch.refresh_from_db()
    assert (batch.state, states(batch)) == (BatchState.CHECKED, {"new": 2})
    assert states(send(people(2), cast.wayan, header)) == {"new": 2}
    assert send(people(2), cast.budi, header, region_code="36.73").state == BatchState.REFUSED


def test_cancelling_throws_the_dry_run_away(cast):
    batch = send(people(2), cast.wayan)
    cancel_batch(pk=batch.pk, by=cast.wayan)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count()) == (BatchState.CANCELLED, 0)
    with pytest.raises(BatchRefused, match="sudah berubah"):
        confirm_batch(pk=batch.pk, by=cast.wayan)


def test_strangers_and_readers_do_nothing_with_a_batch(cast):
    batch = send(people(1), cast.wayan)
    for act in (confirm_batch, cancel_batch):
        with pytest.raises(OutsideScope):
            act(pk=batch.pk, by=cast.budi)
        with pytest.raises(NotPermitted):
            act(pk=batch.pk, by=cast.lestari)
    with pytest.raises(OutsideScope):
        send(people(1), cast.budi)
    confirm_batch(pk=batch.pk, by=cast.wayan)
    work_on_batches()
    with pytest.raises(NotPermitted):
        undo_batch(pk=store(people(1), cast.siti).pk, by=cast.wayan, reason="bukan milik saya")


def test_a_batch_that_always_fails_is_given_up(cast, monkeypatch):
    batch = send(people(1), cast.wayan)
    Batch.objects.filter(pk=batch.pk).update(state="reading", attempts=5)
    work_on_batches()
    batch.refresh_from_db()
    assert batch.state == BatchState.REFUSED
    assert "5 kali gagal" in batch.refusal


def test_numbers_in_papua_keep_their_last_digit(cast):
    rows = [person(serial, nik=f"917101070465{serial:04}") for serial in range(3, 9)]
    store(workbook(rows), cast.wayan)
    assert sorted(p.nik.digits for p in Participant.objects.all()) == [row[1] for row in rows]


def test_a_cell_at_the_end_of_the_world_is_refused(cast):
    rows = sheet_xml([HEADER, person(1)]).replace('r="F2"', 'r="F42949672950"')
    batch = send(xlsx({"A": rows}), cast.wayan)
    assert batch.state == BatchState.REFUSED
    assert "isian jauh" in batch.refusal


def _fall_over(*arguments, **options):
    os.abort()


def _be_killed(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_parser_that_falls_over_refuses_the_file_and_the_worker_lives(cast, monkeypatch):
    monkeypatch.setattr(reading_process, "judge_list", _fall_over)
    batch = send(people(1), cast.wayan)
    assert (batch.state, batch.rows.count()) == (BatchState.REFUSED, 0)
    assert "rusak" in batch.refusal


def test_a_reading_process_killed_from_outside_is_tried_again(cast, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(reading_process, "judge_list", _be_killed)
        batch = send(people(1), cast.wayan)
    assert (batch.state, batch.attempts) == (BatchState.READING, 1)
    work_on_batches()
    batch.refresh_from_db()
    assert (batch.state, batch.attempts) == (BatchState.CHECKED, 2)


def test_undoing_leaves_what_a_later_list_confirmed(cast):
    first = store(people(3), cast.wayan)
    later = store(people(2), cast.wayan)
    assert states(later) == {"same": 2}
    undone = undo_batch(pk=first.pk, by=cast.wayan, reason="salah kirim")
    assert (undone.removed, undone.kept) == (1, 2)
    assert sorted(p.name for p in Participant.objects.all()) == ["Budi b", "Budi c"]
