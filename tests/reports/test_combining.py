"""From what regions reported to their quantities: the own word, the sum of those below, and who reported."""

from participants.selectors.persons.months import Persons
from participants.selectors.workforce import Eligible
from reports.measures.combining import RegionFacts, combined, combined_coverage
from reports.measures.frozen import Below
from reports.measures.quantities import Amount

ALL_SEGMENTS = ("pu", "bpu", "jakon", "pmi")
LINMAS, KADER = ("linmas", "apbd"), ("kader", "dd")
PAYERS = {"apbd": "pemerintah_daerah", "dd": "desa", "csr": "perusahaan"}


def workers(number):
    return Eligible(number, 2024, "penduduk_bekerja")


def regency(**facts):
    return combined(
        RegionFacts(**{"payers": PAYERS, "reports": 3, "reports_expected": 5} | facts), (), ALL_SEGMENTS
    )


def above(*below, **facts):
    # Whoever gathers names each kind of money, reported or not.
    told = RegionFacts(**{"payers": PAYERS, "money": {"allocated": {}}} | facts)
    return combined(told, [Below.of(one) for one in below], ALL_SEGMENTS)


class TestOwn:
    def test_what_nobody_reported_is_absent(self):
        q = regency(reports=0)
        assert q.is_empty and q.coverage is None
        assert (q.complete, q.complete_of, q.reporters, q.pairs) == (0, 5, {}, {})

    def test_members_and_workers(self):
        q = regency(members={"all": 40}, workforce={"all": workers(100)})
        assert (q.members, q.eligible) == ({"all": Amount(40)}, {"all": Amount(100)})
        assert (q.coverage.members, q.coverage.eligible) == (Amount(40), Amount(100))
        assert (q.complete, q.complete_of) == (3, 5)

    def test_a_segment_of_the_year_before_that_is_missing_makes_no_whole(self):
        members = {"pu": 30, "bpu": 10}
        q = regency(members=members, workforce={"all": workers(100)}, reported_before=frozenset({"jakon"}))
        assert (q.coverage.missing, q.coverage.is_whole, q.reported_before) == (("jakon",), False, ("jakon",))
        undivided = regency(
            members={"all": 40}, workforce={"all": workers(100)}, reported_before=frozenset({"jakon"})
        )
        assert (undivided.coverage.missing, undivided.reported_before) == ((), ())

    def test_the_report_counts_before_the_names_and_differs_from_them(self):
        q = regency(
            headcounts={LINMAS: 50},
            named={LINMAS: 15, KADER: 8},
            covered={LINMAS: 13, KADER: 6},
            programmes={(*LINMAS, "jkk"): 15},
            persons=Persons(all=53, vulnerable=20),
        )
        assert q.headcounts == {LINMAS: Amount(50)}
        assert q.named == {LINMAS: Amount(15), KADER: Amount(8)}
        assert q.differences == {LINMAS: Amount(35)}
        assert q.funded == {LINMAS: Amount(50), KADER: Amount(6)}
        assert q.programmes == {(*LINMAS, "jkk"): Amount(15)}
        assert q.persons == {"all": Amount(53), "vulnerable": Amount(20)}
        assert q.payers == {"pemerintah_daerah": Amount(50), "desa": Amount(6)}

    def test_people_of_two_sources_with_one_payer_are_added(self):
        both = {LINMAS: 50, ("kader", "apbd"): 7, ("nelayan", "csr"): 2}
        assert regency(headcounts=both).payers == {
            "pemerintah_daerah": Amount(57),
            "perusahaan": Amount(2),
        }

    def test_money(self):
        q = regency(
            contributions={"apbd": 5, "": 2},
            claims={"jkm": 3},
            money={"allocated": {LINMAS: 200}, "bills": {"billed": 9}},
            rows={"contribution": 2},
        )
        assert q.contributions == {"": Amount(7)}
        assert (q.claims, q.allocated, q.bills) == (
            {"jkm": Amount(3)},
            {LINMAS: Amount(200)},
            {"billed": Amount(9)},
        )
        assert q.rows == {"contribution": 2}


class TestAbove:
    def test_cells_are_summed_with_how_many_told_them(self):
        one = regency(
            headcounts={LINMAS: 50, KADER: 4}, claims={"jkm": 3}, money={"allocated": {LINMAS: 200}}
        )
        other = regency(headcounts={LINMAS: 7}, money={"allocated": {LINMAS: 100}}, reports=2)
        silent = regency(reports=0)
        q = above(one, other, silent)
        assert q.headcounts == {LINMAS: Amount(57, 2, 3), KADER: Amount(4, 1, 3)}
        assert q.funded == q.headcounts
        assert q.payers == {"pemerintah_daerah": Amount(57), "desa": Amount(4)}
        assert q.claims == {"jkm": Amount(3, 1, 3)}
        assert q.allocated == {LINMAS: Amount(300, 2, 3)}
        assert q.reporters == {"funded": (2, 3), "claims": (1, 3), "allocated": (2, 3)}
        assert (q.complete, q.complete_of, q.regencies) == (5, 15, 3)
        assert q.rows == {"below": 3}

    def test_the_own_word_stands_before_the_sum(self):
        one = regency(headcounts={LINMAS: 50}, contributions={"apbd": 5}, claims={"jkm": 1})
        q = above(one, headcounts={LINMAS: 80}, contributions={"": 9}, rows={"headcount": 1})
        assert q.headcounts == {LINMAS: Amount(80)}
        assert q.contributions == {"": Amount(9)}
        # All of it is the region's own: nobody below reported any of it.
        assert q.reporters == {"claims": (1, 1)}
        assert q.rows == {"headcount": 1, "below": 1}

    def test_halves_are_summed_of_regions_with_both(self):
        whole = regency(contributions={"apbd": 100}, claims={"jkm": 60})
        half = regency(contributions={"apbd": 40})
        q = above(whole, half)
        assert q.contributions == {"apbd": Amount(140, 2, 2)}
        assert q.pairs == {("balance", "first"): Amount(100, 1, 2), ("balance", "second"): Amount(60, 1, 2)}

    def test_coverage_is_of_regions_with_members_and_workers(self):
        whole = regency(members={"all": 40}, workforce={"all": workers(100)})
        q = above(whole, regency(reports=0))
        assert q.members == {"all": Amount(40, 1, 2)}
        assert (q.coverage.members, q.coverage.eligible) == (Amount(40, 1, 2), Amount(100, 1, 2))
        alone = combined_coverage(
            RegionFacts(), [Below.of(whole), Below.of(regency(reports=0))], ALL_SEGMENTS
        )
        assert (alone.members, alone.coverage, alone.complete_of) == (q.members, q.coverage, 10)
        assert (alone.rows, alone.reporters) == ({}, {})
