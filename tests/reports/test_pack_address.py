"""The address on paper is that of the browser, unless the site was told its own."""

import pytest

from reports.models import Document, Pack, PackJob
from reports.services.pack_work import work_on_packs
from tests.cast import KOTA_A, PROVINCE
from tests.reports.packs import JULY_MONTH, file_of, made, pdf_text, slide_texts, slides, word_text

pytestmark = pytest.mark.usefixtures("figures_once")
ASKED = {"region": KOTA_A, "period": JULY_MONTH.key, "revision": 0}


@pytest.fixture
def unset(settings):
    settings.PUBLIC_URL_IS_SET = False
    settings.ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
    settings.PUBLIC_URL = "http://diatur.uji"


def test_with_the_port_of_the_browser_on_every_face(unset, figures, cast, client_of):
    client_of(cast.siti).post("/paket/buat/", ASKED, headers={"host": "127.0.0.1:8123"})
    work_on_packs()
    pack = Pack.objects.get()
    address = f"http://127.0.0.1:8123/verifikasi/{pack.code}/"
    assert address in pdf_text(file_of(pack, "pdf"))
    assert address in word_text(file_of(pack, "docx"))
    assert address in slide_texts(slides(file_of(pack, "pptx"))[-1])


def test_a_forwarded_host_counts_only_where_the_settings_trust_it(unset, figures, cast, client_of, settings):
    forwarded = {"host": "127.0.0.1:8123", "x-forwarded-host": "testserver", "x-forwarded-proto": "https"}
    client_of(cast.siti).post("/paket/buat/", ASKED, headers=forwarded)
    assert PackJob.objects.get().origin == "http://127.0.0.1:8123"
    PackJob.objects.all().delete()
    settings.USE_X_FORWARDED_HOST = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    client_of(cast.siti).post("/paket/buat/", ASKED, headers=forwarded)
    assert PackJob.objects.get().origin == "https://testserver"


def test_a_configured_address_is_printed_whatever_the_browser_says(unset, figures, cast, client_of, settings):
    settings.PUBLIC_URL_IS_SET = True
    client_of(cast.siti).post("/paket/buat/", ASKED, headers={"host": "127.0.0.1:8123"})
    work_on_packs()
    pack = Pack.objects.get()
    assert f"http://diatur.uji/verifikasi/{pack.code}/" in pdf_text(file_of(pack, "pdf"))


def test_what_nobody_asked_for_in_a_browser_bears_the_address_of_the_site(unset, figures, cast):
    pack = made(cast.siti)
    assert f"http://diatur.uji/verifikasi/{pack.code}/" in pdf_text(file_of(pack, "pdf"))


def test_the_packs_of_a_bundle_bear_that_of_the_bundle(unset, figures, cast, client_of):
    sent = {"region": PROVINCE, "period": JULY_MONTH.key, "revision": 0, "all_below": "on"}
    client_of(cast.lestari).post("/paket/buat/", sent, headers={"host": "127.0.0.1:8123"})
    job = PackJob.objects.get(document=Document.BUNDLE)
    work_on_packs()
    assert set(job.parts.values_list("origin", flat=True)) == {"http://127.0.0.1:8123"}
