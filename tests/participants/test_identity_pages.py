"""The pages on which one person is counted once: what they show, to whom, and what their buttons do."""

import re
from datetime import date

import pytest

from participants.enums import CandidateState
from participants.models import DuplicateCandidate, Participant
from participants.services.persons.duplicate import find_duplicates
from tests.cast import KOTA_A, KOTA_B
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of

LIST = "/peserta/ganda/"
MATRIX = "/peserta/tumpang-tindih/"


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def people(cast):
    """Two rows of one woman and a man of Kota A, and two rows of a woman of Kota B."""
    one = ParticipantFactory(name="Siti Aminah", digits=nik_of(11), entered_by=cast.wayan)
    two = ParticipantFactory(
        name="Siti Aminnah", digits=nik_of(12), entered_by=cast.wayan, address="Jalan Melati 4"
    )
    man = ParticipantFactory(name="Joko Widagdo", digits=nik_of(13), entered_by=cast.wayan)
    there = [
        ParticipantFactory(
            name="Rahasia Kotaserang",
            digits=nik_of(n, region="367301"),
            region_id=KOTA_B,
            entered_by=cast.budi,
        )
        for n in (21, 22)
    ]
    for row in (one, man, *there):
        EnrolmentFactory(participant=row, entered_by=cast.wayan)
    for row in (two, man, there[0]):
        EnrolmentFactory(participant=row, entered_by=cast.wayan, category_id="nelayan", funding_id="csr")
    EnrolmentFactory(participant=man, entered_by=cast.wayan, category_id="adhoc_kpu", funding_id="nphd")
    for code in (KOTA_A, KOTA_B):
        find_duplicates(region_code=code, by=cast.admin)
    return one, two, man, there


def decide(client, candidate, decision, **values):
    form = {
        "decision": decision,
        "keep": str(candidate.first_id),
        "first_revision": str(Participant.objects.get(pk=candidate.first_id).revision),
        "second_revision": str(Participant.objects.get(pk=candidate.second_id).revision),
        "reason": "KTP diperiksa",
        **values,
    }
    return client.post(f"{LIST}{candidate.pk}/", form)


@pytest.fixture
def candidate(people):
    return DuplicateCandidate.objects.get(region=KOTA_A)


def test_the_queue_shows_both_rows_masked_with_what_differs(people, cast, client_of):
    response = client_of(cast.siti).get(LIST)
    (pair,) = [pair for pair, _form in response.context["pairs"]]
    assert [(line.label, line.first, line.second, line.differs) for line in pair.particulars] == [
        ("NIK", str(people[0].nik), str(people[1].nik), True),
        ("Nama", "Siti Aminah", "Siti Aminnah", True),
        ("Tanggal lahir", "7 April 1965", "7 April 1965", False),
        ("Jenis kelamin", "laki-laki", "laki-laki", False),
        ("Alamat", "", "Jalan Melati 4", True),
        ("Kecamatan", "Cibeber", "Cibeber", False),
        (
            "Kepesertaan",
            "Anggota Linmas, APBD kabupaten/kota, Jan 2025 – sekarang (aktif)",
            "Nelayan, CSR/TJSLP perusahaan, Jan 2025 – sekarang (aktif)",
            True,
        ),
    ]
    shown = response.content.decode()
    assert "tanggal lahir sama dan nama mirip" in shown
    for serial in (11, 12):
        assert nik_of(serial) not in shown


def test_who_sees_the_queue_and_who_gets_buttons(people, cast, client_of):
    for person, buttons in ((cast.siti, True), (cast.wayan, False), (cast.lestari, False)):
        shown = text_of(client_of(person).get(f"{LIST}?wilayah={KOTA_A}"))
        assert ("Siti Aminnah" in shown, "Orang yang sama" in shown) == (True, buttons)
    budi = client_of(cast.budi)
    shown = text_of(budi.get(LIST))
    assert ("Rahasia Kotaserang" in shown, "Siti Amin" in shown, "Cilegon" in shown) == (True, False, False)
    assert budi.get(f"{LIST}?wilayah={KOTA_A}").status_code == 404
    assert budi.post(LIST, {"wilayah": KOTA_A}).status_code == 404
    assert client_of(cast.lestari).post(LIST, {"wilayah": KOTA_A}).status_code == 403
    assert client_of(cast.ratna).get(f"{LIST}?wilayah={KOTA_A}").status_code == 403


def test_merging_and_parting_on_the_page(candidate, people, cast, client_of):
    client = client_of(cast.siti)
    one, two = people[:2]
    response = decide(client, candidate, "same", keep=str(two.pk))
    assert (response.status_code, response.url) == (302, f"{LIST}?wilayah={KOTA_A}")
    one.refresh_from_db()
    assert one.merged_into == two
    assert "Siti Amin" not in text_of(client.get(LIST))
    decided = text_of(client.get(f"{LIST}?keadaan=selesai"))
    assert "Siti Aminnah" in decided
    assert "Pisahkan lagi" in decided
    assert decide(client, candidate, "part", reason="keliru").status_code == 302
    one.refresh_from_db()
    candidate.refresh_from_db()
    assert (one.merged_into, candidate.state) == (None, CandidateState.OPEN)
    assert decide(client, candidate, "different").status_code == 302
    candidate.refresh_from_db()
    assert candidate.state == CandidateState.DIFFERENT


def test_refusals_keep_the_page_and_say_the_remedy(candidate, cast, client_of):
    client = client_of(cast.siti)
    response = decide(client, candidate, "same", reason="")
    assert response.status_code == 422
    assert "Tulis alasannya" in text_of(response)
    response = decide(client, candidate, "same", first_revision="9")
    assert response.status_code == 409
    assert "baru saja diubah orang lain" in text_of(response)
    assert decide(client, candidate, "part").status_code == 422
    assert decide(client, candidate, "lain").status_code == 422
    assert decide(client, candidate, "same", keep="0").status_code == 422
    assert decide(client_of(cast.wayan), candidate, "same").status_code == 403
    assert decide(client_of(cast.budi), candidate, "same").status_code == 404
    assert not Participant.objects.exclude(merged_into=None).exists()


def test_the_matrix_counts_what_it_lists(people, cast, client_of):
    client = client_of(cast.siti)
    overlaps = client.get(f"{MATRIX}?periode=2025-07").context["overlaps"]
    assert (overlaps.persons, overlaps.overlapping, overlaps.unexpected) == (3, 1, 1)
    got = [(p.first.pk, p.second.pk, p.persons, bool(p.expected)) for p in overlaps.pairs]
    assert [(set(pair[:2]), *pair[2:]) for pair in got] == [
        ({"linmas", "nelayan"}, 1, False),
        ({"adhoc_kpu", "nelayan"}, 1, False),
        ({"linmas", "adhoc_kpu"}, 1, True),
    ]
    query = f"?wilayah={KOTA_A}&periode=2025-07&kategori=linmas&kategori=nelayan"
    response = client.get(f"{MATRIX}orang/{query}")
    assert [person.name for person, _spells in response.context["rows"]] == ["Joko Widagdo"]
    assert str(people[2].nik) in response.content.decode()
    assert nik_of(13) not in response.content.decode()
    assert client.get(f"{MATRIX}orang/?kategori=linmas").status_code == 404


def test_nothing_of_kota_a_reaches_budi(people, cast, client_of):
    client = client_of(cast.budi)
    for address in (MATRIX, f"{MATRIX}orang/", "/pendanaan-ganda/"):
        for code in (KOTA_A, f"{KOTA_A}.01", "36", "ID"):
            query = f"?wilayah={code}&periode=2025-07&kategori=linmas&kategori=nelayan"
            assert client.get(address + query).status_code == 404
    overlaps = client.get(f"{MATRIX}?periode=2025-07").context["overlaps"]
    assert (overlaps.persons, overlaps.overlapping) == (2, 1)
    listed = client.get(f"{MATRIX}orang/?periode=2025-07&kategori=linmas&kategori=nelayan").context["rows"]
    assert [person.name for person, _spells in listed] == ["Rahasia Kotaserang"]


def test_administrators_keep_the_list_of_expected_pairs(cast, client_of):
    client = client_of(cast.admin)
    form = {"first": "tagana", "second": "linmas", "reason": "Relawan bencana"}
    assert client.post("/admin/participants/overlapallowance/add/", form).status_code == 302
    assert client_of(cast.siti).get("/admin/participants/overlapallowance/add/").status_code in {302, 403}
    rate = {
        "segment": "bpu",
        "programme": "jkm",
        "base": "flat",
        "rupiah": "7800",
        "payer": "any",
        "over": "0",
        "valid_from": date(2030, 1, 1).isoformat(),
        "legal_source": "uji",
        "status": "in_force",
    }
    assert client.post("/admin/budgets/contributionrate/add/", rate).status_code == 302
