"""Of any history all double funding is found and nothing else: beside a count by hand, month after month."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budgets.selectors.double_funding import double_funding_of, explain_persons, list_double_funding
from participants.models import Enrolment, FundingSource, OverlapAllowance, Participant
from regions.month import add_months, months_between
from tests.budgets.double_funding import JANUARY, JULY, KOTA_C
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of

pytestmark = pytest.mark.usefixtures("cast_once")
FUNDING = ("pemberi_kerja", "apbn", "add", "apbd_kabkota", "apbd_provinsi", "mandiri")
one_spell = st.fixed_dictionaries(
    {
        "funding_id": st.sampled_from(FUNDING),
        "category_id": st.sampled_from(["linmas", "adhoc_kpu", "kader", "rt_rw"]),
        "state": st.sampled_from(["active", "active", "ended", "proposed"]),
        "start": st.integers(-14, 2),
        "length": st.one_of(st.none(), st.integers(0, 6)),
        "programmes": st.sampled_from([["jkk", "jkm"], ["jkk", "jkm", "jht"], ["jkk", "jp"]]),
    }
)
histories = st.lists(
    st.tuples(
        st.sampled_from([KOTA_A, KOTA_B, KOTA_C]),
        st.integers(1, 3),
        st.lists(one_spell, max_size=3, unique_by=lambda s: (s["funding_id"], s["category_id"])),
        st.booleans(),
    ),
    max_size=6,
    unique_by=lambda row: row[:2],
)


def store(history, by):
    first = {}
    for region, serial, spells, merged in history:
        root = first.get(region) if merged else None
        row = ParticipantFactory(digits=nik_of(serial), region_id=region, entered_by=by, merged_into=root)
        first.setdefault(region, row)
        for one in spells:
            begins = add_months(JULY, one["start"])
            ends = None if one["length"] is None else add_months(begins, one["length"])
            if one["state"] == "ended":
                ends = ends or begins
            EnrolmentFactory(
                participant=row,
                entered_by=by,
                first_month=begins,
                last_month=ends,
                state=one["state"],
                ended_by="duty_ended",
                **{name: one[name] for name in ("funding_id", "category_id", "programmes")},
            )


def humans_of(region):
    """Own families (joined by NIK where several regions are asked for), each with families elsewhere."""
    rows = list(Participant.objects.all())
    families = {}
    for row in rows:
        families.setdefault(row.merged_into_id or row.pk, []).append(row)
    inside = {root for root, own in families.items() if own[0].region_id.startswith(region)}

    def niks(root):
        return {bytes(row.nik_digest) for row in families[root]}

    groups = {root: {root} for root in inside}
    for one in inside:
        for two in inside:
            if niks(one) & niks(two):
                joined = groups[one] | groups[two]
                for member in joined:
                    groups[member] = joined
    for group in {frozenset(group) for group in groups.values()}:
        known = set().union(*(niks(root) for root in group))
        outside = {root for root in families if root not in inside and niks(root) & known}
        yield min(group), {row.pk: row.region_id for root in group | outside for row in families[root]}


def by_hand(region):
    """Person → (months, rupiah, months without a rate), one spell and one month after the other."""
    rank = dict(FundingSource.objects.values_list("code", "precedence"))
    allowed = {frozenset(pair) for pair in OverlapAllowance.objects.values_list("first", "second")}
    prices = {("jkk", "jkm"): 16_800, ("jht", "jkk", "jkm"): 36_800}
    found = {}
    for person, rows in humans_of(region):
        spells = Enrolment.objects.filter(participant__in=rows, state__in=["active", "ended"])
        spells = sorted(spells, key=lambda s: (rank[s.funding_id], s.first_month, s.pk))
        months, rupiah, unpriced = set(), 0, 0
        for month in months_between(JANUARY, JULY):
            staying = []
            for spell in spells:
                if not spell.first_month <= month <= (spell.last_month or month):
                    continue
                at = rows[spell.participant_id]
                against = [
                    other
                    for other in staying
                    if (rows[other.participant_id], other.funding_id) != (at, spell.funding_id)
                    and frozenset([other.category_id, spell.category_id]) not in allowed
                ]
                if not against:
                    staying.append(spell)
                elif any(rows[s.participant_id].startswith(region) for s in [spell, *against]):
                    price = prices.get(tuple(sorted(spell.programmes)))
                    months.add(month)
                    rupiah, unpriced = rupiah + (price or 0), unpriced + (price is None)
        if months:
            found[person] = (len(months), rupiah, unpriced, JULY in months)
    return found


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_all_of_it_is_found_and_nothing_else(cast, history):
    Enrolment.objects.all().delete()
    Participant.objects.update(merged_into=None)
    Participant.objects.all().delete()
    store(history, cast.siti)
    for user, region in ((cast.siti, KOTA_A), (cast.budi, KOTA_B), (cast.lestari, PROVINCE)):
        rows = list_double_funding(user, region, JULY)
        expected = by_hand(region)
        assert {r.person_id: (r.months, r.rupiah, r.unpriced, r.goes_on) for r in rows} == expected
        explained = explain_persons(user, region, JULY, rows)
        assert {r.person_id: sum(line.rupiah or 0 for line in r.lines) for r in explained} == {
            person: told[1] for person, told in expected.items()
        }
        assert all(r.person is not None and r.person.region_id.startswith(region) for r in explained)
        if region != PROVINCE:
            assert [double_funding_of(user, r.person, JULY) for r in explained] == explained
