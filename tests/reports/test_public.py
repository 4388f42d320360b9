"""The page for everybody: off unless switched on, closed months alone, no small cell that can be reckoned."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from participants.services.headcount import record_headcounts
from regions.models import Region
from regions.selectors.region import children_by_month
from reports.models import MeasureValue
from reports.public.suppression import bounds_of, families_of
from reports.selectors.public import cells_of, get_public_month, get_public_region, list_public_months
from reports.services.example import load_examples
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import HeadcountFactory
from tests.months import close, reopen

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)
LEAST = 10


@pytest.fixture
def closed(figures, cast, system):
    """Kota A closed July with 1,593 and 4 people; Kota B did not."""
    record_headcounts([HeadcountFactory(category_id="nelayan", people=4)], by=system)
    recompute_stale()
    close(cast)
    recompute_stale()


@pytest.fixture
def is_on(settings):
    settings.PUBLIC_PAGE, settings.PUBLIC_LEAST = True, LEAST


def page(client_of, name="public_region", code=KOTA_A, query=""):
    return client_of(None).get(f"{reverse(name, args=[code])}{query}")


def test_there_is_none_unless_it_is_switched_on(closed, client_of):
    assert page(client_of).status_code == page(client_of, "public_csv").status_code == 404
    assert client_of(None).get(reverse("public_index")).status_code == 404


@pytest.mark.usefixtures("is_on")
def test_everybody_reads_closed_months_and_no_small_cell(closed, client_of):
    shown = page(client_of).content.decode()
    assert "76.062 dari 174.897 pekerja terlindungi, 43,49%" in shown
    assert "1.593" in shown and "disembunyikan" in shown
    told = get_public_region(Region.objects.get(code=KOTA_A), JULY)
    assert [(one.code, one.people) for one in told.categories] == [("linmas", 1_593), ("nelayan", None)]
    rows = page(client_of, "public_csv").content.decode("utf-8-sig").splitlines()
    assert [row.split(";")[3:5] for row in rows[1:]] == [
        ["", "76062"],
        ["Anggota Linmas", "1593"],
        ["Nelayan", ""],
    ]


@pytest.mark.usefixtures("is_on")
def test_open_months_and_regions_are_not_told(closed, client_of):
    assert list_public_months() == [JULY]
    of_b = page(client_of, code=KOTA_B).content.decode()
    assert "belum ditutup" in of_b and "44.444" not in of_b
    above = page(client_of, code=PROVINCE).content.decode()
    assert "76.062" in above and "44.444" not in above and "120.506" not in above
    assert page(client_of, query="?periode=2025-06").status_code == 404
    assert page(client_of, query="?periode=juli").status_code == 404
    assert page(client_of, code="36.72.01").status_code == page(client_of, code="99").status_code == 404
    assert client_of(None).get(reverse("public_index")).url == reverse("public_region", args=[NATION])


@pytest.mark.usefixtures("is_on")
def test_without_a_closed_month_it_says_so(figures, client_of):
    assert "Belum ada bulan yang ditutup" in page(client_of).content.decode()
    assert page(client_of, "public_csv").status_code == 404


@pytest.mark.usefixtures("is_on")
def test_a_reopened_month_is_gone(closed, cast, client_of):
    assert page(client_of).status_code == 200
    reopen(cast)
    assert "Belum ada bulan yang ditutup" in page(client_of).content.decode()


@pytest.mark.usefixtures("is_on")
def test_nobody_reckons_a_small_cell_of_the_example_data(cast, system, monkeypatch):
    """As if every region had closed every month but each seventh: shown cells and sums against small ones."""
    load_published(by=system)
    load_examples(by=system)
    recompute_stale(seconds=600)
    with connection.cursor() as cursor:
        # Of rows in a transaction that is still open nobody has made statistics.
        cursor.execute("ANALYZE reports_run, reports_measurevalue, regions_region")
    months = MeasureValue.objects.filter(measure="CAT-01", run__is_current=True)
    small = tables = 0
    for month in sorted(set(months.values_list("run__period", flat=True))):
        codes = sorted(set(months.filter(run__period=month).values_list("run__region_id", flat=True)))
        closed = {code: 1 for number, code in enumerate(codes) if number % 7}
        monkeypatch.setattr("reports.selectors.public.closed_in", lambda _month, told=closed: told)
        for least in (LEAST, 200):
            monkeypatch.setattr("django.conf.settings.PUBLIC_LEAST", least, raising=False)
            small += attack(get_public_month(month), month, closed, least)
            tables += 1
    assert tables > 2 and small > 30


def attack(told, month, closed, least):
    """How many small or open cells there are; fails where one can be narrowed down."""
    everything = cells_of(MeasureValue.objects.filter(run__period=month, run__is_current=True))
    children, count = children_by_month([NATION], [month])[month], 0
    for column in {column for column, _code in everything}:
        values = {code: people for (one, code), people in everything.items() if one == column}
        shown = {code for code in values if told.people(column, code) is not None}
        assert all(told.people(column, code) == values[code] for code in shown) and shown <= set(closed)
        hidden = {code for code in values if told.is_hidden(column, code)}
        unshown = set(values) - shown - hidden
        bounds = bounds_of(values, families_of(values, children), hidden, unshown)
        for code, people in values.items():
            if 0 < people < least or code in unshown:
                assert code not in shown
                assert bounds[code][1] - bounds[code][0] >= least - 1, (column, code, people, bounds[code])
                count += 1
    return count
