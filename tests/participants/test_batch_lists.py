"""Lists as offices send them, from the file to the facts: what is stored is what the reader accepted."""

import json

import pytest

from participants.models import Batch, Participant
from participants.services.batches.batch import confirm_batch, send_file
from participants.services.batches.work import work_on_batches
from tests.participants.batches import terms
from tests.participants.test_check_list import LISTS

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not LISTS.exists(), reason="daftar percobaan tidak ada di sebelah proyek ini"),
]
EXPECTED = json.loads((LISTS / "expected.json").read_text()) if LISTS.exists() else {"tidak ada": {}}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_list_is_stored_as_it_was_accepted(name, cast):
    content = (LISTS / name).read_bytes()
    pk = send_file(terms=terms(), file_name=name, content=content, by=cast.wayan).pk
    work_on_batches()
    batch, expected = Batch.objects.get(pk=pk), EXPECTED[name]
    if not expected["rows"]:
        assert (batch.state, bool(batch.refusal)) == ("refused", True)
        return
    assert batch.counts["state"].get("new", 0) == expected["ok"]
    assert batch.counts["reason"] == expected["refused"]
    confirm_batch(pk=pk, by=cast.wayan)
    work_on_batches()
    assert Participant.objects.filter(region="36.72").count() == expected["ok"]
    if name.startswith("05"):
        niks = json.loads((LISTS / "05_papua_niks.json").read_text())
        assert sorted(p.nik.digits for p in Participant.objects.all()) == sorted(niks)
