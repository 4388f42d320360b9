"""A stranger's way: from an empty database to a closed month with three invited people, in the browser."""

import re
import shutil
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from jamsostek_monitor.kept_settings import kept_settings
from regions.models import Act, MonthStep, Region, ReportingMonth, User
from regions.month import add_months, first_of, iso_month
from reports.models import MeasureValue
from tests.browser.conftest import PATIENCE, background

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "sawah-hijau-luas-77"
MONTH = add_months(first_of(localdate()), -1)
PAGE, GRID = f"/bulan/36.74/{iso_month(MONTH)}/", f"/isian/36.74/{iso_month(MONTH)}/"


@pytest.fixture
def installed(served, settings, monkeypatch, tmp_path) -> tuple[str, str]:
    """What `setup` leaves: the address of the server, started with the kept settings, and the first link."""
    monkeypatch.setenv("JAMSOSTEK_VAR", str(tmp_path))
    # Collected already, as by a start before: compressing all of them takes half a minute.
    shutil.copytree(settings.STATIC_ROOT, tmp_path / "static")
    shutil.copy(settings.STATIC_ROOT.with_suffix(".sha256"), tmp_path)
    # What other tests share goes as well: tables and nothing in them.
    call_command("flush", interactive=False, verbosity=0)
    assert (User.objects.exists(), Region.objects.exists()) == (False, False)
    settings.EXAMPLE_DATA = False
    told = StringIO()
    call_command(
        "setup", url=served, region="36.74", no_input=True, admin_name="Kadis Uji", stdout=told, stderr=told
    )
    kept = kept_settings()
    settings.ALLOWED_HOSTS = kept["ALLOWED_HOSTS"].split(",")
    settings.PUBLIC_URL, settings.HOME_REGION = kept["PUBLIC_URL"], kept["HOME_REGION"]
    return served, re.search(rf"{served}/undangan/\S+", told.getvalue())[0]


@pytest.fixture
def processes(installed, tmp_path):
    started = [
        background("worker", "--concurrency=2", "--loglevel=ERROR", "--without-mingle"),
        background("beat", "--loglevel=ERROR", "--schedule", str(tmp_path / "beat")),
    ]
    yield
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def new_browser(browser):
    """Opens a browser of its own for a person."""
    contexts = []

    def open_one() -> Page:
        context = browser.new_context(locale="id-ID", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE * 1000)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


def accept(page: Page, link: str, username: str) -> None:
    """Open the link, make the account, sign in with it."""
    page.goto(link)
    assert page.url.endswith("/undangan/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_label("Kata sandi sekali lagi").fill(PASSWORD)
    page.get_by_role("button", name="Buat akun").click()
    expect(page.locator("main")).to_contain_text("Kata sandi tersimpan")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(lambda url: "/akun/" not in url)


def step(page: Page, site: str, title: str) -> None:
    """Follow the link of a step of the preparation."""
    page.goto(f"{site}/persiapan/")
    row = page.locator("tr").filter(has=page.get_by_role("rowheader", name=title, exact=True))
    expect(row).to_contain_text("belum")
    row.get_by_role("link").click()


def invite(page: Page, site: str, role: str, full_name: str, place: str | None = None) -> str:
    step(page, site, role)
    page.get_by_label("Nama lengkap").fill(full_name)
    if place:
        page.get_by_label("Tempat").select_option(label=place)
    page.get_by_label("Alasan").fill("SK 1/2026")
    page.get_by_role("button", name="Buat undangan").click()
    return page.get_by_label("Salin tautan ini sekarang").input_value()


def type_month_entry(page: Page, cell: str, text: str) -> None:
    row = page.locator(f'tr[data-enrolment="{cell}"]')
    row.locator("[data-field]").focus()
    expect(row.locator("[data-field]")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(row.locator("[data-state]")).to_have_text("tersimpan")


def take(page: Page, site: str, button: str, state: str) -> None:
    page.goto(f"{site}{PAGE}")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("main")).to_contain_text(f"Bulan ini sekarang: {state}")


def prepare(admin: Page, site: str) -> None:
    """The denominator and the rule of months, as persiapan leads to them."""
    step(admin, site, f"Jumlah pekerja (penyebut) {localdate().year}")
    admin.get_by_label("Jumlah pekerja", exact=True).fill("174.897")
    admin.get_by_label("Sumber", exact=True).fill("Sakernas, BPS Kota Tangerang Selatan")
    admin.get_by_role("button", name="Simpan").click()
    expect(admin.locator("main")).to_contain_text("Tersimpan")
    step(admin, site, "Aturan bulan laporan")
    admin.locator("[name=first_month]").fill(f"{localdate().year}-01")
    admin.locator("[name=legal_source]").fill("Keputusan Kepala Dinas 4/2026")
    admin.get_by_role("button", name="Lihat akibatnya", exact=True).click()
    admin.get_by_role("button", name="Berlakukan").click()
    expect(admin.locator("main")).to_contain_text("Keputusan Kepala Dinas 4/2026")


def fill_in(operator: Page, site: str) -> None:
    """Members, the contributions of the month, and the word that there were no claims."""
    operator.goto(f"{site}{GRID}")
    if not operator.get_by_label("Sumber", exact=True).is_visible():
        operator.locator("summary", has_text="Sumber angka yang diketik").click()
    operator.get_by_label("Sumber", exact=True).fill("Surat cabang 12/2026")
    for cell, text in (("members:pu", "50.000"), ("members:bpu", "30.000")):
        type_month_entry(operator, cell, text)
    operator.goto(f"{site}/iuran/catat/")
    for name in ("first_month", "last_month"):
        operator.locator(f"[name={name}]").fill(iso_month(MONTH))
    operator.locator("[name=amount]").fill("480.000.000")
    operator.locator("[name=paid_on]").fill(f"{iso_month(MONTH)}-20")
    operator.get_by_label("Sumber", exact=True).fill("Rekap iuran 12/2026")
    operator.get_by_role("button", name="Simpan").click()
    expect(operator.locator("main")).to_contain_text("Tersimpan")
    operator.goto(f"{site}{GRID}uang/")
    operator.get_by_role("button", name="Tidak ada klaim bulan ini").click()
    expect(operator.locator("main")).to_contain_text("Tercatat: tidak ada klaim bulan ini")


def test_from_an_empty_database_to_a_closed_month(installed, processes, new_browser):
    site, link = installed
    admin = new_browser()
    accept(admin, link, "kadis")
    expect(admin.locator("main")).to_contain_text("langkah persiapan")
    people = {
        "tono": invite(admin, site, "Operator", "Tono Operator"),
        "sari": invite(admin, site, "Verifikator", "Sari Verifikator"),
        "kacab": invite(admin, site, "Kepala Cabang", "Karim Cabang", place="Cabang Tangerang Selatan"),
    }
    pages = {name: new_browser() for name in people}
    for name, address in people.items():
        accept(pages[name], address, name)
    prepare(admin, site)
    fill_in(pages["tono"], site)
    take(pages["tono"], site, "Nyatakan lengkap", "lengkap")
    take(pages["sari"], site, "Ajukan", "diajukan")
    take(pages["kacab"], site, "Verifikasi", "terverifikasi")
    take(pages["kacab"], site, "Tutup", "ditutup")

    admin.goto(f"{site}/persiapan/")
    missing = admin.locator("tbody tr").filter(has_text="belum").get_by_role("rowheader").all_inner_texts()
    assert missing == ["Alamat untuk umum", "Surel"]
    pages["kacab"].goto(f"{site}/wilayah/36.74/?periode={iso_month(MONTH)}")
    expect(pages["kacab"].locator("main")).to_contain_text("80.000 dari 174.897")
    month = ReportingMonth.objects.get(region="36.74", month=MONTH)
    assert (month.state, month.closing) == ("closed", 1)
    assert list(MonthStep.objects.values_list("by__username", "verb")) == [
        ("tono", "completed"),
        ("sari", "submitted"),
        ("kacab", "verified"),
        ("kacab", "closed"),
    ]
    value = MeasureValue.objects.filter(run__region="36.74", run__period=MONTH, run__is_current=True)
    assert value.filter(measure="COV-01", numerator=80_000, denominator=174_897).exists()
    assert not User.objects.filter(is_example=True).exists()
    assert Act.objects.filter(verb="invitation_used").count() == 4
