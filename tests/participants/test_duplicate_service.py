"""Who is suspected of being one person, and that the search neither forgets nor repeats a decision."""

from datetime import date

import pytest
from django.db import connection

from participants.enums import CandidateState
from participants.models import DuplicateCandidate, Participant
from participants.services.persons.duplicate import decide_different, find_duplicates
from participants.services.persons.merge import merge_participants
from regions.cipher import digest, seal
from regions.errors import ChangedMeanwhile, FactRefused, NotPermitted, OutsideScope
from regions.models import Act
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ParticipantFactory, nik_of

BORN = date(1970, 3, 9)


@pytest.fixture
def person(cast):
    def make(name, **values):
        values = {"birth_date": BORN, "entered_by": cast.wayan, **values}
        return ParticipantFactory(name=name, **values)

    return make


def found():
    return {
        (row.first.name, row.second.name): row.reasons
        for row in DuplicateCandidate.objects.filter(state=CandidateState.OPEN).order_by("pk")
    }


def test_what_is_suspected_and_what_is_not(person, cast):
    person("Siti Aminah")
    person("SITI AMINNAH")
    person("Joko Widagdo")
    person("Rahmat Hidayat", birth_date=date(1980, 3, 9))
    person("H. Rahmat-Hidayat", birth_date=date(1981, 3, 9))
    person("Sulastri", birth_date=None)
    person("sulastri ", birth_date=date(1999, 1, 1))
    person("Sulastri", birth_date=date(1999, 1, 1), district_name="Grogol")
    person("Warsito", birth_date=date(1980, 3, 9), district_name="Citangkil")
    person("WARSITO", birth_date=date(1980, 9, 3), district_name="citangkil")
    person("Warsito", birth_date=date(1980, 9, 4), district_name="Citangkil")
    person("Beni", birth_date=None, district_name="")
    person("Beni", birth_date=None, district_name="")
    kpj = {"kpj_digest": digest("12345678901"), "kpj_sealed": seal("12345678901")}
    person("Ujang", birth_date=date(1960, 1, 1), **kpj)
    person("Asep", birth_date=date(1961, 1, 1), **kpj)
    person("Siti Aminah", region_id=KOTA_B, digits=nik_of(77, region="367301"))
    person("Asep", region_id=KOTA_B, digits=nik_of(78, region="367301"), **kpj)

    assert find_duplicates(region_code=KOTA_A, by=cast.wayan) == 5
    assert found() == {
        ("Siti Aminah", "SITI AMINNAH"): ["similar_name"],
        ("Sulastri", "sulastri "): ["no_birth_date"],
        ("sulastri ", "Sulastri"): ["similar_name"],
        ("Warsito", "WARSITO"): ["day_month_swapped"],
        ("Ujang", "Asep"): ["same_kpj"],
    }
    assert find_duplicates(region_code=KOTA_A, by=cast.wayan) == 5


def test_a_pair_of_several_reasons_is_one_row(person, cast):
    kpj = {"kpj_digest": digest("1"), "kpj_sealed": seal("1")}
    one, two = person("Ahmad Yani", **kpj), person("Ahmad Yani", **kpj)
    find_duplicates(region_code=KOTA_A, by=cast.wayan)
    row = DuplicateCandidate.objects.get()
    assert (row.first_id, row.second_id, row.reasons, float(row.similarity)) == (
        one.pk,
        two.pk,
        ["same_kpj", "similar_name"],
        1.0,
    )


def test_decided_pairs_stay_and_open_ones_that_no_longer_hold_go(person, cast):
    father, son = person("Slamet Riyadi"), person("Slamet Riyadi")
    one, two = person("Dewi Sartika", birth_date=date(1990, 1, 2)), person("Dewi Sartka", birth_date=None)
    two.birth_date = one.birth_date
    two.save()
    assert find_duplicates(region_code=KOTA_A, by=cast.siti) == 2
    candidate = DuplicateCandidate.objects.get(first=father, second=son)
    decide_different(pk=candidate.pk, by=cast.siti, reason="ayah dan anak")
    two.birth_date = date(1991, 1, 2)
    two.save()
    assert find_duplicates(region_code=KOTA_A, by=cast.siti) == 0
    row = DuplicateCandidate.objects.get()
    assert (row.first, row.second, row.state, row.decided_by, row.decision_reason) == (
        father,
        son,
        CandidateState.DIFFERENT,
        cast.siti,
        "ayah dan anak",
    )
    act = Act.objects.first()
    assert (act.verb, act.region_code, act.detail) == ("corrected", KOTA_A, {"reason": "ayah dan anak"})
    with pytest.raises(ChangedMeanwhile):
        decide_different(pk=row.pk, by=cast.siti, reason="lagi")


def test_a_merged_person_is_nobodys_duplicate(person, cast):
    one, two, three = (person("Tuti Alawiyah") for _ in range(3))
    assert find_duplicates(region_code=KOTA_A, by=cast.siti) == 3
    merge_participants(
        keep=one.pk, other=two.pk, keep_revision=1, other_revision=1, by=cast.siti, reason="sama"
    )
    assert find_duplicates(region_code=KOTA_A, by=cast.siti) == 1
    left = DuplicateCandidate.objects.values_list("first", "second", "state").order_by("pk")
    assert sorted(left) == [(one.pk, two.pk, "same"), (one.pk, three.pk, "open")]


def test_who_may_search_and_decide(person, cast):
    person("Tuti Alawiyah")
    person("Tuti Alawiyah")
    with pytest.raises(OutsideScope):
        find_duplicates(region_code=KOTA_A, by=cast.budi)
    with pytest.raises(NotPermitted):
        find_duplicates(region_code=KOTA_A, by=cast.lestari)
    find_duplicates(region_code=KOTA_A, by=cast.wayan)
    pk = DuplicateCandidate.objects.get().pk
    for refused, who in ((OutsideScope, cast.budi), (NotPermitted, cast.wayan), (NotPermitted, cast.lestari)):
        with pytest.raises(refused):
            decide_different(pk=pk, by=who, reason="x")
    with pytest.raises(FactRefused):
        decide_different(pk=pk, by=cast.siti, reason=" ")
    assert DuplicateCandidate.objects.get().state == CandidateState.OPEN


@pytest.mark.parametrize("days", [15_000, 1], ids=["usual birth dates", "all born on one day"])
def test_many_persons_take_seconds(cast, days):
    """Forty thousand invented persons; comparing all with all would be 800 million pairs."""
    one = ParticipantFactory(
        region_id=KOTA_A, entered_by=cast.wayan, birth_place="", sex="", address="", village_name=""
    )
    named = "initcap(substr(md5(n::text), 1, 6)) || ' ' || initcap(substr(md5((n * 7)::text), 1, 8))"
    differing = {
        "nik_digest": "sha256(n::text::bytea)",
        "name": named,
        "birth_date": f"date '1950-01-01' + n % {days}",
        "district_name": "'Kecamatan ' || n % 8",
    }
    columns = [field.column for field in Participant._meta.concrete_fields if not field.primary_key]
    told = ", ".join(differing.get(column, f"one.{column}") for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO participants_participant ({', '.join(columns)}) SELECT {told} "
            f"FROM participants_participant AS one, generate_series(1, 40000) AS n WHERE one.id = {one.pk}"
        )
        cursor.execute("ANALYZE participants_participant")
        # A search without blocks compares 800 million pairs and would not end.
        cursor.execute("SET LOCAL statement_timeout = '300s'")
    find_duplicates(region_code=KOTA_A, by=cast.wayan)
    assert not DuplicateCandidate.objects.exists()
