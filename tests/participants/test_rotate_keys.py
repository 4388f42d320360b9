"""Keys are changed while people work, broken off and begun again."""

import base64

import pytest
from django.core.management import call_command

from participants.errors import BatchRefused
from participants.models import Batch, BatchFile, BatchRow, Participant
from participants.selectors.batches.file import open_file
from participants.services import key as key_service
from participants.services.key import rotate_keys
from regions.models import Act
from tests.participants.batches import people, send, store, terms, workbook
from tests.participants.made_files import HEADER, person

pytestmark = pytest.mark.django_db
NEW = base64.b64encode(b"2" * 32).decode()


def keys_of(model, *columns):
    blobs = [blob for row in model.objects.values_list(*columns) for blob in row if blob is not None]
    return {bytes(blob)[0] for blob in blobs}


def test_everything_is_sealed_anew_and_found_again(cast, settings, monkeypatch):
    header = [*HEADER, "No HP", "KPJ"]
    rows = [[*person(serial), f"0812345678{serial:02}", f"001234567{serial:02}"] for serial in range(1, 6)]
    rows.append([*person(6, nik="12"), "", ""])
    content = workbook(rows, header)
    first = store(content, cast.wayan)
    store([[*person(1, district="Jombang"), "", ""]], cast.wayan, header)
    before = {(p.nik.digits, p.kpj, p.phone, p.district_name) for p in Participant.objects.all()}
    old = settings.NIK_KEYS
    settings.NIK_KEYS = f"{old},9:{NEW}"
    with pytest.raises(BatchRefused, match="Kunci penyandian sedang diganti"):
        send(people(1), cast.wayan)
    monkeypatch.setattr(key_service, "_AT_ONCE", 2)
    call_command("rotate_keys")
    assert rotate_keys(by=cast.admin) == 0
    settings.NIK_KEYS = f"9:{NEW}"
    sealed = ("nik_sealed", "kpj_sealed", "phone_sealed")
    assert keys_of(Participant, *sealed) == {9}
    assert keys_of(Participant.pgh_event_model, *sealed) == {9}
    assert keys_of(BatchRow, *sealed, "cells_sealed") == {9}
    assert keys_of(BatchFile, "content_sealed") == {9}
    assert {(p.nik.digits, p.kpj, p.phone, p.district_name) for p in Participant.objects.all()} == before
    assert Participant.pgh_event_model.objects.count() == 1
    with open_file(Batch.objects.get(pk=first.pk)) as path:
        assert path.read_bytes() == content
    again = store(rows, cast.wayan, header)
    assert again.counts["state"] == {"same": 4, "changed": 1, "refused": 1}
    act = Act.objects.get(verb="keys_rotated")
    assert act.detail == {"key": 9, "rows": 5 + 1 + 7 + 1 + 2}
    assert terms().region_code in {p.region_id for p in Participant.objects.all()}
