"""People by name in each programme, of a regency, of its province, and explained by their lists."""

from datetime import date

import pytest

from reports.models import MeasureValue
from reports.services.recompute import recompute_stale
from tests.participants.batches import people, store

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)
PROGRAMMES = tuple(f"CAT-{number:02}" for number in range(8, 13))


def figures(code):
    rows = MeasureValue.objects.filter(
        run__region=code, run__period=JULY, run__is_current=True, measure__in=PROGRAMMES
    )
    return {(v.measure, v.category, v.funding): (v.numerator, v.reported, v.expected) for v in rows}


@pytest.fixture
def lists(cast, system):
    """Five in two programmes, three of the same category and payer with their savings besides."""
    two = store(people(5), cast.wayan, category="nelayan")
    three = store(people(3, first=20), cast.wayan, category="nelayan", programmes=("jkk", "jkm", "jht"))
    store(people(2), cast.wayan, category="rt_rw", segment="pu", programmes=("jkk", "jkm", "jp", "jkp"))
    recompute_stale()
    return two, three


def test_each_programme_is_counted_by_itself(lists):
    fishers, heads = ("nelayan", "apbd_kabkota"), ("rt_rw", "apbd_kabkota")
    assert figures("36.72") == {
        ("CAT-08", *fishers): (8, None, None),
        ("CAT-09", *fishers): (8, None, None),
        ("CAT-10", *fishers): (3, None, None),
        ("CAT-08", *heads): (2, None, None),
        ("CAT-09", *heads): (2, None, None),
        ("CAT-11", *heads): (2, None, None),
        ("CAT-12", *heads): (2, None, None),
    }
    assert figures("36")["CAT-10", *fishers] == (3, 1, 8)


def test_the_explanation_names_the_lists_of_the_programme_alone(lists, cast, client_of):
    two, three = lists
    client = client_of(cast.wayan)
    board = client.get("/wilayah/36.72/semua/?periode=2025-07").content.decode()
    address = next(part for part in board.split('"') if "/CAT-10" in part)
    page = client.get(address.replace("&amp;", "&")).content.decode()
    assert f"#{three.pk} · daftar.xlsx" in page
    assert f"#{two.pk} · daftar.xlsx" not in page
