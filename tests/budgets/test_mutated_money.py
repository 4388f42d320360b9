"""Files of money broken in known ways: each payment is read rightly or parked, nothing is made up."""

import os
import sys
from collections import Counter
from datetime import date
from types import SimpleNamespace

import pytest

from budgets.enums import MoneyKind
from budgets.services.money_judge import RowDefaults, judge_money
from budgets.services.money_read import LAYOUTS, comma_columns, read_apart
from tests.budgets.mutated_money import DAMAGES, mutated_money

FILES = int(os.environ.get("MUTATED_MONEY", "20"))
AT = RowDefaults("36.72", date(2025, 7, 1))
NAMES = SimpleNamespace(regions={}, inside={"36.72"}, categories={}, fundings={}, institutions={})


@pytest.fixture
def judged():
    """The rows of a file as the service judges them before anything is compared with what is stored."""

    def _judged(made):
        rows = read_apart(LAYOUTS[MoneyKind.CONTRIBUTION], made.content, made.file_name).rows
        commas = comma_columns(rows, "")
        return [judge_money(MoneyKind.CONTRIBUTION, row, NAMES, at=AT, commas=commas) for row in rows]

    return _judged


def test_no_payment_vanishes_and_no_amount_is_made_up(judged):
    done = Counter()
    for seed in range(FILES):
        made = mutated_money(seed)
        found, told = judged(made), (seed, made.damages, made.file_name)
        assert len(found) == len(made.payments), told
        payments = {payment.proof: payment for payment in made.payments}
        for row in found:
            if row.faults:
                continue
            good = payments[row.number]
            read = (row.told["amount"], row.told["paid_on"], row.told["first_month"], row.told["last_month"])
            assert read == (good.amount, good.day, good.first, good.last), (told, row.row.number)
        parked = sum(1 for row in found if row.faults)
        done.update(made.damages or ["none"])
        done.update(read=len(found) - parked, parked=parked)
    sys.stdout.write(f"{dict(done)}\n")
    assert done["read"] > done["parked"] >= 0
    if FILES >= 500:
        assert {damage.__name__ for damage in DAMAGES} <= set(done)
