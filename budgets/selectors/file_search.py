"""Files of money and reconciliations by number, name, region or paper, for the search on every page."""

from django.db.models import Q, QuerySet

from budgets.enums import MoneyKind
from budgets.models import MoneyBatch, Reconciliation, ReconciliationFile
from budgets.selectors.money_batch import list_money_batches
from budgets.selectors.reconciliation import list_reconciliations
from regions.models import User
from regions.search_words import any_column, words_of

_FILE_COLUMNS = ("file_name", "source", "region__name")
_RECONCILIATION_COLUMNS = ("region__name", "category__name", "funding__name")
_MOST_DIGITS = 9
# Fewer letters begin nearly every word as well.
_LEAST_OF_A_CODE = 4


def search_money_batches(user: User, text: str) -> QuerySet[MoneyBatch]:
    asked = Q()
    for word in words_of(text):
        kinds = [kind.value for kind in MoneyKind if word.lower() in str(kind.label).lower()]
        asked &= any_column(word, _FILE_COLUMNS) | Q(kind__in=kinds) | _numbered(word)
    return list_money_batches(user).filter(asked)


def search_reconciliations(user: User, text: str) -> QuerySet[Reconciliation]:
    """The newest first; their files are found by name too, and the paper by its code."""
    asked = Q()
    for word in words_of(text):
        files = ReconciliationFile.objects.filter(file_name__icontains=word).values("reconciliation")
        code = word.lower().replace("-", "")
        named = any_column(word, _RECONCILIATION_COLUMNS) | Q(pk__in=files)
        paper = Q(code__startswith=code) if len(code) >= _LEAST_OF_A_CODE else Q(pk__in=[])
        asked &= named | paper | _numbered(word)
    return list_reconciliations(user).filter(asked).order_by("-pk")


def _numbered(word: str) -> Q:
    """`#12` and `12` are numbers."""
    number = word.removeprefix("#")
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    return Q(pk=int(number)) if is_number else Q(pk__in=[])
