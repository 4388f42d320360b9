"""Who pays, beside the source of funds: in lists and their columns, on spells, in payments and exports."""

from datetime import date

import pytest

from budgets.enums import MoneyKind
from budgets.importers.money_columns import LABELS
from budgets.importers.money_fields import MoneyField
from budgets.models import Contribution, Realisation
from budgets.selectors.double_funding import explain_persons, list_double_funding
from budgets.services.contribution import record_contributions
from budgets.services.realisation import record_realisations
from participants.exporters.person_table import rows_of, titles
from participants.exporters.template_workbook import COLUMNS
from participants.importers.header import Field, label_of, titles_known
from participants.models import Batch, BatchRow, Category, Enrolment, FundingSource
from participants.selectors.persons.listed import with_spells
from participants.selectors.persons.person import PersonFilters, list_persons
from participants.services.batches.emptying import empty_rows
from participants.services.batches.mend import mend_row
from participants.services.batches.undo import undo_batch
from participants.services.persons.category_change import change_category
from regions.enums import InstitutionKind
from regions.errors import FactRefused, InstitutionRefused, OutsideScope
from regions.models import Act, Institution
from regions.services.institution import change_institution, create_institution
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ContributionFactory, RealisationFactory
from tests.pages import page_of
from tests.participants.batches import people, send, store
from tests.participants.made_files import HEADER, person

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = date(2025, 7, 1)
WITH_PAYER = [*HEADER, "Pemberi Kerja / OPD Pembayar"]


@pytest.fixture
def offices(cast):
    made = {}
    for code, name in ((KOTA_A, "Dinas Perikanan"), (KOTA_A, "KPU Kota A"), (KOTA_B, "Dinas Sosial")):
        made[name] = create_institution(region_code=code, name=name, kind=InstitutionKind.OPD, by=cast.admin)
    return made


def paid_by(serial, payer, **changes):
    return [*person(serial, **changes), payer]


def payers():
    spells = Enrolment.objects.order_by("participant__name")
    return {one.participant.name: one.payer and one.payer.name for one in spells}


class TestLists:
    def test_each_row_may_name_its_payer_and_the_list_the_rest(self, offices, cast):
        rows = [paid_by(1, "Dinas Perikanan"), paid_by(2, "dinas  perikanan."), paid_by(3, "")]
        store(rows, cast.wayan, WITH_PAYER, payer=offices["KPU Kota A"].pk)
        assert payers() == {
            "Budi b": "Dinas Perikanan",
            "Budi c": "Dinas Perikanan",
            "Budi d": "KPU Kota A",
        }

    @pytest.mark.parametrize("payer", ["Dinas Entah", "Dinas Sosial"])
    def test_an_unknown_payer_and_one_of_elsewhere_are_told_and_left_out(self, payer, offices, cast):
        batch = store([paid_by(1, payer)], cast.wayan, WITH_PAYER)
        assert payers() == {"Budi b": None}
        assert batch.counts["doubt"] == {"payer_unknown": 1}
        assert BatchRow.objects.get().payer_name == payer

    def test_a_number_of_a_person_in_the_column_is_masked(self, offices, cast):
        rows = [paid_by(1, "Dinas 3672010704650009"), paid_by(2, "3672010704650009", nik="12")]
        store(rows, cast.wayan, WITH_PAYER)
        told = list(BatchRow.objects.order_by("number").values_list("payer_name", flat=True))
        assert told == ["Dinas 367201******0009", "367201******0009"]

    def test_an_ended_institution_pays_no_more(self, offices, cast):
        Institution.objects.filter(name="KPU Kota A").update(valid_until=date(2025, 1, 1))
        store([paid_by(1, "KPU Kota A")], cast.wayan, WITH_PAYER)
        assert payers() == {"Budi b": None}

    def test_a_mended_row_keeps_its_payer(self, offices, cast):
        batch = store([paid_by(1, "KPU Kota A", nik="12")], cast.wayan, WITH_PAYER)
        row = batch.rows.get(state="refused")
        cells = {Field.NIK: "3672010704650001", Field.NAME: "Budi b"}
        mend_row(batch_id=batch.pk, row_id=row.pk, cells=cells, by=cast.wayan)
        assert payers() == {"Budi b": "KPU Kota A"}

    def test_a_later_list_names_the_payer_of_whom_nobody_had_named_one(self, offices, cast):
        store(people(2), cast.wayan)
        rows = [paid_by(1, "KPU Kota A"), paid_by(2, "")]
        store(rows, cast.wayan, WITH_PAYER)
        assert payers() == {"Budi b": "KPU Kota A", "Budi c": None}
        store([paid_by(1, "Dinas Perikanan")], cast.wayan, WITH_PAYER)
        assert payers() == {"Budi b": "KPU Kota A", "Budi c": None}

    def test_a_wider_list_taken_back_takes_its_payer_along(self, offices, cast):
        store(people(1), cast.wayan, last_month=date(2025, 3, 1))
        wider = store([paid_by(1, "KPU Kota A")], cast.wayan, WITH_PAYER, last_month=date(2025, 6, 1))
        assert payers() == {"Budi b": "KPU Kota A"}
        undo_batch(pk=wider.pk, by=cast.wayan, reason="salah")
        assert payers() == {"Budi b": None}
        spell = Enrolment.objects.get()
        assert spell.last_month == date(2025, 3, 1)

    def test_what_is_taken_out_of_rows_takes_the_payer_along(self, offices, cast):
        batch = store([paid_by(1, "KPU Kota A")], cast.wayan, WITH_PAYER)
        empty_rows(batch.rows.all())
        assert BatchRow.objects.get().payer_name == ""

    @pytest.mark.parametrize(("funding", "payer"), [("apbd_kabkota", "KPU Kota A"), ("apbn", None)])
    def test_another_category_keeps_the_payer_of_the_same_money(self, funding, payer, offices, cast):
        store([paid_by(1, "KPU Kota A")], cast.wayan, WITH_PAYER)
        change_category(
            participant_id=Enrolment.objects.get().participant_id,
            from_category=Category.objects.get(pk="linmas"),
            to_category=Category.objects.get(pk="kader"),
            funding=FundingSource.objects.get(pk=funding),
            happened_on=JULY,
            source="SK 2",
            by=cast.wayan,
        )
        after = Enrolment.objects.get(category="kader")
        assert (after.payer and after.payer.name) == payer

    def test_the_empty_list_for_offices_has_the_column(self):
        titles_of = [title for title, _width in COLUMNS]
        assert titles_known(None, None)[label_of(titles_of[-2])] == Field.PAYER

    def test_person_page_export_and_double_funding_name_it(self, offices, cast, client_of):
        store([paid_by(1, "KPU Kota A")], cast.wayan, WITH_PAYER)
        store([paid_by(1, "Dinas Perikanan")], cast.wayan, WITH_PAYER, funding="apbn", category="kader")
        (found,) = list_persons(cast.wayan, PersonFilters())
        page = page_of(client_of(cast.wayan).get(f"/peserta/{found.pk}/"))
        assert "KPU Kota A" in page
        (cells,) = rows_of(with_spells([found], PersonFilters()), whole=False)
        assert cells[titles().index("Lembaga pembayar")] == "Dinas Perikanan / KPU Kota A"
        doubled = list_double_funding(cast.wayan, KOTA_A, JULY)
        (told,) = explain_persons(cast.wayan, KOTA_A, JULY, doubled)
        named = {told.lines[0].drops.institution, *(one.institution for one in told.lines[0].stays)}
        assert named == {"KPU Kota A", "Dinas Perikanan"}

    def test_the_form_asks_for_it_and_keeps_it_for_the_next_list(self, offices, cast, client_of):
        page = page_of(client_of(cast.wayan).get("/kiriman/kirim/"))
        assert page.count("Dinas Perikanan") == 2
        assert "Dinas Sosial" not in page
        batch = send(people(1), cast.wayan, payer=offices["KPU Kota A"].pk)
        shown = page_of(client_of(cast.wayan).get(f"/kiriman/{batch.pk}/"))
        assert "<dt>Lembaga pembayar</dt><dd>KPU Kota A</dd>" in shown
        assert Batch.objects.get().payer == offices["KPU Kota A"]


class TestMoney:
    def test_payments_and_bills_keep_their_payer(self, offices, cast, client_of):
        body = offices["KPU Kota A"]
        record_contributions([ContributionFactory(institution=body)], by=cast.wayan)
        record_realisations([RealisationFactory(institution=body)], by=cast.wayan)
        assert Contribution.objects.get().institution == Realisation.objects.get().institution == body
        client = client_of(cast.wayan)
        assert "KPU Kota A" in page_of(client.get("/iuran/"))
        assert "KPU Kota A" in page_of(client.get("/anggaran/realisasi/"))

    @pytest.mark.parametrize(
        ("record", "factory"),
        [(record_contributions, ContributionFactory), (record_realisations, RealisationFactory)],
    )
    def test_an_institution_of_elsewhere_pays_nothing_here(self, record, factory, offices, cast):
        with pytest.raises(FactRefused, match="wilayah lain"):
            record([factory(institution=offices["Dinas Sosial"])], by=cast.wayan)

    @pytest.mark.parametrize("kind", [MoneyKind.CONTRIBUTION, MoneyKind.REALISATION])
    def test_files_of_money_have_a_column_for_it(self, kind):
        assert LABELS[kind]["pemberikerjaopdpembayar"] == MoneyField.INSTITUTION
        # Of payments an office alone may be anybody's.
        assert "opd" not in LABELS[kind]


class TestInstitutions:
    def test_made_renamed_and_ended_each_with_its_act(self, cast):
        row = create_institution(
            region_code=KOTA_A, name="  Dinas   Perikanan ", kind=InstitutionKind.OPD, by=cast.admin
        )
        assert (row.pk, row.name) == ("3672-dinas-perikanan", "Dinas Perikanan")
        change = {"code": row.pk, "kind": InstitutionKind.OPD, "by": cast.admin}
        change_institution(**change, name="Dinas Kelautan", valid_until=None)
        change_institution(**change, name="Dinas Kelautan", valid_until=date(2025, 9, 1))
        change_institution(**change, name="Dinas Kelautan", valid_until=date(2025, 9, 1))
        acts = Act.objects.filter(subject=f"lembaga {row.pk}").order_by("pk")
        assert [(one.verb, one.detail["changed"]) for one in acts] == [
            ("recorded", {"name": ["", "Dinas Perikanan"], "kind": ["", "Organisasi perangkat daerah"]}),
            ("corrected", {"name": ["Dinas Perikanan", "Dinas Kelautan"]}),
            ("corrected", {"valid_until": ["", "2025-09-01"]}),
        ]

    def test_two_of_one_name_in_a_region_are_refused(self, offices, cast):
        with pytest.raises(InstitutionRefused, match="sudah ada"):
            create_institution(
                region_code=KOTA_A, name="dinas perikanan", kind=InstitutionKind.OPD, by=cast.admin
            )
        elsewhere = create_institution(
            region_code=KOTA_B, name="Dinas Perikanan", kind=InstitutionKind.OPD, by=cast.admin
        )
        assert elsewhere.pk == "3673-dinas-perikanan"
        with pytest.raises(InstitutionRefused, match="Tulis nama"):
            create_institution(region_code=KOTA_A, name=" ", kind=InstitutionKind.OPD, by=cast.admin)

    def test_only_an_administrator_of_the_region(self, offices, cast):
        with pytest.raises(OutsideScope):
            create_institution(region_code=KOTA_A, name="X", kind=InstitutionKind.OPD, by=cast.budi)
        with pytest.raises(OutsideScope):
            change_institution(
                code=offices["Dinas Sosial"].pk,
                name="X",
                kind=InstitutionKind.OPD,
                valid_until=None,
                by=cast.siti,
            )

    def test_the_pages(self, offices, cast, client_of):
        client = client_of(cast.admin)
        assert "Dinas Perikanan" in page_of(client.get("/lembaga/?cari=perikanan"))
        given = {"region": KOTA_A, "name": "Baznas Kota A", "kind": "baznas"}
        assert client.post("/lembaga/daftarkan/", given).status_code == 302
        again = client.post("/lembaga/daftarkan/", given)
        assert (again.status_code, "sudah ada" in again.content.decode()) == (422, True)
        ended = {"name": "Baznas", "kind": "baznas", "valid_until": "2025-09-01"}
        assert client.post("/lembaga/3672-baznas-kota-a/", ended).status_code == 302
        assert Institution.objects.get(pk="3672-baznas-kota-a").name == "Baznas"
        assert "tidak ada lagi sejak 1 September 2025" in page_of(client.get("/lembaga/"))
        assert client.get("/lembaga/tidak-ada/").status_code == 404
