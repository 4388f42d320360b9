"""Whatever is typed into the address bar, nobody gets a 500."""

import pytest

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


@pytest.mark.parametrize("address", ODD, ids=lambda address: address[:60])
@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_odd_addresses_are_answered(figures, cast, client_of, address, method):
    client = client_of(cast.admin)
    client.raise_request_exception = False
    assert getattr(client, method)(address).status_code < 500
