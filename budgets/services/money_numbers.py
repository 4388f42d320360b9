"""Words of files of money as they are kept: without the number of any person."""

from budgets.importers.money_fields import MoneyField
from participants.nik import Nik, NikRefused, mask_digits
from regions.cipher import digest
from regions.personal_numbers import masked_numbers

F = MoneyField
# Sentences, in which any long number is somebody's.
_SENTENCES = frozenset({F.NOTE, F.OVER_REASON})
# Numbers of papers: rows are told apart by them, so what is masked must stay different.
_PAPERS = frozenset({F.NUMBER, F.BILL_NUMBER, F.PAYMENT_ORDER, F.POSTING_REFERENCE})


def kept_words(field: str, text: str) -> str:
    """The words of a cell. A paper's number that can be a NIK keeps a sign of its own under our key."""
    if field in _SENTENCES:
        return mask_digits(text)
    if field not in _PAPERS:
        return masked_numbers(text)
    digits = "".join(letter for letter in text if letter.isdigit())
    try:
        Nik(digits)
    except NikRefused:
        return text
    masked = masked_numbers(text)
    return text if masked == text else f"{masked}-{digest(digits).hex()[:8]}"
