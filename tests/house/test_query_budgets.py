"""No page asks more than twelve questions, however many rows it shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from reports.services.published_figure import load_published
from reports.services.run import recompute_stale
from tests.cast import KOTA_A
from tests.factories import HeadcountFactory, MembershipCountFactory, WorkforceFactory

BUDGET = 12
BOARDS = [
    ("dewi", "/wilayah/ID/?periode=2025-07"),
    ("dewi", "/"),
    ("ratna", "/wilayah/36/?periode=2025-07"),
    ("ratna", "/"),
    ("wayan", f"/wilayah/{KOTA_A}/?periode=2025-07"),
    ("anton", f"/wilayah/{KOTA_A}/?periode=2025-07"),
    ("wayan", "/"),
    ("anton", "/"),
    ("wayan", "/peserta-aktif/"),
    ("wayan", f"/wilayah/{KOTA_A}/status/?periode=2025-07"),
]


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return len(queries)


@pytest.mark.parametrize(("person", "address"), BOARDS)
def test_a_page_keeps_its_budget_with_one_row_and_with_twenty(
    figures, cast, system, client_of, person, address
):
    client = client_of(getattr(cast, person))
    few = queries_of(client, address)
    codes = list(Region.objects.filter(level=2, valid_until=None).values_list("code", flat=True)[:60])
    codes = [code for code in codes if not code.startswith("36")] + [
        "36.01",
        "36.02",
        "36.03",
        "36.71",
    ]
    record_workforces([WorkforceFactory(region_id=code) for code in codes], by=system)
    record_membership_counts([MembershipCountFactory(region_id=code) for code in codes], by=system)
    more = [
        HeadcountFactory(category_id=category, people=5)
        for category in ("rt_rw", "kader", "nelayan", "petani", "marbot", "guru_ngaji")
    ]
    record_headcounts(more, by=system)
    load_published(by=system)
    recompute_stale()
    many = queries_of(client, address)
    assert many <= BUDGET, many
    assert many <= few + 1
