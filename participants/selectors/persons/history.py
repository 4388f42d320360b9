"""What happened to a person and to what is known of them, in one order: the newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Comment, Enrolment, ExtraField, LifeEvent, Participant
from participants.person_columns import OPEN_COLUMNS, SEALED_COLUMNS
from participants.selectors.persons.column import ColumnDifference
from participants.selectors.persons.enrolment import COUNTED
from regions.models import User

_PERSON = {
    **{column.name: column.label for column in OPEN_COLUMNS},
    "match_result": gettext_lazy("hasil pemadanan"),
}
_SECRET = {column.stored[0]: column.label for column in SEALED_COLUMNS}
_SPELL = {
    "first_month": gettext_lazy("bulan pertama"),
    "last_month": gettext_lazy("bulan terakhir"),
    "state": gettext_lazy("status"),
    "ended_by": gettext_lazy("sebab berakhir"),
}


@dataclass(frozen=True)
class TimelineEntry:
    """`day` is when it happened, `at` when it was written; `what` is a sentence."""

    at: datetime
    day: date
    what: str
    by: User | None
    source: str = ""
    alterations: tuple[ColumnDifference, ...] = ()


def list_timeline(
    persons: Iterable[Participant], spells: Iterable[Enrolment], fields: Iterable[ExtraField] = ()
) -> list[TimelineEntry]:
    """`fields` of an office's own are those whose changes are told.

    When spells began, life events, and every change to the persons and their spells."""
    people, known = list(persons), list(spells)
    seen = {str(field.key): field for field in fields}
    changes = [*_changes(people, _PERSON | _SECRET | seen), *_changes(known, _SPELL)]
    entries = [*_starts(known), *_events([person.pk for person in people]), *changes]
    return sorted(entries, key=lambda entry: (entry.day, entry.at), reverse=True)


def _starts(spells: Iterable[Enrolment]) -> Iterator[TimelineEntry]:
    """Who wrote a spell first is not said: its row names who changed it last."""
    for spell in spells:
        if spell.state in COUNTED:
            what = _("%(category)s mulai dibayar %(funding)s")
            words = what % {"category": spell.category, "funding": spell.funding}
            yield TimelineEntry(spell.entered_at, spell.first_month, words, None, spell.source)


def _events(person_ids: list[int]) -> Iterator[TimelineEntry]:
    events = LifeEvent.objects.filter(participant__in=person_ids).select_related("entered_by")
    for event in events:
        what = str(event.get_kind_display()).capitalize()
        what = f"{what}. {event.note}" if event.note else what
        yield TimelineEntry(event.entered_at, event.happened_on, what, event.entered_by, event.source)


def _changes(rows: Iterable[Any], labels: dict[str, Any]) -> Iterator[TimelineEntry]:
    """Each stored earlier state beside the one that followed it."""
    current = {row.pk: row for row in rows}
    if not current:
        return
    model = type(next(iter(current.values())))
    related = ["pgh_context", "entered_by", *(["category"] if model is Enrolment else [])]
    events = model.pgh_event_model.objects.filter(pgh_obj_id__in=current)
    found = list(events.select_related(*related).order_by("-pgh_id"))
    people = User.objects.in_bulk({_said(event).get("user") for event in found} - {None})
    # Newest first: what followed a state is the one seen just before it.
    for event in found:
        after = current[event.pgh_obj_id]
        current[event.pgh_obj_id] = event
        altered = tuple(_alterations(event, after, labels))
        if altered:
            at, said = event.pgh_created_at, _said(event)
            by = people.get(said.get("user"), after.entered_by)
            yield TimelineEntry(at, localtime(at).date(), _what(event), by, said.get("reason", ""), altered)


def _said(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _what(event: Any) -> str:
    if hasattr(event, "category_id"):
        return _("Kepesertaan %(category)s diubah") % {"category": event.category}
    return _("Data orang diubah")


def _alterations(before: Model, after: Model, labels: dict[str, Any]) -> Iterator[ColumnDifference]:
    for name, label in labels.items():
        if isinstance(label, ExtraField):
            yield from _extra_alteration(label, before, after)
            continue
        old, new = getattr(before, name), getattr(after, name)
        if name in _SECRET:
            if _plain(old) != _plain(new):
                yield ColumnDifference(str(label), "", str(_("diganti")) if new else str(_("dihapus")))
        elif old != new:
            yield ColumnDifference(str(label), _worded(after, name, old), _worded(after, name, new))


def _extra_alteration(field: ExtraField, before: Any, after: Any) -> Iterator[ColumnDifference]:
    old, new = before.extra.get(field.key), after.extra.get(field.key)
    if old == new:
        return
    if field.is_personal:
        yield ColumnDifference(field.name, "", str(_("dihapus") if new is None else _("diganti")))
    else:
        yield ColumnDifference(field.name, field.spec.shown(old), field.spec.shown(new))


def _plain(value: Any) -> Any:
    return bytes(value) if value is not None else None


def _worded(row: Any, name: str, value: Any) -> str:
    if name in {"first_month", "last_month"}:
        return f"{value:%m/%Y}" if value else str(_("terbuka"))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    choices = dict(row._meta.get_field(name).flatchoices)
    return str(choices.get(value, value) or "")


def list_comments(person_ids: Iterable[int]) -> list[Comment]:
    rows = Comment.objects.filter(participant__in=person_ids)
    return list(rows.select_related("entered_by", "settled_by").order_by("-pk"))
