"""All that is stored about one person, and who saw it."""

from typing import Any

from django.db.models import Model, Q, QuerySet

from participants.models import BatchRow, Comment, Enrolment, Erasure, LifeEvent, Participant
from regions.enums import Verb
from regions.models import Act

_SEALED = ("nik_sealed", "kpj_sealed", "phone_sealed", "nik_digest", "kpj_digest", "phone_digest")
_MOST_ACTS = 200


def all_about(person: Participant) -> dict[str, Any]:
    """As text and numbers, in the words of the tables; sealed numbers are opened."""
    people = [person, *Participant.objects.filter(merged_into=person)]
    numbers = [one.pk for one in people]
    history = Participant.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id__in=numbers
    )
    rows = BatchRow.objects.filter(nik_digest__in=[bytes(one.nik_digest) for one in people])
    return {
        "person": [
            {**_plain(one), "nik": one.nik.digits, "kpj": one.kpj, "phone": one.phone} for one in people
        ],
        "spells": [_plain(one) for one in Enrolment.objects.filter(participant__in=numbers).order_by("pk")],
        "events": [_plain(one) for one in LifeEvent.objects.filter(participant__in=numbers).order_by("pk")],
        "comments": [_plain(one) for one in Comment.objects.filter(participant__in=numbers).order_by("pk")],
        "rows_of_lists": [_plain(one) for one in rows.order_by("batch_id", "number")],
        "earlier": [_plain(one) for one in history.order_by("pgh_id")],
        "seen_by": [
            {
                "at": act.at.isoformat(),
                "by": act.actor_name,
                "how": act.get_verb_display(),
                "where": act.subject,
            }
            for act in list_acts_on(person)
        ],
    }


def _plain(row: Model) -> dict[str, str | int | None]:
    told: dict[str, str | int | None] = {}
    for field in row._meta.concrete_fields:
        if field.name in _SEALED or field.name == "cells_sealed":
            continue
        value = getattr(row, field.attname)
        told[field.attname] = value if value is None or isinstance(value, int) else str(value)
    return told


def list_acts_on(person: Participant) -> QuerySet[Act]:
    """Who saw this person, opened their numbers, or took them away; the newest two hundred."""
    seen = Q(verb=Verb.READ, detail__contains={"persons": [person.pk]})
    about = Q(verb__in=_ON_ONE, detail__contains={"person": person.pk})
    return Act.objects.filter(seen | about).order_by("-pk")[:_MOST_ACTS]


_ON_ONE = (Verb.UNMASKED, Verb.EXPORTED, Verb.ERASURE_ASKED, Verb.ERASURE_REFUSED, Verb.ERASED)


def open_erasure(person: Participant) -> Erasure | None:
    return Erasure.objects.filter(participant=person, is_granted=None).select_related("asked_by").first()
