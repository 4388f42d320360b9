"""Erasing persons in tests, and all that the database holds of them afterwards."""

from django.db import connection
from django.utils.timezone import localdate

from participants.enums import Occurrence
from participants.models import LifeEvent
from participants.services.persons.erasure import ask_erasure, decide_erasure
from regions.enums import Origin

REASON = "Surat Orang Uji nomor 1"


def erase(person, cast):
    ask_erasure(participant_id=person.pk, reason=REASON, by=cast.siti)
    return decide_erasure(participant_id=person.pk, grant=True, by=cast.anton)


def died(person, by, day, note=""):
    return LifeEvent.objects.create(
        participant=person,
        region_id=person.region_id,
        kind=Occurrence.DIED,
        happened_on=day,
        entered_by=by,
        source="akta",
        as_of=localdate(),
        origin=Origin.FORM,
        note=note,
    )


def everything_stored():
    """Every row of every table of this storey, its history and the acts, as the database holds them."""
    texts = []
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names() if name.startswith("participants_")]
        assert {"participants_participantevent", "participants_lifeeventevent"} <= set(tables)
        for table in (*tables, "regions_act"):
            cursor.execute(f"SELECT t::text FROM {table} t")
            texts += [row for (row,) in cursor.fetchall()]
    return "\n".join(texts)
