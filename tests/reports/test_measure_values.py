"""What measures make of quantities: own ones, sums of those below, halves that do not belong together."""

from dataclasses import fields
from decimal import Decimal

import pytest
from django.utils.translation import override

from budgets.enums import BalanceBasis
from participants.enums import PayerKind
from reports.measures import balance, budget, coverage
from reports.measures.catalogue import MEASURES
from reports.measures.measure import MeasureSection, TableColumn
from reports.measures.quantities import Amount, CoveragePair, Quantities, TargetShare
from reports.measures.result import MeasureResult, label_of, result_of, total_of, weaker

EMPTY = MeasureResult(0)
KINDS = tuple(BalanceBasis)


def told(results):
    """Of each result what differs from an empty one; words as they are read."""
    return [
        {
            one.name: str(value) if one.name == "basis" else value
            for one in fields(result)
            if (value := getattr(result, one.name)) != getattr(EMPTY, one.name) or one.name == "numerator"
        }
        for result in results
    ]


@pytest.fixture(autouse=True)
def _in_indonesian():
    with override("id"):
        yield


def pair(members, eligible, **more):
    return CoveragePair(Amount(*members), Amount(*eligible), "penduduk bekerja", **more)


class TestCoverage:
    BASIS = "penyebut: penduduk bekerja"

    def test_nothing_is_said_of_what_nobody_reported(self):
        for measure in (
            coverage.coverage,
            coverage.coverage_by_segment,
            coverage.gap,
            coverage.gap_to_targets,
        ):
            assert list(measure(Quantities())) == []

    def test_a_whole_is_divided(self):
        q = Quantities(coverage=pair((40,), (100,)))
        assert told(coverage.coverage(q)) == [{"numerator": 40, "denominator": 100, "basis": self.BASIS}]
        assert told(coverage.gap(q)) == [{"numerator": 60, "basis": self.BASIS}]

    def test_a_sum_says_of_how_many_and_what_was_left_out(self):
        q = Quantities(coverage=pair((40, 3, 5), (100, 4, 5), partial=2))
        whole = {"denominator": 100, "basis": self.BASIS, "reported": 3, "expected": 5}
        assert told(coverage.coverage(q)) == [{"numerator": 40, "partial": 2} | whole]
        assert told(coverage.gap(q)) == [{"numerator": 60, "basis": self.BASIS, "reported": 3, "expected": 5}]

    @pytest.mark.parametrize(
        ("members", "eligible", "counted"), [((40,), (100, 2, 5), (2, 5)), ((40, 3, 5), (100, 2, 5), (3, 5))]
    )
    def test_members_and_workers_of_different_regions_are_not_divided(self, members, eligible, counted):
        q = Quantities(
            coverage=pair(members, eligible, is_uneven=True),
            targets={"daerah": TargetShare(Decimal(50), "")},
        )
        uneven = {"numerator": 40, "basis": self.BASIS, "reported": counted[0], "expected": counted[1]}
        assert told(coverage.coverage(q)) == [uneven]
        assert [*coverage.gap(q), *coverage.gap_to_targets(q)] == []

    def test_a_segment_that_is_missing_makes_no_percentage(self):
        q = Quantities(
            coverage=pair((40,), (100,), missing=("pmi",)), targets={"daerah": TargetShare(Decimal(50), "")}
        )
        expected = {"numerator": 40, "basis": self.BASIS, "missing": ("pmi",)}
        assert told(coverage.coverage(q)) == [expected]
        assert [*coverage.gap(q), *coverage.gap_to_targets(q)] == []

    def test_segments_with_their_workers_are_divided_and_the_others_only_counted(self):
        q = Quantities(
            members={"all": Amount(99), "pu": Amount(30), "bpu": Amount(10, 2, 5)},
            segment_coverage={"pu": pair((30,), (50,))},
        )
        assert told(coverage.coverage_by_segment(q)) == [
            {"numerator": 30, "denominator": 50, "segment": "pu", "basis": self.BASIS},
            {
                "numerator": 10,
                "segment": "bpu",
                "reported": 2,
                "expected": 5,
                "basis": "penyebut segmen ini belum ada",
            },
        ]

    def test_the_way_to_each_target_is_rounded_up_and_negative_beyond_it(self):
        targets = {
            "daerah": TargetShare(Decimal("50.5"), "target daerah"),
            "rpjmd": TargetShare(Decimal(30), "target RPJMD"),
        }
        q = Quantities(coverage=pair((40,), (101,)), targets=targets)
        assert told(coverage.gap_to_targets(q)) == [
            {"numerator": 12, "denominator": 101, "target": "daerah", "basis": "target daerah"},
            {"numerator": -9, "denominator": 101, "target": "rpjmd", "basis": "target RPJMD"},
        ]


class TestBalance:
    def test_half_a_balance_is_none(self):
        one = Quantities(contributions={"apbd": Amount(70)})
        assert told(balance.contributions(one)) == [{"numerator": 70}]
        other = Quantities(claims={"jkm": Amount(42)})
        assert told(balance.claims(other)) == [{"numerator": 42}]
        for q in (one, other, Quantities()):
            assert [*balance.balance(q), *balance.claim_ratio(q)] == []
        assert [*balance.claims(one), *balance.contributions(other)] == []

    def test_of_the_region_itself(self):
        q = Quantities(
            contributions={"apbd": Amount(70), "": Amount(30)}, claims={"jkm": Amount(42), "jkk": Amount(8)}
        )
        assert told(balance.contributions(q)) == [{"numerator": 100}]
        assert told(balance.balance(q)) == [{"numerator": 50}]
        assert told(balance.claim_ratio(q)) == [{"numerator": 50, "denominator": 100}]

    def test_sums_are_of_the_regions_with_both_halves(self):
        q = Quantities(
            contributions={"apbd": Amount(100, 4, 5)},
            claims={"jkm": Amount(50, 3, 5)},
            reporters={"contributions": (4, 5), "claims": (3, 5)},
            pairs={("balance", "first"): Amount(80, 2, 5), ("balance", "second"): Amount(50, 2, 5)},
        )
        both = {"reported": 2, "expected": 5}
        assert told(balance.contributions(q)) == [{"numerator": 100, "reported": 4, "expected": 5}]
        assert told(balance.balance(q)) == [{"numerator": 30} | both]
        assert told(balance.claim_ratio(q)) == [{"numerator": 50, "denominator": 80} | both]
        q.pairs = {}
        assert [*balance.balance(q), *balance.claim_ratio(q)] == []

    def test_an_own_half_rests_on_the_weaker_other(self):
        q = Quantities(
            contributions={"apbd": Amount(100)},
            claims={"jkm": Amount(50, 3, 5)},
            reporters={"claims": (3, 5)},
        )
        assert told(balance.balance(q)) == [{"numerator": 50, "reported": 3, "expected": 5}]

    def test_on_each_basis(self):
        first, second, third = (basis.value for basis in KINDS[:3])
        q = Quantities(
            money_in={first: Amount(100), second: Amount(60, 3, 5), third: Amount(7)},
            money_out={first: Amount(150), second: Amount(20, 2, 5)},
            pairs={
                ("basis", second, "first"): Amount(40, 2, 5),
                ("basis", second, "second"): Amount(20, 2, 5),
            },
        )
        words = [str(basis.label) for basis in KINDS[:3]]
        summed = {"variant": second, "reported": 2, "expected": 5}
        assert [one["numerator"] for one in told(balance.money_in(q))] == [100, 60, 7]
        assert [one["variant"] for one in told(balance.money_out(q))] == [first, second]
        assert [label_of(one.basis) for one in balance.money_in(q)] == words
        shown = [
            {key: value for key, value in one.items() if key != "basis"} for one in told(balance.balances(q))
        ]
        assert shown == [{"numerator": -50, "variant": first}, {"numerator": 20} | summed]
        shown = [
            {key: value for key, value in one.items() if key != "basis"} for one in told(balance.ratios(q))
        ]
        assert shown == [
            {"numerator": 150, "denominator": 100, "variant": first},
            {"numerator": 20, "denominator": 40} | summed,
        ]
        assert [label_of(one.basis) for one in balance.ratios(q)] == words[:2]


class TestBudget:
    def test_nothing_is_said_without_ceilings(self):
        q = Quantities(realised={("linmas", "apbd"): Amount(5)})
        assert told(budget.realised_total(q)) == [{"numerator": 5}]
        for measure in (
            budget.allocated_total,
            budget.absorption,
            budget.billed_total,
            budget.posted_total,
            budget.allocated,
            budget.absorption_by_line,
            budget.months_left,
            budget.payer_shares,
        ):
            assert list(measure(q)) == []
        assert list(budget.realised_total(Quantities())) == []

    def test_of_a_ceiling_of_which_nothing_was_paid_nothing_was_absorbed(self):
        q = Quantities(allocated={("linmas", "apbd"): Amount(200), ("", "apbd"): Amount(50)})
        assert told(budget.allocated_total(q)) == [{"numerator": 250}]
        assert told(budget.absorption(q)) == [{"numerator": 0, "denominator": 250}]
        assert told(budget.absorption_by_line(q)) == [
            {"numerator": 0, "denominator": 200, "category": "linmas", "funding": "apbd"},
            {"numerator": 0, "denominator": 50, "funding": "apbd", "basis": "kategori tidak dirinci"},
        ]
        assert told(budget.allocated(q))[1] == {
            "numerator": 50,
            "funding": "apbd",
            "basis": "kategori tidak dirinci",
        }

    def test_what_was_paid_of_each_line_and_of_all(self):
        q = Quantities(
            allocated={("linmas", "apbd"): Amount(200)},
            realised={("linmas", "apbd"): Amount(50), ("kader", "apbd"): Amount(7)},
            bills={"billed": Amount(90), "posted": Amount(80, 1, 2)},
        )
        assert told(budget.absorption(q)) == [{"numerator": 57, "denominator": 200}]
        assert [one["numerator"] for one in told(budget.absorption_by_line(q))] == [50]
        assert told(budget.realised(q)) == [
            {"numerator": 50, "category": "linmas", "funding": "apbd"},
            {"numerator": 7, "category": "kader", "funding": "apbd"},
        ]
        assert told(budget.billed_total(q)) == [{"numerator": 90}]
        assert told(budget.posted_total(q)) == [{"numerator": 80, "reported": 1, "expected": 2}]

    def test_how_long_a_line_lasts(self):
        q = Quantities(
            allocated={("linmas", "apbd"): Amount(200), ("", "apbd"): Amount(90), ("kader", "dd"): Amount(9)},
            realised={("linmas", "apbd"): Amount(50)},
            monthly_cost={
                ("linmas", "apbd"): Amount(10),
                ("rt", "apbd"): Amount(4),
                ("rw", "apbd"): Amount(5),
            },
        )
        assert told(budget.months_left(q)) == [
            {"numerator": 150, "denominator": 10, "category": "linmas", "funding": "apbd"},
            # A line that names no category pays for whoever has no line of their own.
            {"numerator": 90, "denominator": 9, "funding": "apbd"},
        ]

    def test_sums_of_lines_are_of_the_regions_with_the_line_and_its_people(self):
        key = ("lasting", "linmas", "apbd")
        q = Quantities(
            allocated={("linmas", "apbd"): Amount(200, 4, 5)},
            monthly_cost={("linmas", "apbd"): Amount(10, 3, 5)},
            pairs={(*key, "first"): Amount(120, 3, 5), (*key, "second"): Amount(10, 3, 5)},
        )
        assert told(budget.months_left(q)) == [
            {
                "numerator": 120,
                "denominator": 10,
                "category": "linmas",
                "funding": "apbd",
                "reported": 3,
                "expected": 5,
            }
        ]

    def test_who_pays_for_whom(self):
        first, second = list(PayerKind)[:2]
        q = Quantities(payers={first.value: Amount(30), second.value: Amount(70)})
        shown = [(one.numerator, one.denominator, one.variant, one.basis) for one in budget.payer_shares(q)]
        assert shown == [(30, 100, first.value, first), (70, 100, second.value, second)]


class TestResults:
    def test_a_result_carries_all_of_its_amount_and_cell(self):
        cell = {
            "segment": "pu",
            "category": "linmas",
            "funding": "apbd",
            "target": "daerah",
            "variant": "x",
            "basis": "kata",
            "missing": ("pmi",),
            "partial": 2,
        }
        result = result_of(Amount(7, 1, 2), denominator=9, **cell)
        assert result == MeasureResult(7, 9, reported=1, expected=2, **cell)
        assert result.made_into(0, 4) == MeasureResult(0, 4, reported=1, expected=2, **cell)
        assert result.made_into(5) == MeasureResult(5, reported=1, expected=2, **cell)
        assert result_of(Amount(7), value=0) == MeasureResult(0)

    def test_a_total_rests_on_what_is_noted_of_its_reporters(self):
        q = Quantities(claims={"a": Amount(1), "b": Amount(2, 1, 9)}, reporters={"claims": (4, 5)})
        assert total_of(q, "claims") == MeasureResult(3, reported=4, expected=5)
        assert total_of(q, "contributions") == MeasureResult(0)

    @pytest.mark.parametrize(
        ("one", "other", "expected"),
        [
            (Amount(1), Amount(2), Amount(1)),
            (Amount(1), Amount(2, 3, 5), Amount(2, 3, 5)),
            (Amount(1, 3, 5), Amount(2), Amount(1, 3, 5)),
            (Amount(1, 3, 5), Amount(2, 2, 5), Amount(2, 2, 5)),
            (Amount(1, 2, 5), Amount(2, 3, 5), Amount(1, 2, 5)),
            (Amount(1, 2, 5), Amount(2, 2, 5), Amount(1, 2, 5)),
        ],
    )
    def test_the_weaker_is_what_fewer_reported(self, one, other, expected):
        assert weaker(one, other) == expected

    def test_what_a_kind_is_called_follows_the_language(self):
        kind = KINDS[0]
        in_indonesian = label_of(kind)
        with override("en"):
            assert (label_of(kind) == in_indonesian) is (str(kind.label) == in_indonesian)
            assert label_of(kind) == str(kind.label)
        assert label_of(kind) == in_indonesian == str(kind.label)


def test_tables_of_boards_have_their_columns_in_order():
    found = {}
    for measure in MEASURES.values():
        if isinstance(measure.shown, TableColumn):
            found.setdefault(measure.section, []).append((measure.shown.place, str(measure.shown.heading)))
    told = {section: sorted(columns) for section, columns in found.items()}
    assert told[MeasureSection.BALANCE] == [(1, "Iuran"), (2, "Klaim"), (3, "Saldo"), (4, "Rasio klaim")]
    assert told[MeasureSection.BUDGET] == [
        (1, "Pagu"),
        (2, "Realisasi"),
        (3, "Serapan"),
        (4, "Sisa pagu setara (bulan)"),
    ]
    assert all(
        [place for place, _heading in columns] == list(range(1, len(columns) + 1))
        for columns in told.values()
    )
