"""All that is stored about one person, and who saw it."""

import json
from typing import Any

from django.db.models import Model, Q, QuerySet

from participants.extra_store import opened_extra
from participants.models import BatchRow, Comment, Enrolment, Erasure, ExtraField, LifeEvent, Participant
from participants.person_columns import EXTRA_COLUMNS
from participants.selectors.persons.traces import family_of, rows_about
from regions.cipher import unseal
from regions.enums import Verb
from regions.models import Act

_SEALED, _DIGEST = "_sealed", "_digest"
_MOST_ACTS = 200
_ON_ONE = (Verb.UNMASKED, Verb.EXPORTED, Verb.ERASURE_ASKED, Verb.ERASURE_REFUSED, Verb.ERASED)


def all_about(person: Participant) -> dict[str, Any]:
    """As text and numbers, in the words of the tables; sealed numbers are opened."""
    people = list(family_of([person.pk]))
    numbers = [one.pk for one in people]
    history = Participant.pgh_event_model.objects.filter(  # type: ignore[attr-defined]
        pgh_obj_id__in=numbers
    )
    return {
        "person": [_plain(one) for one in people],
        "spells": [_plain(one) for one in Enrolment.objects.filter(participant__in=numbers).order_by("pk")],
        "events": [_plain(one) for one in LifeEvent.objects.filter(participant__in=numbers).order_by("pk")],
        "comments": [_plain(one) for one in Comment.objects.filter(participant__in=numbers).order_by("pk")],
        "rows_of_lists": [_row(one) for one in rows_about(people).order_by("batch_id", "number")],
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


def _row(row: BatchRow) -> dict[str, Any]:
    """A row of a list; of a parked one its cells too, and what it replaced without what stands sealed."""
    told = _plain(row)
    told["cells"] = json.loads(unseal(row.cells_sealed)) if row.cells_sealed else {}
    told["before"] = {
        part: {
            name: value
            for name, value in columns.items()
            if not name.endswith((_SEALED, _DIGEST)) and name not in EXTRA_COLUMNS
        }
        for part, columns in (row.before or {}).items()
    }
    return told


def _plain(row: Model) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        name, value = field.attname, getattr(row, field.attname)
        if name.endswith(_DIGEST) or name in {"cells_sealed", "before", *EXTRA_COLUMNS}:
            continue
        if name.endswith(_SEALED):
            told[name.removesuffix(_SEALED)] = unseal(value) if value else ""
        else:
            told[name] = value if value is None or isinstance(value, int) else str(value)
    if isinstance(getattr(row, "extra", None), dict):
        told["extra"] = _extra(row)
    return told


def _extra(row: Any) -> dict[str, Any]:
    """What fields of an office's own hold, by their names; what was sealed is opened."""
    values = {**row.extra, **opened_extra(row.extra_sealed)}
    if not values:
        return {}
    fields = ExtraField.objects.in_bulk([int(key[1:]) for key in values])
    return {
        fields[int(key[1:])].name if int(key[1:]) in fields else key: text for key, text in values.items()
    }


def list_acts_on(person: Participant) -> QuerySet[Act]:
    """Who saw this person, opened their numbers, or took them away; the newest two hundred."""
    wanted = Q(pk__in=[])
    for number in family_of([person.pk]).values_list("pk", flat=True):
        wanted |= Q(verb=Verb.READ, detail__contains={"persons": [number]})
        wanted |= Q(verb__in=_ON_ONE, detail__contains={"person": number})
    return Act.objects.filter(wanted).order_by("-pk")[:_MOST_ACTS]


def open_erasure(person: Participant) -> Erasure | None:
    """The request that waits for a decision; of rows counted as one person there is one."""
    family = family_of([person.pk])
    return Erasure.objects.filter(participant__in=family, is_granted=None).select_related("asked_by").first()
