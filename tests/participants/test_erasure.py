"""A person's rights (UU 27/2022): all that is stored, who saw it, erasure by two, and what time erases."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.timezone import localdate, now

from participants.errors import PersonRefused
from participants.models import (
    Batch,
    BatchFile,
    BatchRow,
    Comment,
    Enrolment,
    Erasure,
    LifeEvent,
    Participant,
)
from participants.services.key import rotate_keys
from participants.services.persons.erasure import ERASED_NAME, ask_erasure, decide_erasure
from participants.services.retention import apply_retention
from regions.enums import Verb
from regions.models import Act
from reports.models import MeasureValue
from reports.services.recompute import recompute_stale
from tests.participants.batches import people, store
from tests.participants.erasing import REASON, died, everything_stored

pytestmark = pytest.mark.usefixtures("cast_once")


@pytest.fixture
def listed(cast):
    """Two people of one list, of whom the first has a history, a remark, and an event with a note."""
    batch = store(people(2), cast.wayan)
    first, second = Participant.objects.filter(batch=batch).order_by("pk")
    Participant.objects.filter(pk=first.pk).update(address="Jalan Uji 1")
    event = died(first, cast.wayan, localdate(), note="dikabarkan tetangganya")
    # Its history holds the note as well.
    LifeEvent.objects.filter(pk=event.pk).update(source="akta kematian")
    Comment.objects.create(participant=first, region_id="36.72", text="remarks", entered_by=cast.wayan)
    return batch, Participant.objects.get(pk=first.pk), second


def test_erasure_takes_two_and_leaves_only_the_count(cast, listed):
    batch, person, other = listed
    name, sealed, nik_digest = person.name, bytes(person.nik_sealed), bytes(person.nik_digest)
    ask_erasure(participant_id=person.pk, reason=REASON, by=cast.siti)
    with pytest.raises(PersonRefused, match="tidak memutuskan sendiri"):
        decide_erasure(participant_id=person.pk, grant=True, by=cast.siti)
    assert Participant.objects.get(pk=person.pk).name == name
    decide_erasure(participant_id=person.pk, grant=True, by=cast.anton)

    erased = Participant.objects.get(pk=person.pk)
    assert (erased.name, erased.address, erased.birth_date, erased.kpj, erased.phone) == (
        ERASED_NAME,
        "",
        None,
        "",
        "",
    )
    stored = everything_stored()
    assert name not in stored
    assert person.nik.digits not in stored
    assert "Jalan Uji 1" not in stored
    assert "dikabarkan tetangganya" not in stored
    for trace in (sealed, nik_digest):
        assert trace.hex() not in stored
    assert not BatchFile.objects.filter(batch=batch).exists()
    assert not Comment.objects.filter(participant=person).exists()
    assert Enrolment.objects.filter(participant=person).count() == 1
    assert Participant.objects.get(pk=other.pk).nik == other.nik
    acts = Act.objects.filter(verb__in=[Verb.ERASURE_ASKED, Verb.ERASED]).order_by("pk")
    subject = f"peserta #{person.pk}"
    assert [(act.actor_name, act.verb, act.subject, act.detail) for act in acts] == [
        ("siti", Verb.ERASURE_ASKED, subject, {"reason": REASON, "person": person.pk}),
        (
            "anton",
            Verb.ERASED,
            subject,
            {
                "reason": REASON,
                "person": person.pk,
                "asked_by": str(cast.siti),
                "persons": "1",
                "rows": "1",
                "files": "1",
            },
        ),
    ]
    with pytest.raises(PersonRefused, match="sudah dihapus"):
        ask_erasure(participant_id=person.pk, reason=REASON, by=cast.siti)


def test_figures_stay_and_keys_can_still_be_changed(cast, listed, settings):
    _batch, person, other = listed
    recompute_stale()

    def figures():
        values = MeasureValue.objects.filter(run__is_current=True, run__region="36.72")
        return sorted(values.values_list("run__period", "measure", "category", "numerator", "denominator"))

    before = figures()
    assert before
    for one in (person, other):
        ask_erasure(participant_id=one.pk, reason=REASON, by=cast.siti)
        decide_erasure(participant_id=one.pk, grant=True, by=cast.anton)
    recompute_stale()
    assert figures() == before
    settings.NIK_KEYS = f"{settings.NIK_KEYS},9:{'A' * 43}="
    rotate_keys(by=cast.admin)
    assert Participant.objects.filter(name=ERASED_NAME).count() == 2


def test_a_refused_request_changes_nothing(cast, listed):
    _batch, person, _other = listed
    ask_erasure(participant_id=person.pk, reason=REASON, by=cast.siti)
    decide_erasure(participant_id=person.pk, grant=False, by=cast.anton)
    assert Participant.objects.get(pk=person.pk).name == person.name
    assert Erasure.objects.get().is_granted is False
    assert Act.objects.filter(verb=Verb.ERASURE_REFUSED).count() == 1
    with pytest.raises(PersonRefused, match="menunggu"):
        decide_erasure(participant_id=person.pk, grant=True, by=cast.anton)


def test_the_page_shows_who_saw_and_hands_out_everything(cast, listed, client_of):
    _batch, person, other = listed
    address = reverse("person_disclose", args=[person.pk])
    answer = client_of(cast.siti).post(address, {"alasan": REASON})
    assert answer["Cache-Control"] == "no-store, private"
    told = json.loads(answer.content)
    assert [one["name"] for one in told["person"]] == [person.name]
    assert told["person"][0]["nik"] == person.nik.digits
    assert len(told["spells"]) == len(told["rows_of_lists"]) == len(told["comments"]) == 1
    assert other.name not in answer.content.decode()
    page = client_of(cast.lestari).get(reverse("person_privacy", args=[person.pk])).content.decode()
    assert "mengunduh peserta" in page
    assert REASON in page
    # Whoever may not read the ledger sees nobody's acts; without a reason nothing is handed out.
    assert (
        REASON not in client_of(cast.wayan).get(reverse("person_privacy", args=[person.pk])).content.decode()
    )
    assert client_of(cast.siti).post(address, {"alasan": ""}).status_code == 302
    assert client_of(cast.budi).post(address, {"alasan": REASON}).status_code == 404
    assert client_of(cast.wayan).post(address, {"alasan": REASON}).status_code == 403


def test_the_page_takes_a_request_and_another_person_grants_it(cast, listed, client_of):
    _batch, person, _other = listed
    ask, decide = (reverse(f"erasure_{act}", args=[person.pk]) for act in ("ask", "decide"))
    assert client_of(cast.wayan).post(ask, {"alasan": REASON}).status_code == 403
    client_of(cast.siti).post(ask, {"alasan": REASON})
    client_of(cast.siti).post(decide, {"putusan": "kabulkan"})
    assert Erasure.objects.get().is_granted is None
    client_of(cast.anton).post(decide, {"putusan": "kabulkan"})
    assert Participant.objects.get(pk=person.pk).name == ERASED_NAME


def test_commands_do_the_same(cast, listed):
    _batch, person, _other = listed
    output = StringIO()
    call_command("export_person", person.pk, "--reason", REASON, stdout=output)
    assert json.loads(output.getvalue())["person"][0]["name"] == person.name
    with pytest.raises(CommandError, match="alasan"):
        call_command("export_person", person.pk, "--reason", "", stdout=output)
    call_command("erase_person", person.pk, "--by", "siti", "--reason", REASON, stdout=output)
    with pytest.raises(CommandError, match="tidak memutuskan sendiri"):
        call_command("erase_person", person.pk, "--by", "siti", "--grant", stdout=output)
    call_command("erase_person", person.pk, "--by", "anton", "--grant", stdout=output)
    assert Participant.objects.get(pk=person.pk).name == ERASED_NAME


def test_time_erases_files_rows_and_the_dead(cast, listed, settings, client_of):
    batch, person, other = listed
    died(person, cast.wayan, localdate() - timedelta(days=settings.KEEP_DEAD_DAYS + 1))
    LifeEvent.objects.update(entered_at=now() - timedelta(days=settings.KEEP_DEAD_DAYS + 2))
    young = store(people(1, first=7), cast.wayan)
    old = now() - timedelta(days=settings.KEEP_FILES_DAYS + 1)
    Batch.objects.filter(pk=batch.pk).update(entered_at=old)
    assert apply_retention() == {"files": 1, "rows": 2, "persons": 1}
    assert apply_retention() == {}
    assert list(BatchFile.objects.values_list("batch", flat=True)) == [young.pk]
    assert set(BatchRow.objects.filter(batch=batch).values_list("name", "nik_sealed")) == {("", None)}
    assert Participant.objects.get(pk=person.pk).name == ERASED_NAME
    assert Participant.objects.get(pk=other.pk).name == other.name
    act = Act.objects.get(verb=Verb.RETENTION_ENDED)
    assert act.detail == {"files": 1, "rows": 2, "persons": 1}
    # The pages of the list stay; its marked copy is refused with a sentence.
    assert client_of(cast.wayan).get(reverse("batch_detail", args=[batch.pk])).status_code == 200
    marked = client_of(cast.wayan).post(
        reverse("batch_marked", args=[batch.pk]), {"alasan": REASON}, follow=True
    )
    assert "sudah dihapus menurut masa simpannya" in marked.content.decode()


def test_a_death_typed_today_with_a_wrong_year_erases_nobody(cast, listed, settings):
    _batch, person, _other = listed
    event = died(person, cast.wayan, localdate() - timedelta(days=settings.KEEP_DEAD_DAYS + 1))
    assert apply_retention() == {}
    assert Participant.objects.get(pk=person.pk).name == person.name
    old = now() - timedelta(days=settings.KEEP_DEAD_DAYS + 2)
    LifeEvent.objects.filter(pk=event.pk).update(entered_at=old)
    assert apply_retention()["persons"] == 1
    assert Participant.objects.get(pk=person.pk).name == ERASED_NAME
