"""Files of money taken back, and files whose months were locked before or after they were looked at."""

import threading

import pytest
from django.db import connection, transaction

from budgets.models import Contribution
from budgets.services.contribution import correct_contribution
from budgets.services.money_batch import confirm_money_batch
from budgets.services.money_undo import undo_money_batch
from participants.errors import BatchRefused
from regions.errors import MonthLocked
from regions.models import Act, Change
from regions.month_steps import COMPLETE, SUBMIT
from regions.services.month_lock import take_region_lock
from regions.services.reporting_month import move_month
from tests.budgets.money_files import JULY, paid, send, store, stored, wayan, workbook
from tests.cast import KOTA_A, make_cast
from tests.conftest import load_test_reference
from tests.months import close, reopen

__all__ = ["wayan"]


@pytest.mark.django_db
def test_undoing_restores_everything_but_what_was_corrected_since(wayan):
    store(workbook([paid(1, 1_000), paid(2, 2_000)]), wayan)
    columns = ("amount", "category_id", "source", "note")
    before = list(Contribution.objects.order_by("pk").values_list(*columns[:2]))
    later = store(workbook([paid(1, 1_111), paid(2, 2_222), paid(3, 3_333), paid(4, 4_444)]), wayan)
    assert later.counts == {"changed": 2, "new": 2}
    second = Contribution.objects.get(amount=2_222)
    third = Contribution.objects.get(amount=3_333)
    for fact in (second, third):
        new = {"amount": fact.amount + 1}
        correct_contribution(pk=fact.pk, revision=fact.revision, by=wayan, reason="uji", new=new)
    Change.objects.all().delete()
    undone = undo_money_batch(pk=later.pk, by=wayan, reason="salah berkas")
    assert (undone.restored, undone.kept) == (2, 2)
    assert sorted(Contribution.objects.values_list("amount", flat=True)) == [1_000, 2_223, 3_334]
    assert before[0] == (1_000, "linmas")
    assert Change.objects.filter(region=KOTA_A).exists()
    act = Act.objects.latest("pk")
    assert (act.verb, act.detail["kept"], act.detail["reason"]) == ("undone", 2, "salah berkas")
    with pytest.raises(BatchRefused):
        undo_money_batch(pk=later.pk, by=wayan, reason="dua kali")
    # After a whole undoing the same file may come again.
    only = store(workbook([paid(9, 9_000)]), wayan)
    undo_money_batch(pk=only.pk, by=wayan, reason="uji")
    assert not Contribution.objects.filter(amount=9_000).exists()
    assert store(workbook([paid(9, 9_000)]), wayan).counts == {"new": 1}


@pytest.mark.django_db
def test_a_fact_that_a_later_file_confirmed_stays(wayan):
    first = store(workbook([paid(1, 1_000)]), wayan)
    store(workbook([paid(1, 1_000), paid(2, 2_000)]), wayan)
    undone = undo_money_batch(pk=first.pk, by=wayan, reason="uji")
    assert (undone.restored, undone.kept, Contribution.objects.count()) == (0, 1, 2)


@pytest.mark.django_db
def test_a_locked_month_refuses_the_import_and_the_undoing(cast):
    kept = store(workbook([paid(1, 1_000)]), cast.wayan)
    waiting = send(workbook([paid(2, 2_000)]), cast.wayan)
    close(cast)
    told = send(workbook([paid(3, 3_000)]), cast.wayan)
    assert (told.state, "Juli 2025 terkunci" in told.refusal) == ("checked", True)
    assert (told.to_store, told.counts) == (0, {"refused": 1})
    for batch in (waiting, told):
        with pytest.raises(BatchRefused, match="Juli 2025 terkunci"):
            confirm_money_batch(pk=batch.pk, by=cast.wayan)
        batch.refresh_from_db()
        assert (batch.state, "terkunci" in batch.refusal) == ("checked", True)
    with pytest.raises(MonthLocked):
        undo_money_batch(pk=kept.pk, by=cast.wayan, reason="uji")
    assert [row[2] for row in stored()] == [1_000]
    kept.refresh_from_db()
    assert kept.state == "stored"


@pytest.mark.django_db
def test_rows_of_a_locked_month_stay_out_and_the_others_go_in(cast):
    august = {"day": "10/08/2025", "month": "Agustus 2025"}
    content = workbook([paid(1, 1_000), paid(2, 2_000, **august), paid(3, 3_000)])
    close(cast)
    batch = send(content, cast.wayan)
    assert (batch.refusal, batch.counts) == ("", {"refused": 2, "new": 1})
    for row in batch.rows.filter(state="refused"):
        ((name, sentence),) = row.faults
        assert (name, sentence.startswith("Juli 2025 terkunci sejak")) == ("__all__", True)
    confirm_money_batch(pk=batch.pk, by=cast.wayan)
    assert [row[2] for row in stored()] == [2_000]
    reopen(cast)
    again = send(content, cast.wayan)
    assert again.counts == {"same": 1, "new": 2}


@pytest.mark.django_db
def test_a_month_locked_after_the_preview_is_shown_and_then_the_rest_goes_in(cast):
    august = {"day": "10/08/2025", "month": "Agustus 2025"}
    batch = send(workbook([paid(1, 1_000), paid(2, 2_000, **august)]), cast.wayan)
    assert batch.counts == {"new": 2}
    close(cast)
    with pytest.raises(BatchRefused, match="Juli 2025 terkunci"):
        confirm_money_batch(pk=batch.pk, by=cast.wayan)
    assert not stored()
    batch.refresh_from_db()
    assert (batch.refusal, batch.counts) == ("", {"new": 1, "refused": 1})
    confirm_money_batch(pk=batch.pk, by=cast.wayan)
    assert [row[2] for row in stored()] == [2_000]


@pytest.mark.django_db(transaction=True)
def test_an_import_confirmed_while_the_month_is_closed_wins_or_is_refused():
    load_test_reference()
    cast = make_cast()
    move_month(COMPLETE, region_code=KOTA_A, month=JULY, by=cast.wayan)
    batch = send(workbook([paid(1, 1_000), paid(2, 2_000)]), cast.wayan)
    told = {}

    def work():
        try:
            told["batch"] = confirm_money_batch(pk=batch.pk, by=cast.wayan)
        except BatchRefused as refused:
            told["refused"] = refused.sentence
        finally:
            connection.close()

    with transaction.atomic():
        take_region_lock(KOTA_A)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
        move_month(SUBMIT, region_code=KOTA_A, month=JULY, by=cast.siti)
    thread.join(20)
    assert "Juli 2025 terkunci" in told["refused"]
    assert not Contribution.objects.exists()
    batch.refresh_from_db()
    assert (batch.state, batch.rows.filter(fact_pk__isnull=False).count()) == ("checked", 0)
