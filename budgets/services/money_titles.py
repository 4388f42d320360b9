"""Saying which column of a file of money is which, for this file and for the next of the same kind."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from budgets.enums import MoneyKind
from budgets.importers.money_columns import COLUMNS
from budgets.importers.money_fields import MoneyField
from budgets.models import MoneyBatch, MoneyTitle
from budgets.services.money_batch import demand, locked_batch
from participants.enums import BatchState
from participants.errors import BatchRefused
from participants.importers.header import kept_title, label_of
from regions.enums import Verb
from regions.models import User
from regions.services.act import record_act


@transaction.atomic
def name_money_columns(*, pk: int, titles: Mapping[MoneyField, str], by: User) -> MoneyBatch:
    """Field → the title that the file gives it; remembered for the region's next files, then read anew.

    A field without a title is forgotten. Raises BatchRefused, OutsideScope or NotPermitted.
    """
    batch = locked_batch(pk, by)
    demand(batch, BatchState.CHECKED, BatchState.REFUSED)
    kind = MoneyKind(batch.kind)
    said = {field: kept_title(" ".join(title.split())) for field, title in titles.items() if title.strip()}
    labels = [label_of(title) for title in said.values()]
    if not all(labels) or len(set(labels)) < len(labels):
        raise BatchRefused(_("Tiap judul kolom memuat huruf dan disebut satu kali saja. Periksa judulnya."))
    known = {field.value for field in COLUMNS[kind]}
    MoneyTitle.objects.filter(region_id=batch.region_id, kind=kind, field__in=known).delete()
    for field, title in said.items():
        MoneyTitle.objects.update_or_create(
            region_id=batch.region_id,
            kind=kind,
            title=title,
            defaults={"field": field.value, "entered_by": by},
        )
    batch.rows.all().delete()
    batch.state, batch.attempts, batch.refusal, batch.counts = BatchState.WAITING, 0, "", {}
    batch.save(update_fields=["state", "attempts", "refusal", "counts"])
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=str(MoneyTitle._meta.verbose_name_plural),
        region_code=batch.region_id,
        detail={"kind": kind.value, "titles": {field.value: title for field, title in said.items()}},
    )
    return batch
