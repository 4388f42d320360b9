"""A letter to the second payer is noted by number and payer, never by name, and only by who may write it."""

import pytest

from budgets.selectors.double_funding import Payer
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act
from reports.services.payer_letter import note_letter
from tests.cast import KOTA_A
from tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db
KNOWN = Payer("APBN", is_hidden=False, region="Kota Cilegon", institution="KPU Kota A")
HIDDEN = Payer("pemerintah lain", is_hidden=True, called="pembayar di wilayah lain")


@pytest.mark.parametrize(
    ("payer", "told"),
    [
        (KNOWN, "KPU Kota A, Kota Cilegon"),
        (Payer("APBN", is_hidden=False, region="Kota Cilegon"), "APBN, Kota Cilegon"),
        (HIDDEN, "pembayar di wilayah lain melalui kantor cabang BPJS Ketenagakerjaan"),
    ],
)
def test_the_ledger_names_the_record_and_the_payer(cast, payer, told):
    person = ParticipantFactory(entered_by=cast.wayan, name="Sukarman Jaya")
    act = note_letter(person=person, payer=payer, by=cast.wayan)
    assert (act.verb, act.actor_id, act.region_code) == ("exported", cast.wayan.pk, KOTA_A)
    assert act.subject == f"surat pendanaan ganda, peserta #{person.pk}"
    assert (act.detail["person"], act.detail["payer"]) == (person.pk, told)
    assert "Sukarman" not in f"{act.subject}{act.detail}"


@pytest.mark.parametrize(
    ("name", "error"), [("budi", OutsideScope), ("nobody", OutsideScope), ("ratna", NotPermitted)]
)
def test_others_note_nothing(cast, name, error):
    person = ParticipantFactory(entered_by=cast.wayan)
    with pytest.raises(error):
        note_letter(person=person, payer=KNOWN, by=getattr(cast, name))
    assert not Act.objects.filter(verb="exported").exists()
