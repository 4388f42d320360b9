"""Every page: no request leaves the host, nothing serious for axe, light, usable on a phone, without JS."""

import gzip
import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.browser.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "dewi": [
        "/",
        "/wilayah/ID/",
        "/wilayah/17/?periode=2025-12",
        "/wilayah/17/antarwilayah/?periode=2025-12",
        "/wilayah/17/kategori/?periode=2025-12",
        "/wilayah/17/perubahan/?dari=2024-12&sampai=2025-12",
        "/definisi/",
        "/pekerjaan/",
        "/anggaran/?wilayah=17.06&periode=2024-12",
        "/anggaran/catat/",
        "/tarif/",
        "/tarif/daftar/",
        "/target/36.72/",
        "/penyebut/36.72/",
        "/bulan/?wilayah=36&periode=2025-12",
        "/wilayah/73.10/?periode=2025-09",
        "/cari/?kata=cilegon",
        "/penyajian-kembali/",
    ],
    "wayan": [
        "/",
        "/wilayah/36.72/?periode=2025-07",
        "/wilayah/36.72/semua/?periode=2025-07",
        "/wilayah/36.72/uang/?periode=2025-07",
        "/wilayah/36.72/perubahan/?dari=2024-08&sampai=2025-07",
        "/wilayah/36.72/rapat/?periode=2025-07",
        "/wilayah/36.72/bagikan/?periode=2025-07",
        "/istilah/",
        "/istilah/ucj/",
        "/panduan/",
        "/panduan/operator/",
        "/mulai/",
        "/wilayah/36.72/banding/?periode=2025-07",
        "/angka/36.72/2025-07/COV-01/",
        "/peserta-aktif/",
        "/peserta-aktif/catat/",
        "/jumlah-pekerja/catat/",
        "/iuran/catat/",
        "/klaim/catat/",
        "/iuran/",
        "/klaim/",
        "/komponen/",
        "/peserta/bulan/36.72/2025-07/",
        "/peserta/bulan/36.72/2025-07/linmas/apbd_kabkota/sama/",
        "/peserta/bulan/36.72/2025-07/linmas/apbd_kabkota/akhiri/",
        "/peserta/bulan/36.72/2025-07/linmas/apbd_kabkota/komentar/",
        "/peserta/kisi/36.72/linmas/apbd_kabkota/2025-07/",
        "/peserta/",
        "/peserta/tambah/",
        "/kiriman/",
        "/kiriman/kirim/",
        "/peserta/ganda/",
        "/peserta/tumpang-tindih/?wilayah=36.72&periode=2025-07",
        "/peserta/padanan/",
        "/pendanaan-ganda/",
        "/isian/36.72/2025-07/",
        "/isian/36.72/2025-07/cetak/?isi=1",
        "/bulan/36.72/2025-07/",
        "/tugas/",
        "/anggaran/realisasi/",
        "/anggaran/realisasi/?urut=-ditagih&cari=kader",
        "/cari/?kata=2025-07+cilegon",
        "/angka/36.72/2024-08/CON-01/",
        "/angka/36.72/2024-08/BAL-05/?rincian=kas",
        "/akun/kata-sandi/",
        "/akun/sesi/",
        "/akun/keamanan/",
        "/akun/keamanan/webauthn/",
    ],
    "siti": [
        "/catatan/",
        "/bukti/36.72/2025-07/",
        "/bukti/36.72/2025-07/?ukuran=COV-01",
        "/pertanyaan/",
        "/pernyataan/",
        "/regulasi/",
        "/regulasi/catat/",
        "/rapat/",
        "/rapat/catat/",
        "/komitmen/",
        "/kewajiban/wilayah/36.72/",
        "/kewajiban/catat/",
        "/dasar-hukum/36.72/",
        "/wilayah/36.72/janji/",
        "/wilayah/36.72/kebutuhan/",
        "/wilayah/36.72/akhir-perlindungan/",
        "/wilayah/36.72/rencana-dipakai/",
        "/wilayah/36.72/definisi/?periode=2025-07",
        "/janji/",
        "/rencana/",
        "/rencana/baru/?wilayah=36.72&tahun=2026",
        "/isian-tambahan/bulan/",
        "/verifikasi/",
    ],
    "admin": [
        "/pengguna/",
        "/pengguna/undang/",
        "/persiapan/",
        "/aturan-bulan/",
        "/aturan-bulan/atur/?wilayah=36.72",
        "/lembaga/",
        "/lembaga/daftarkan/",
    ],
    "hadi": ["/"],
}
FIRST_VIEW = 100_000
# Paragraphs whose words stand one part below the other, as bold or linked words do in a flexible box.
TORN = """() => [...document.querySelectorAll("main p")].filter((p) =>
  getComputedStyle(p).display.includes("flex")
  && [...p.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim())
).map((p) => p.textContent.trim().slice(0, 80))"""


# What axe may find in the other scheme and not in the first one, for it has other colours and nothing else.
OF_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def serious(page, scheme):
    options = {"resultTypes": ["violations"]} | ({"runOnly": OF_COLOURS} if scheme != SCHEMES[0] else {})
    found = Axe().run(page, options=options).response["violations"]
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
        for violation in found
        if violation["impact"] in {"serious", "critical"}
    ]


# A telephone, the least screen of a desk, a wide one.
WIDTHS, SCHEMES = (390, 1280, 1920), ("light", "dark")
JUDGED = WIDTHS[1:]


def walk(page, address):
    """Loaded once on the telephone, then widened: nothing wider than its screen, nothing serious for axe."""
    page.emulate_media(color_scheme=SCHEMES[0])
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    assert page.goto(address).status == 200, address
    assert page.evaluate(TORN) == [], address
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)
        for scheme in SCHEMES if width in JUDGED else ():
            page.emulate_media(color_scheme=scheme)
            assert serious(page, scheme) == [], (address, width, scheme)


@pytest.mark.parametrize("person", PAGES)
def test_nothing_serious_and_nothing_wider_than_its_screen(browser, site, person):
    context = browser.new_context(locale="id-ID", bypass_csp=True)
    page = context.new_page()
    walk(page, site)
    sign_in(page, person)
    for address in PAGES[person]:
        walk(page, f"{site}{address}")
    context.close()


def test_the_dark_scheme_has_other_colours_and_nothing_else():
    found = []
    for path in (settings.BASE_DIR / "static" / "css").rglob("*.css"):
        for after in path.read_text().split("(prefers-color-scheme: dark)")[1:]:
            found += re.findall(r"([\w-]+): (#?)[^;{}]*;", after.split("\n}\n")[0])
    assert len(found) > 20
    strange = [name for name, colour in found if not (colour and (name.startswith("--") or name == "fill"))]
    assert strange == []


def test_no_request_leaves_the_host_and_the_first_view_is_light(browser, site):
    context = browser.new_context(locale="id-ID")
    page = context.new_page()
    page.goto(site)
    sign_in(page, "wayan")
    context.clear_cookies(name="nothing")
    hosts, problems, sizes = set(), [], {}

    def note(response):
        hosts.add(urlsplit(response.url).netloc)
        if response.request.resource_type != "document" or response.ok:
            body = response.body() if response.status == 200 else b""
            # As it travels: the server sends it gzipped where it says so, and so would a proxy.
            sizes[response.url] = len(gzip.compress(body))

    page.on("response", note)
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.goto(f"{site}/wilayah/36.72/?periode=2025-07", wait_until="networkidle")
    assert hosts == {urlsplit(site).netloc}
    assert problems == []
    assert sum(sizes.values()) <= FIRST_VIEW, sizes
    context.close()


def test_tables_and_forms_work_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(site)
    sign_in(page, "wayan")
    page.goto(f"{site}/wilayah/36.72/kategori/?periode=2024-08")
    assert "11.658" in page.inner_text("main")
    page.get_by_role("link", name="Cakupan", exact=True).last.click()
    page.locator("select[name=periode]").select_option("2025-07")
    page.locator("form.period-picker button, form button:has-text('Tampilkan')").first.click()
    assert "76.062 dari 174.897" in page.inner_text("main")
    page.locator("summary", has_text="Tabel angka grafik").click()
    assert "43,49" in page.inner_text("#tabel-tren")
    context.close()
