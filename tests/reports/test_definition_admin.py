from datetime import date

import pytest
from django.urls import reverse

from regions.models import Act, OfficeCoverage
from reports.models import CoverageDefinition, MeasureValue
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A

pytestmark = pytest.mark.ignore_template_errors


def test_a_new_definition_recomputes_its_months_and_stands_in_the_ledger(figures, cast, client_of):
    form = {
        "code": "ucj-bpu",
        "label": "UCJ: hanya BPU",
        "segments": "bpu",
        "valid_from": "2025-01-01",
        "legal_source": "uji",
    }
    client = client_of(cast.admin)
    saved = client.post(reverse("admin:reports_coveragedefinition_add"), form)
    assert saved.status_code == 302
    assert CoverageDefinition.objects.get(code="ucj-bpu").valid_from == date(2025, 1, 1)
    assert Act.objects.first().subject.startswith("definisi cakupan")
    recompute_stale()
    value = MeasureValue.objects.get(run__region_id=KOTA_A, run__is_current=True, measure="COV-01")
    assert value.definition.startswith("UCJ: hanya BPU")


def test_an_administrator_changes_what_an_office_covers(cast, client_of):
    client = client_of(cast.admin)
    address = reverse("admin:regions_office_change", args=["cabang-a"])
    page = client.get(address)
    assert page.status_code == 200
    assert "coverages-0-region" in page.content.decode()
    assert OfficeCoverage.objects.filter(office="cabang-a").count() == 2
