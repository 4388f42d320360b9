import pytest
from django.db import InternalError, connection, transaction

from regions.enums import Verb
from regions.models import Act
from regions.selectors.act import list_acts, verify_acts
from regions.services.act import record_act
from tests.cast import KOTA_A, KOTA_B


def test_the_chain_is_whole_and_breaks_where_somebody_tampers(cast):
    acts = [record_act(by=cast.wayan, verb=Verb.RECORDED, subject=f"uji {n}") for n in range(3)]
    assert verify_acts().broken_at is None
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE regions_act DISABLE TRIGGER ALL")
        cursor.execute("UPDATE regions_act SET subject = 'lain' WHERE id = %s", [acts[1].pk])
        cursor.execute("ALTER TABLE regions_act ENABLE TRIGGER ALL")
    assert verify_acts().broken_at == acts[1].pk


@pytest.mark.parametrize("tamper", ["update", "delete"])
def test_the_database_itself_refuses_to_change_the_ledger(cast, tamper):
    act = record_act(by=cast.wayan, verb=Verb.RECORDED, subject="uji")
    row = Act.objects.filter(pk=act.pk)
    attempt = row.delete if tamper == "delete" else lambda: row.update(subject="lain")
    with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
        attempt()
    assert Act.objects.get(pk=act.pk).subject == "uji"


def test_an_auditor_reads_the_acts_of_the_own_province_only(cast):
    inside = record_act(by=cast.wayan, verb=Verb.RECORDED, subject="di A", region_code=KOTA_A)
    record_act(by=cast.wayan, verb=Verb.RECORDED, subject="lain", region_code="32.16")
    seen = [act.subject for act in list_acts(cast.lestari) if act.verb == Verb.RECORDED]
    assert seen == [inside.subject]
    assert KOTA_B not in {act.region_code for act in list_acts(cast.siti)}
