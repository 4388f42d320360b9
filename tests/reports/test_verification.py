"""Anybody may check a pack; it says whether it is genuine, what was restated, and nothing about persons."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from participants.models import MembershipCount
from participants.services.membership_count import correct_membership_count
from regions.services.user import ensure_system_user
from reports.measures.catalogue import MEASURES
from reports.models import Pack
from reports.pack.code import code_of, grouped_code, typed_code
from reports.services.pack import write_text
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, make_cast
from tests.conftest import make_figures
from tests.months import close, reopen
from tests.pages import page_of
from tests.reports.packs import JULY_MONTH, file_of, made
from tests.reports.test_pack_work import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(shared_rows):
    """The pack of a closed month, made once."""
    cast = make_cast()
    make_figures(ensure_system_user())
    write_text(region_code=KOTA_A, period=JULY_MONTH, words=WORDS, revision=0, by=cast.siti)
    close(cast)
    recompute_stale()
    return cast, made(cast.siti).pk


@pytest.fixture
def cast(world, db):
    return world[0]


@pytest.fixture
def pack(world, db):
    return Pack.objects.get(pk=world[1])


def test_genuine_and_still_so(pack, client_of):
    response = client_of(None).get(f"/verifikasi/{pack.code}/")
    shown = page_of(response)
    assert response.status_code == 200
    assert "Sah: angkanya masih sama" in shown
    assert "Kota Cilegon, Juli 2025" in shown
    assert pack.sha256 in shown
    assert "no-store" in response["Cache-Control"]


def test_it_names_nobody(pack, client_of):
    shown = client_of(None).get(f"/verifikasi/{pack.code}/").content.decode()
    for name in ("Nama Uji", "Siti", "siti", "Wayan", "Anton", "Catatan uji", "salah ketik"):
        assert name not in shown


def test_restated_since_says_what_changed(pack, cast, client_of):
    reopen(cast)
    row = MembershipCount.objects.get(region_id=KOTA_A)
    new = {"members": 76_100}
    correct_membership_count(pk=row.pk, revision=row.revision, by=cast.wayan, reason="salah", new=new)
    close(cast)
    recompute_stale()
    shown = client_of(None).get(f"/verifikasi/{pack.code}/").content.decode()
    assert "Sudah disajikan kembali pada" in shown
    assert "Sah:" not in shown
    for words in ("Kota Cilegon, Juli 2025", str(MEASURES["COV-01"].numerator)):
        assert words in shown
    assert "36.72, 2025" not in shown
    for words in ("76.062", "76.100", "43,49", "43,51", "98.835", "98.797"):
        assert words in shown
    assert "salah ketik" not in shown
    page = client_of(cast.siti).get(f"/paket/{pack.code}/").content.decode()
    assert "Sudah disajikan kembali pada" in page


def test_the_main_figures_stand_there_to_be_held_against_the_paper(pack, client_of):
    shown = client_of(None).get(f"/verifikasi/{pack.code}/").content.decode()
    assert "Cocokkan dengan kertas" in shown
    for label, number in (
        ("Universal Coverage Jamsostek (UCJ)", "43,49"),
        ("Peserta aktif", "76.062"),
    ):
        assert f"<dt>{label}</dt><dd><strong>{number}" in shown


def test_while_its_month_is_open_again_it_says_so(pack, cast, client_of):
    words = "sedang dibuka kembali"
    assert words not in client_of(None).get(f"/verifikasi/{pack.code}/").content.decode()
    reopen(cast)
    assert words in client_of(None).get(f"/verifikasi/{pack.code}/").content.decode()
    close(cast)
    recompute_stale()
    assert words not in client_of(None).get(f"/verifikasi/{pack.code}/").content.decode()


def test_the_printed_address_is_as_good_as_the_code(pack, client_of):
    address = f"https://contoh.test/verifikasi/{pack.code}/"
    answer = client_of(None).post("/verifikasi/", {"kode": address})
    assert answer.url == f"/verifikasi/{pack.code}/"
    assert client_of(None).post("/verifikasi/", {"kode": " "}).status_code == 422


def test_a_newer_version_is_told_of(pack, cast, client_of):
    words = {**WORDS, "overview": "lain"}
    write_text(region_code=KOTA_A, period=JULY_MONTH, words=words, revision=1, by=cast.siti)
    assert made(cast.siti).version == 2
    assert "sudah terbit versi 2" in client_of(None).get(f"/verifikasi/{pack.code}/").content.decode()


@pytest.mark.parametrize("code", ["0000-0000-0000", "x", "<script>", "' OR 1=1"])
def test_unknown(pack, client_of, code):
    response = client_of(None).get(f"/verifikasi/{code}/")
    assert response.status_code == 404
    assert "Tidak dikenal." in response.content.decode()
    assert "<script>" not in response.content.decode().replace("<script type", "")


def test_typed_as_printed_or_badly(pack, client_of):
    typed = f" {pack.printed_code.lower()} "
    response = client_of(None).post("/verifikasi/", {"kode": typed})
    assert response.url == f"/verifikasi/{pack.code}/"


@pytest.mark.parametrize("face", ["pdf", "xlsx", "docx", "pptx"])
def test_a_file_as_it_was_issued(pack, client_of, face):
    file = SimpleUploadedFile(f"a.{face}", file_of(pack, face))
    response = client_of(None).post("/verifikasi/", {"berkas": file})
    assert response.status_code == 200
    assert "sama persis dengan yang kami terbitkan" in response.content.decode()


def test_a_file_with_one_byte_changed(pack, client_of):
    content = file_of(pack, "pdf") + b"\n"
    response = client_of(None).post("/verifikasi/", {"berkas": SimpleUploadedFile("a.pdf", content)})
    assert response.status_code == 404
    assert "tidak sama persis" in response.content.decode()
    assert Pack.objects.count() == 1


def test_too_large_a_file_is_refused(pack, client_of, monkeypatch):
    monkeypatch.setattr("reports.views.verification.MOST_BYTES", 10)
    response = client_of(None).post("/verifikasi/", {"berkas": SimpleUploadedFile("a.pdf", b"x" * 11)})
    assert response.status_code == 413


@pytest.mark.parametrize("method", ["get", "post"])
def test_trying_codes_out_is_slowed_down(pack, client_of, time_machine, method, settings):
    # A counter of its own: tests beside this one empty the one they share.
    own = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": f"verifikasi-{method}"}
    settings.CACHES = {"default": own}
    time_machine.move_to(now(), tick=False)
    client = client_of(None)
    answers = [getattr(client, method)("/verifikasi/", {"kode": "x"}).status_code for _time in range(62)]
    assert answers[:60] == [302 if method == "post" else 200] * 60
    assert answers[60:] == [429, 429]


def test_codes_are_short_typable_and_unlike():
    codes = {code_of(f"{n:064x}"[::-1]) for n in range(1, 3000)}
    assert len(codes) == 2999
    assert {len(code) for code in codes} == {12}
    assert not set("".join(codes)) & set("OIL")
    assert typed_code(grouped_code("0123456789AB").lower()) == "0123456789AB"
    assert typed_code("O1I-L") == "0111"
