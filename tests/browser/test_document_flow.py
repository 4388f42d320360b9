"""Documents in the browser: attached, refused, taken, removed."""

import pytest
from playwright.sync_api import expect

from participants.models import Attachment, MembershipCount
from tests.browser.conftest import sign_in
from tests.participants.documents import pdf

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(page, name, content, media="application/pdf"):
    page.get_by_label("Judul atau nomor dokumen").fill("SK Wali Kota 800/12/2026")
    page.get_by_label("Berkas", exact=True).set_input_files(
        {"name": name, "mimeType": media, "buffer": content}
    )
    page.get_by_role("button", name="Lampirkan").click()


def test_attached_refused_taken_and_removed(page, site, tmp_path):
    fact = MembershipCount.objects.filter(region="36.72").earliest("pk")
    sign_in(page, "wayan")
    page.goto(f"{site}/dokumen/membership_count/{fact.pk}/")
    choose(page, "catatan.pdf", b"bukan pdf")
    expect(page.locator(".field .error, .errorlist, .form-errors").first).to_be_visible()
    assert not Attachment.objects.exists()

    content = pdf()
    choose(page, "sk.pdf", content)
    expect(page.locator("main")).to_contain_text("Dokumen dilampirkan.")
    link = page.get_by_role("link", name="SK Wali Kota 800/12/2026")
    with page.expect_download() as taken:
        link.click()
    file = tmp_path / "sk.pdf"
    taken.value.save_as(file)
    assert (file.read_bytes(), taken.value.suggested_filename) == (content, "sk.pdf")

    page.locator("summary", has_text="Hapus").click()
    page.get_by_label("Alasan").fill("salah lampir")
    page.get_by_role("button", name="Hapus").click()
    expect(page.locator("main")).to_contain_text("salah lampir")
    assert not Attachment.objects.exists()
