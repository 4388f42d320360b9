"""Words with which lists say of somebody that they are members, left or died, and what else stands there."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What a status says of members, without blanks.
ACTIVE = _words(
    "aktif active a ya y yes 1 v ok masihaktif pesertaaktif statusaktif aktifbekerja masihbekerja "
    "bekerja hidup ada lama baru terdaftar perpanjangan lanjut lanjutan calonpeserta usulan diusulkan "
    "valid padan sesuai"
)
# What a column called "status" tells otherwise: marriage, contract, home.
NEUTRAL = _words(
    "kawin belumkawin menikah belummenikah lajang single janda duda cerai ceraihidup ceraimati nikah "
    "k tk bk k0 k1 k2 k3 tk0 tetap kontrak honorer honor harian harianlepas hl bhl pkwt pkwtt thl "
    "nonasn nonpns pns asn pppk sukarela mandiri paruhwaktu penuhwaktu sendiri miliksendiri sewa "
    "menumpang wni kepalakeluarga anggotakeluarga kk kepalarumahtangga bpu pu pbi penerimaupah "
    "bukanpenerimaupah magang swasta wiraswasta buruh"
)
# Words that may stand in a question; all others may be somebody's name.
_TELLING = _words(
    "tidak tdk tak belum bukan sudah telah lagi masih akan mau istri isteri suami anak ayah ibu bapak "
    "orang tua mertua keluarga ahli waris bin binti dari ke di pada oleh untuk dan atau yang karena "
    "sejak per mulai sampai tanggal tgl bulan tahun tempat alamat rumah desa kelurahan kecamatan kota "
    "luar daerah domisili masuk keluar ganti diganti digantikan pengganti kerja bekerja kontrak habis "
    "putus selesai akhir sendiri diri peserta pekerja tenaga anggota karyawan status aktif non "
    "nonaktif dunia sakit kecelakaan usia umur lanjut jabatan tugas unit dinas kantor perusahaan data "
    "daftar nama ganda double dobel pns asn pppk lulus cuti izin ijin tni polri partai calon caleg "
    "mengundurkan pengunduran mundur dikeluarkan diberhentikan berhenti pensiun purna phk pindah "
    "mutasi batal dibatalkan menolak coret dicoret hapus dihapus resign meninggal wafat almarhum "
    "almarhumah alm almh mendiang berpulang inactive nonactive terminated deceased gang"
)
_WORD = re.compile(r"[^\W\d_]+|\d[\d/.\-]*")
_LONGEST = 60


def pattern_of(text: str) -> str:
    """What a text says without whom it names and when: `Istri alm. Karta` → `istri alm. …`."""
    said = _WORD.sub(lambda word: word[0] if word[0].lower() in _TELLING else "…", " ".join(text.split()))
    return re.sub(r"…(?:[\s,.\-–]*…)+", "…", said).lower().strip(" ,;-–")[:_LONGEST]
