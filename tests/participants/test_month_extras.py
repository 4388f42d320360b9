"""What months hold in fields of an office's own: filled beside the figures, locked with them, exported."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from django.utils.timezone import now
from python_calamine import CalamineWorkbook

from participants.enums import ExtraAbout, ExtraKind
from participants.models import MonthExtra
from participants.selectors.extra_field import missing_in_month
from participants.services.month_extra import save_month_extra
from regions.enums import MonthState
from regions.errors import ChangedMeanwhile, FactRefused, MonthLocked, NotPermitted, OutsideScope
from regions.models import Act, ReportingMonth
from regions.roles import Role
from tests.cast import KOTA_A, PROVINCE
from tests.participants.extra_fields import make_field

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)
PAGE = reverse("month_extra", args=[KOTA_A, "2025-07"])


@pytest.fixture
def agents(cast):
    return make_field(
        cast.admin,
        **{"region_code": PROVINCE, "about": ExtraAbout.MONTH, "name": "Agen Perisai"},
        **{"kind": ExtraKind.NUMBER, "is_required": True},
    )


@pytest.fixture
def letter(cast):
    return make_field(cast.admin, about=ExtraAbout.MONTH, name="Nomor surat", seen_by=[Role.OPERATOR])


def save(by, cells, revision=0, **changes):
    place = {"region_code": KOTA_A, "month": JULY} | changes
    return save_month_extra(**place, cells=cells, revision=revision, by=by)


def test_cells_are_taken_over_one_by_one_with_acts(cast, agents, letter):
    save(cast.wayan, {agents.key: "1.200", letter.key: "12/2025"})
    # Who does not see a field leaves it as it is.
    row = save(cast.siti, {agents.key: "1.300"}, 1)
    assert (row.extra, row.revision) == ({agents.key: 1300, letter.key: "12/2025"}, 2)
    assert save(cast.wayan, {agents.key: "1300"}, 2).revision == 2
    acts = Act.objects.order_by("-pk").filter(subject="isian tambahan bulan")
    assert [(act.verb, set(act.detail["fields"])) for act in acts] == [
        ("corrected", {agents.name}),
        ("recorded", {agents.name, letter.name}),
    ]
    with pytest.raises(ChangedMeanwhile):
        save(cast.wayan, {agents.key: "1"}, 1)
    assert MonthExtra.pgh_event_model.objects.get().extra == {agents.key: 1200, letter.key: "12/2025"}


def test_what_does_not_fit_is_refused(cast, agents, letter):
    for by, cells, where in (
        (cast.wayan, {agents.key: "banyak"}, agents.key),
        (cast.wayan, {agents.key: ""}, agents.key),
        (cast.siti, {letter.key: "12"}, letter.key),
    ):
        with pytest.raises(FactRefused) as refused:
            save(by, cells)
        assert [problem.field for problem in refused.value.problems] == [where]
    with pytest.raises(FactRefused, match=r"."):
        save(cast.wayan, {}, month=date(2099, 1, 1))
    with pytest.raises(NotPermitted):
        save(cast.dewi, {})
    with pytest.raises(OutsideScope):
        save(cast.admin, {}, region_code="36.72.01")
    assert not MonthExtra.objects.exists()


def test_a_locked_month_takes_none(cast, agents):
    ReportingMonth.objects.create(
        region_id=KOTA_A, month=JULY, state=MonthState.CLOSED, closing=1, changed_at=now()
    )
    with pytest.raises(MonthLocked):
        save(cast.wayan, {agents.key: "1"})


def test_which_required_ones_are_missing(cast, agents, letter):
    assert missing_in_month(KOTA_A, JULY) == ["Agen Perisai"]
    save(cast.wayan, {agents.key: "0"})
    assert missing_in_month(KOTA_A, JULY) == []
    assert missing_in_month(KOTA_A, date(2023, 12, 1)) == []


class TestPages:
    def test_filled_below_the_grid_and_seen_in_it(self, cast, agents, letter, client_of):
        client = client_of(cast.wayan)
        grid = reverse("month_entry_grid", args=[KOTA_A, "2025-07"])
        assert client.get(grid).context["page"].has_extras is True
        refused = client.post(PAGE, {"revision": "0", agents.key: "banyak", letter.key: "12"})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, [agents.key])
        assert client.post(PAGE, {"revision": "0", agents.key: "12", letter.key: "7"}).url == grid
        assert [field.value() for field in client.get(PAGE).context["form"].visible_fields()] == ["12", "7"]
        assert client.post(PAGE, {"revision": "0", agents.key: "13", letter.key: ""}).url == PAGE
        others = client_of(cast.siti).get(PAGE).context["form"].visible_fields()
        assert [field.value() for field in others] == ["12"]

    def test_a_month_without_fields_shows_none(self, cast, client_of):
        grid = reverse("month_entry_grid", args=[KOTA_A, "2025-07"])
        assert client_of(cast.wayan).get(grid).context["page"].has_extras is False
        assert client_of(cast.wayan).get(PAGE).status_code == 200

    def test_the_table_of_all_regions_and_its_files(self, cast, agents, letter, client_of):
        save(cast.wayan, {agents.key: "12", letter.key: "=1+1"})
        address = f"{reverse('month_extra_list')}?bulan=2025-07"
        assert client_of(cast.lestari).get(address).context["table"].rows == [
            (KOTA_A, "Kota Cilegon", ["12"]),
        ]
        file = client_of(cast.wayan).get(f"{address}&unduh=csv")
        rows = list(csv.reader(StringIO(b"".join(file.streaming_content).decode("utf-8-sig")), delimiter=";"))
        assert rows == [
            ["Kode", "Wilayah", "Bulan", "Agen Perisai", "Nomor surat"],
            [KOTA_A, "Kota Cilegon", "2025-07", "12", "'=1+1"],
        ]
        workbook = b"".join(client_of(cast.wayan).get(f"{address}&unduh=xlsx").streaming_content)
        assert (
            CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()[0] == rows[0]
        )
        assert client_of(cast.budi).get(address).context["table"].rows == []
