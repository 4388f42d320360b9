"""Long work keeps nobody waiting for the ledger: an act gets its place when its transaction commits."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse

from regions.enums import Verb
from regions.models import Act, Leaf
from regions.selectors.ledger_check import check_ledger
from regions.services.act import record_act
from tests.cast import PASSWORD, make_cast
from tests.conftest import load_test_reference
from tests.ledgers import settle
from tests.participants.batches import store
from tests.participants.made_files import person

LOCK_HELD = "SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND objid = 7312001"


def holds_the_ledger():
    with connection.cursor() as cursor:
        cursor.execute(LOCK_HELD)
        return cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_at_work_keeps_no_sign_in_waiting():
    """It has recorded its act long before it ends; meanwhile somebody signs in, and stands before it."""
    load_test_reference()
    cast = make_cast()
    held, let_go, answered = threading.Event(), threading.Event(), []

    def work():
        with transaction.atomic():
            record_act(by=cast.siti, verb=Verb.IMPORTED, subject="kiriman panjang")
            held.set()
            let_go.wait(60)
        connections.close_all()

    def sign_in():
        given = {"login": "wayan", "password": PASSWORD}
        answered.append(Client().post(reverse("account_login"), given).status_code)
        connections.close_all()

    worker, person_at_door = threading.Thread(target=work), threading.Thread(target=sign_in)
    worker.start()
    try:
        assert held.wait(30)
        person_at_door.start()
        person_at_door.join(50)
        assert answered == [302]
        assert not Act.objects.filter(subject="kiriman panjang").exists()
    finally:
        let_go.set()
        worker.join()
    order = [
        Act.objects.get(pk=pk).verb
        for pk in Leaf.objects.order_by("position").values_list("act_id", flat=True)
    ]
    assert order[-2:] == [Verb.SIGNED_IN, Verb.IMPORTED]
    assert check_ledger().faults == []


@pytest.mark.django_db
def test_storing_a_list_holds_no_lock_of_the_ledger(cast):
    """The lock belongs to the commit alone, whatever a list takes until then."""
    store([person(serial) for serial in range(1, 6)], cast.wayan)
    assert Act.objects.filter(verb=Verb.IMPORTED).count() == 1
    assert not holds_the_ledger()
    settle()
    assert holds_the_ledger()
