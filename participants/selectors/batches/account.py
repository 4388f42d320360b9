"""What a batch leaves to decide, and where every number of its file went."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from participants.enums import RowState
from participants.importers.faults import QUESTIONS, reason_sentences
from participants.importers.ledger import balance_sentence, count_missed, entries_of, remarks_of
from participants.models import Batch


@dataclass(frozen=True)
class BatchQuestion:
    """Rows that ask the same with the same words; one answer serves them all."""

    reason: str
    words: str
    count: int
    sentence: str


def questions_of(batch: Batch) -> list[BatchQuestion]:
    """What an officer has to decide, the most frequent first."""
    rows = batch.rows.filter(state=RowState.REFUSED, reasons__overlap=sorted(QUESTIONS))
    counts: Counter[tuple[str, str]] = Counter()
    for reasons, words, count in rows.values_list("reasons", "asked").annotate(count=Count("pk")):
        for reason in sorted(QUESTIONS.intersection(reasons)):
            counts[reason, words] += count
    return [
        BatchQuestion(reason, words, count, reason_sentences(reason)[0])
        for (reason, words), count in counts.most_common()
    ]


@dataclass(frozen=True)
class NikBalance:
    """The sum in one sentence, and remarks on what was left out; complete where no row was missed."""

    sentence: str
    remarks: list[str]
    is_complete: bool


def balance_of(batch: Batch) -> NikBalance | None:
    """None for what was not read from a file, or before there was such an account."""
    if "numbered" not in batch.balance:
        return None
    missed, numbered = count_missed(entries_of(batch.balance)), batch.balance["numbered"]
    read = min(numbered, batch.good)
    sentence = balance_sentence(read=read, parked=numbered - read, missed=missed)
    return NikBalance(sentence, remarks_of(batch.balance), not missed)
