"""What somebody answers of a file of money: whether 1,234 is a thousand or a fraction."""

from django.db import transaction

from budgets.enums import CommaMeaning
from budgets.models import MoneyBatch
from budgets.services.money_batch import demand, locked_batch
from participants.enums import BatchState
from regions.models import User


@transaction.atomic
def answer_comma(*, pk: int, meaning: CommaMeaning, by: User) -> MoneyBatch:
    """Read the file anew with the answer. Raises BatchRefused, OutsideScope or NotPermitted."""
    batch = locked_batch(pk, by)
    demand(batch, BatchState.CHECKED)
    batch.rows.all().delete()
    batch.comma, batch.state, batch.refusal, batch.counts = meaning.value, BatchState.WAITING, "", {}
    batch.save(update_fields=["comma", "state", "refusal", "counts"])
    return batch
