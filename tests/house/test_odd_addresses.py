"""Whatever is typed into the address bar, nobody gets a 500."""

import pytest

from regions.services.user import ensure_system_user
from tests.cast import make_cast
from tests.conftest import make_figures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_rendering")]

ODD = [
    "/?periode=abc",
    "/?periode=0001-01",
    "/?periode=9999-12",
    "/?wilayah=%27%20OR%201=1",
    "/?wilayah=%00",
    "/wilayah/xx/",
    "/wilayah/%00/",
    "/wilayah/36.72/?periode=0001-01",
    "/wilayah/36.72/?periode=2025-07%00",
    "/wilayah/36.72/tren.csv?periode=1900-01",
    "/wilayah/36.72/tren.csv?periode=1950-01",
    "/wilayah/36.72/lain.csv",
    "/angka/36.72/2025-07/COV-99/",
    "/angka/36.72/2025-07/CAT-01/?kategori=%00",
    "/angka/36.72/2025-07/CAT-01/?kategori=<script>",
    "/angka/36.72/kemarin/COV-01/",
    "/peserta-aktif/?halaman=x",
    "/peserta-aktif/?halaman=999999999999",
    "/peserta-aktif/?wilayah=%27&periode=x",
    "/peserta-aktif/catat/?month=%3Cscript%3E&region=zz",
    "/peserta-aktif/99999999999999999999/koreksi/",
    "/peserta/bulan/?wilayah=a/b&periode=2025-07",
    "/peserta/bulan/36.72/0001-01/",
    "/peserta/bulan/36.72/2199-12/",
    "/peserta/bulan/36.72/1950-01/linmas/apbd_kabkota/sama/",
    "/peserta/bulan/36.72/2025-07/linmas/raja/akhiri/",
    "/peserta/kisi/36.72/linmas/apbd_kabkota/kemarin/",
    "/peserta/kisi/36.72/linmas/apbd_kabkota/1950-01/?cari=%25_%27&halaman=x",
    "/peserta/kisi/36.72/linmas/apbd_kabkota/2025-07/?ubah=99999999999999999999",
    "/peserta/kisi/36.72/linmas/apbd_kabkota/2025-07/?ubah=٢",
    "/peserta/komentar/99999999999999999999/selesai/",
    "/anggaran/?wilayah=36.72&periode=2199-12",
    "/anggaran/?periode=1950-01&halaman=x",
    "/anggaran/?wilayah=%27&periode=2025-07",
    "/anggaran/catat/?year=x&institution=%27&category=<script>&amount=banyak&sequence=x",
    "/anggaran/99999999999999999999/koreksi/",
    "/anggaran/realisasi/?wilayah=x&periode=2025-13",
    "/anggaran/realisasi/catat/?allocation=99999999999999999999&reference=publikasi:x&first_month=x",
    "/anggaran/realisasi/catat/?allocation=<script>",
    "/anggaran/berkas/?wilayah=%00&jenis=x&halaman=x",
    "/anggaran/berkas/kirim/raja/",
    "/anggaran/berkas/templat/%00/",
    "/anggaran/berkas/99999999999999999999/",
    "/anggaran/berkas/99999999999999999999/simpan/",
    "/tunggakan/xx/",
    "/tunggakan/%00/",
    "/tunggakan/36.72/?periode=1950-01",
    "/tunggakan/36.72/?periode=2199-12",
    "/tunggakan/36/?periode=0001-01",
    "/tunggakan/36.72.01/",
    "/tunggakan/36.72/?periode=x&unduh=csv",
    "/rekonsiliasi/?wilayah=%27%00&halaman=-1",
    "/rekonsiliasi/99999999999999999999/",
    "/rekonsiliasi/99999999999999999999/berita-acara/",
    "/klaim/?program=%00&wujud=raja",
    "/tarif/?segmen=x&program=x&kelas=9&lama=0&orang=-1&bulan=2199-13",
    "/tarif/?segmen=pu&program=jp&upah=999999999999999&orang=10000000&lama=60&bulan=2199-12",
    "/tarif/?segmen=jakon&program=jkk&kontrak=-5&upah=-1",
    "/tarif/?program=jkk&bulan=1950-01",
    "/tarif/?segmen=pmi&program=jkk&program=jkm&perjanjian=0&penempatan=x",
    "/tarif/dasar-upah/catat/?programmes=x&risk_class=x&first_month=%00",
    "/isian/36.72/kemarin/",
    "/isian/36.72/1950-01/",
    "/isian/36.72/2199-12/",
    "/isian/%00/2025-07/",
    "/isian/36.72.01/2025-07/",
    "/isian/36.72/2025-07/?kategori=%00&sumber=raja",
    "/isian/36.72/2025-07/sel/members:asn/",
    "/isian/36.72/2025-07/sel/headcount:raja:raja/",
    "/isian/36.72/2025-07/sel/contributions/",
    "/isian/36.72/1950-01/sama/?bagian=%00",
    "/isian/36.72/2025-07/cetak/?isi=x",
    "/isian/wilayah/2025-07/?segmen=asn&kategori=%00",
    "/isian/wilayah/0001-01/",
    "/iuran/catat/?amount=abc&reference=publikasi:x",
    "/catatan/?halaman=-1",
    "/pekerjaan/?halaman=0",
    "/peserta/ganda/?wilayah=%00",
    "/peserta/ganda/?wilayah=xx&halaman=x",
    "/peserta/ganda/99999999999999999999/",
    "/peserta/tumpang-tindih/?wilayah=%00",
    "/peserta/tumpang-tindih/?wilayah=ID&periode=9999-12",
    "/peserta/tumpang-tindih/?periode=1950-01",
    "/peserta/tumpang-tindih/orang/?kategori=%00&kategori=linmas",
    "/pendanaan-ganda/?wilayah=%27&periode=x",
    "/pendanaan-ganda/?wilayah=36.72&periode=2199-12&halaman=-1",
    "/pendanaan-ganda/?periode=2025-07%00",
    "/api/v1/measures/36.72/abc/",
    "/api/v1/measures/%00/2025-07/",
    "/wilayah/36.72/status/",
    "/wilayah/36.72/status/?periode=2025-07&hitungan=x",
    "/definisi/?" + "a=b&" * 2000,
]


@pytest.fixture(scope="module")
def world(shared_rows):
    cast = make_cast()
    make_figures(ensure_system_user())
    return cast


@pytest.mark.parametrize("address", ODD, ids=lambda address: address[:60])
@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_odd_addresses_are_answered(world, client_of, address, method):
    client = client_of(world.admin)
    client.raise_request_exception = False
    assert getattr(client, method)(address).status_code < 500
