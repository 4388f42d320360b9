"""Bundles of evidence: what stands in them, who takes them, and that nothing in them changes unseen."""

import base64
import hashlib
import json
import subprocess
import sys
from datetime import date
from zipfile import ZipFile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.errors import PersonRefused
from participants.importers.header import Field
from participants.services.persons.entry import enter_person
from regions.errors import NotPermitted, OutsideScope
from regions.head import origin_of, signed_text, signing_key
from regions.merkle import GrowingTree, hash_of_span, proof_spans
from regions.models import Act, Region
from reports.evidence.check_bundle import canonical, check_folder, first_link, is_signature, link, root_of
from reports.services.evidence import make_bundle
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import nik_of
from tests.ledgers import settle
from tests.months import close
from tests.participants.batches import terms

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)
REASON = "Surat tugas 700/12/2025"


def bundle_of(user, code=KOTA_A, **asked):
    return make_bundle(region=Region.objects.get(code=code), period=JULY, by=user, reason=REASON, **asked)


@pytest.fixture
def month(figures, cast):
    """A closed month of Kota A with a person by name."""
    cells = {Field.NIK: nik_of(1), Field.NAME: "Asep Rahasia"}
    person = enter_person(by=cast.wayan, terms=terms(first_month=JULY), cells=cells).participant
    recompute_stale()
    close(cast)
    recompute_stale()
    settle()
    return person


def opened(bundle, place):
    with bundle.file, ZipFile(bundle.file) as archive:
        archive.extractall(place / "bukti")
    return place / "bukti"


@pytest.fixture
def folder(month, cast, tmp_path):
    return opened(bundle_of(cast.lestari), tmp_path)


def rows_of(folder, name):
    return [json.loads(line)["row"] for line in (folder / name).read_text().splitlines()]


def test_a_month_with_all_behind_it_and_a_program_that_checks_it(folder, month, cast):
    figures = {(one["measure"], one["segment"]): one for one in rows_of(folder, "angka.jsonl")}
    coverage = figures["COV-01", ""]
    assert (coverage["numerator"], coverage["denominator"], coverage["rate"][:5]) == (
        76_062,
        174_897,
        "43.49",
    )
    rows = rows_of(folder, "baris.jsonl")
    behind = [rows[number - 1] for section in coverage["sections"] for number in section["rows"]]
    assert [(row["kind"], row["amount"]) for row in behind] == [
        ("membership_count", 76_062),
        ("workforce", 174_897),
    ]
    assert {one["verb"] for one in rows_of(folder, "persetujuan.jsonl") if one["what"] == "step"} >= {
        "closed"
    }
    (person,) = rows_of(folder, "peserta.jsonl")
    assert person["nik"] == month.nik.masked
    whole = "".join(path.read_text() for path in folder.iterdir() if path.is_file())
    assert nik_of(1) not in whole and "Asep Rahasia" not in whole
    acts = rows_of(folder, "log.jsonl")
    assert {act["content"][4] for act in acts} >= {"recorded", "completed", "submitted", "verified", "closed"}
    assert {act["content"][5] for act in acts} <= {KOTA_A, PROVINCE}
    told = subprocess.run(
        [sys.executable, "-I", folder / "periksa.py"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout
    assert "Utuh: Kota Cilegon, Juli 2025" in told.stdout and f"log.jsonl: {len(acts)} baris" in told.stdout


def test_taking_it_is_an_act_that_names_its_manifest(month, cast):
    made = bundle_of(cast.lestari, measure="COV-01")
    made.file.close()
    act = Act.objects.latest("pk")
    assert (act.verb, act.region_code, act.detail["reason"]) == ("exported", KOTA_A, REASON)
    assert (act.detail["sha256"], act.detail["months"]) == (made.sha256, ["2025-07"])
    assert made.name == f"bukti-{KOTA_A}-2025-07-COV-01.zip"


def test_of_one_figure_only_what_it_is_made_of(month, cast, tmp_path):
    folder = opened(bundle_of(cast.siti, measure="COV-01"), tmp_path)
    assert [one["measure"] for one in rows_of(folder, "angka.jsonl")] == ["COV-01"]
    assert len(rows_of(folder, "baris.jsonl")) == 2
    assert rows_of(folder, "peserta.jsonl") == [], "no name enters the figure"
    assert check_folder(folder) == []


def test_a_sum_names_the_regions_below(month, cast, tmp_path):
    folder = opened(bundle_of(cast.admin, PROVINCE, measure="COV-01"), tmp_path)
    (coverage,) = rows_of(folder, "angka.jsonl")
    assert {one["region"]: one["numerator"] for one in coverage["below"]} == {KOTA_A: 76_062, KOTA_B: 44_444}
    assert coverage["is_sum_of_below"] and len(coverage["not_reported"]) == 6
    assert check_folder(folder) == []


def _lines(path):
    return path.read_text().splitlines(keepends=True)


def changed_row(folder):
    path = folder / "baris.jsonl"
    path.write_text(path.read_text().replace('"amount":76062', '"amount":86062'))


def removed_row(folder):
    path = folder / "baris.jsonl"
    path.write_text("".join(_lines(path)[1:]))


def moved_rows(folder):
    path = folder / "baris.jsonl"
    first, second, *rest = _lines(path)
    path.write_text("".join([second, first, *rest]))


def another_file(folder):
    (folder / "dokumen").mkdir()
    (folder / "dokumen" / "99.pdf").write_bytes(b"%PDF-")


def missing_file(folder):
    (folder / "persetujuan.jsonl").unlink()


def another_reason(folder):
    path = folder / "bukti.json"
    path.write_text(path.read_text().replace("700/12/2025", "700/13/2025"))


def written_anew(folder):
    """Row, chain, file and manifest made to fit one another: only the signature does not."""
    path = folder / "baris.jsonl"
    chain, lines = first_link(path.name), []
    for line in _lines(path):
        told = json.loads(line)
        if told["row"]["amount"] == 76_062:
            told["row"]["amount"] = 86_062
        chain = link(chain, told["row"])
        lines.append(f"{canonical(told | {'chain': chain})}\n")
    path.write_text("".join(lines))
    manifest = json.loads((folder / "bukti.json").read_text())
    manifest["chains"][path.name]["chain"] = chain
    (folder / "bukti.json").write_text(canonical(manifest))


def another_key(folder):
    key = Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    (folder / "kunci.txt").write_text(base64.b64encode(key).decode())


def another_head(folder):
    path = folder / "segel-log.txt"
    origin, size, *rest = path.read_text().splitlines(keepends=True)
    path.write_text("".join([origin, f"{int(size) + 1}\n", *rest]))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (changed_row, "baris.jsonl berubah"),
        (removed_row, "baris.jsonl berubah"),
        (moved_rows, "baris.jsonl berubah"),
        (another_file, "dokumen/99.pdf tidak termasuk"),
        (missing_file, "persetujuan.jsonl hilang"),
        (another_reason, "bukti.json bukan yang ditandatangani"),
        (written_anew, "bukti.json bukan yang ditandatangani"),
        (another_key, "Tanda tangan tidak sah"),
        (another_head, "segel-log.txt berubah"),
    ],
)
def test_whatever_is_changed_is_found(folder, change, words):
    assert check_folder(folder) == []
    change(folder)
    told = check_folder(folder)
    assert any(words in fault for fault in told), told
    ran = subprocess.run(
        [sys.executable, "-I", folder / "periksa.py"], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 1 and "TIDAK SESUAI" in ran.stdout


class TestSignedByThemselves:
    """What stands within a bundle that is signed as a whole: each row, sum and act for itself."""

    @pytest.fixture
    def sign(self, folder):
        """Signs the folder anew, as somebody with the key could."""

        def signed():
            manifest = json.loads((folder / "bukti.json").read_text())
            for name in manifest["files"]:
                digest = hashlib.sha256((folder / name).read_bytes()).hexdigest()
                manifest["files"][name]["sha256"] = digest
            text = canonical(manifest)
            (folder / "bukti.json").write_text(text)
            origin = origin_of(signing_key())
            note = f"{origin}\nbundle {hashlib.sha256(text.encode()).hexdigest()}\nday 2025-07-01\n"
            (folder / "tanda-tangan.txt").write_text(signed_text(origin, note))
            return check_folder(folder)

        return signed

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (changed_row, "baris.jsonl: baris"),
            (removed_row, "baris.jsonl: baris 1 berubah"),
            (moved_rows, "baris.jsonl: baris 1 berubah"),
            (another_head, "Segel log aktivitas tidak sah"),
        ],
    )
    def test_the_chain_finds_it(self, folder, sign, change, words):
        assert sign() == []
        change(folder)
        assert any(words in fault for fault in sign())

    def rewritten(self, folder, name, change):
        manifest = json.loads((folder / "bukti.json").read_text())
        chain, lines = first_link(name), []
        for line in _lines(folder / name):
            told = json.loads(line)
            change(told["row"])
            chain = link(chain, told["row"])
            lines.append(f"{canonical(told | {'chain': chain})}\n")
        (folder / name).write_text("".join(lines))
        manifest["chains"][name]["chain"] = chain
        (folder / "bukti.json").write_text(canonical(manifest))

    def test_sums_and_shares_are_reckoned_again(self, folder, sign):
        self.rewritten(folder, "baris.jsonl", lambda row: row.update(amount=row["amount"] + 1))
        assert any("tidak sama dengan barisnya" in fault for fault in sign())

    def test_a_share_that_does_not_fit(self, folder, sign):
        def another(row):
            row["rate"] = "44.49" if row["measure"] == "COV-01" else row["rate"]

        self.rewritten(folder, "angka.jsonl", another)
        assert any("persentasenya tidak sama" in fault for fault in sign())

    def test_an_act_rewritten_or_of_another_ledger(self, folder, sign):
        def by_another(row):
            row["content"][3] = "orang lain"

        self.rewritten(folder, "log.jsonl", by_another)
        assert any("ditulis ulang" in fault for fault in sign())

    def test_an_act_that_never_stood_in_the_ledger(self, folder, sign):
        def invented(row):
            row["content"][6] = "lain"
            row["hash"] = hashlib.sha256(canonical(row["content"]).encode()).hexdigest()

        self.rewritten(folder, "log.jsonl", invented)
        assert any("tidak ada dalam log yang disegel" in fault for fault in sign())


@given(st.integers(1, 70), st.data())
@settings(max_examples=200, deadline=None)
def test_proofs_lead_to_the_root_and_no_other_entry_does(size, data):
    place = data.draw(st.integers(0, size - 1))
    tree, nodes = GrowingTree(), {}
    entries = [f"catatan {number}".encode() for number in range(size)]
    for entry in entries:
        nodes.update(tree.append(entry))
    proof = [hash_of_span(span, nodes).hex() for span in proof_spans(place, (0, size))]
    assert root_of(entries[place], place, size, proof) == tree.root
    assert root_of(b"lain", place, size, proof) != tree.root
    assert root_of(entries[place], size, size, proof) is None
    if proof:
        assert root_of(entries[place], place, size, proof[:-1]) is None


@given(st.binary(max_size=80), st.integers(0, 63), st.integers(1, 255))
@settings(max_examples=25, deadline=None)
def test_signatures_are_those_of_the_library(message, at, bits):
    key = Ed25519PrivateKey.from_private_bytes(b"7" * 32)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    signature = key.sign(message)
    assert is_signature(public, message, signature)
    assert not is_signature(public, message + b".", signature)
    wrong = bytearray(signature)
    wrong[at] ^= bits
    assert not is_signature(public, message, bytes(wrong))


def test_only_who_reads_the_ledger_and_says_why(month, cast):
    for user, error in ((cast.wayan, NotPermitted), (cast.dewi, NotPermitted), (cast.budi, OutsideScope)):
        with pytest.raises(error):
            bundle_of(user)
    before = Act.objects.count()
    with pytest.raises(PersonRefused):
        make_bundle(region=Region.objects.get(code=KOTA_A), period=JULY, by=cast.lestari, reason=" 1 ")
    with pytest.raises(OutsideScope):
        make_bundle(
            region=Region.objects.get(code=KOTA_A), period=date(2020, 1, 1), by=cast.lestari, reason=REASON
        )
    assert Act.objects.count() == before


def test_asked_for_on_the_page_of_a_figure_and_of_a_month(month, cast, client_of):
    client = client_of(cast.lestari)
    page = client.get(reverse("explanation", args=[KOTA_A, "2025-07", "COV-01"])).content.decode()
    address = f"{reverse('evidence', args=[KOTA_A, '2025-07'])}?ukuran=COV-01"
    assert address in page
    assert (
        "Berkas bukti bulan ini"
        in client.get(reverse("month_page", args=[KOTA_A, "2025-07"])).content.decode()
    )
    assert "COV-01" in client.get(address).content.decode()
    assert client.get(f"{address}X").status_code == 404
    assert client.post(address, {"alasan": ""}).status_code == 302
    answer = client.post(address, {"alasan": REASON})
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    assert answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]
    assert (
        "evidence"
        not in client_of(cast.wayan)
        .get(reverse("explanation", args=[KOTA_A, "2025-07", "COV-01"]))
        .content.decode()
    )
