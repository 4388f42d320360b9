import pytest
from django.urls import reverse

from regions.models import OfficeCoverage

pytestmark = pytest.mark.ignore_template_errors


def test_an_administrator_changes_what_an_office_covers(cast, client_of):
    client = client_of(cast.admin)
    address = reverse("admin:regions_office_change", args=["cabang-a"])
    page = client.get(address)
    assert page.status_code == 200
    assert "coverages-0-region" in page.content.decode()
    assert OfficeCoverage.objects.filter(office="cabang-a").count() == 2
