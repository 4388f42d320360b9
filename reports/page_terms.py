"""Which terms of the field a page uses: its foot leads to each of them."""

from collections.abc import Sequence

from regions.glossary import Term, terms

_BOARD = "ucj peserta-aktif kesenjangan pu bpu jakon pmi rasio-klaim kelengkapan belum-utuh"
_PERSONS = "daftar-nama nik kpj kategori segmen sumber-dana"
_MONEY = "iuran klaim kas-akrual saldo"
_BUDGET = "pagu tahap-anggaran realisasi serapan apbd opd"
_MONTHS = "bulan-laporan langkah-bulan dikembalikan dibuka-kembali terkunci penyajian-kembali"
# Name of an address → keys of terms.
_USED = {
    "home": f"ucj kesenjangan target {_MONTHS}",
    "region_board": _BOARD,
    "region_tab": f"{_BOARD} kategori iuran klaim pagu serapan proporsi-pembayar",
    "region_comparison": "ucj kesenjangan target poin-persentase rasio-klaim",
    "what_moved": "ucj poin-persentase kesenjangan saldo",
    "explanation": "ucj penduduk-bekerja angkatan-kerja semesta-target kelengkapan",
    "category_need": "kebutuhan-perlindungan kategori pekerja-rentan",
    "cover_endings": "akhir-perlindungan masa-tugas kepesertaan",
    "target_page": "target ucj kesenjangan semesta-target",
    "target_list": "target ucj",
    "denominators": "penduduk-bekerja angkatan-kerja potensi-tenaga-kerja semesta-target sakernas",
    "workforce_list": "penduduk-bekerja angkatan-kerja potensi-tenaga-kerja semesta-target sakernas",
    "category_population_list": "kategori kebutuhan-perlindungan",
    "category_term_list": "kategori masa-tugas akhir-perlindungan",
    "category_target_list": "target-kategori kategori",
    "month_matrix": _MONTHS,
    "month_page": _MONTHS,
    "month_entry_index": f"pu bpu jakon pmi kategori {_MONTHS}",
    "month_entry_grid": "peserta-aktif pu bpu jakon pmi kategori iuran-ditanggung",
    "membership_count_list": "peserta-aktif segmen pu bpu jakon pmi",
    "headcount_list": "kategori sumber-dana iuran-ditanggung",
    "person_list": _PERSONS,
    "person_month_index": _PERSONS,
    "person_month": _PERSONS,
    "person_detail": f"{_PERSONS} kepesertaan pendanaan-ganda",
    "person_funnel": "corong yang-harus-bertindak pemadanan nik kpj",
    "batch_list": "unggahan daftar-nama nik",
    "batch_detail": "unggahan daftar-nama nik kpj data-ganda",
    "batch_send": "daftar-nama nik kategori segmen dasar-hukum",
    "matching_send": "pemadanan nik kpj",
    "duplicate_list": "data-ganda nik",
    "overlap_matrix": "tumpang-tindih kategori",
    "double_funding_list": "pendanaan-ganda urutan-kewajiban sumber-dana",
    "contribution_list": _MONEY,
    "claim_list": f"{_MONEY} rasio-klaim santunan",
    "employer_list": "pemberi-kerja npp pds pwbd",
    "construction_project_list": "proyek-jasa-konstruksi rup penyedia nilai-kontrak potensi-iuran",
    "project_count_list": "jumlah-proyek proyek-jasa-konstruksi",
    "allocation_list": _BUDGET,
    "realisation_list": f"{_BUDGET} sp2d ditagih",
    "arrears": "tunggakan iuran-terutang tanggal-jatuh-tempo lebih-bayar tidak-aktif",
    "reconciliation_list": "rekonsiliasi berita-acara selisih-iuran",
    "money_batch_list": "berkas-keuangan iuran klaim pagu realisasi",
    "plan_list": "rencana pagu peruntukan-sumber-dana",
    "plan_page": "rencana pagu peruntukan-sumber-dana kebutuhan-perlindungan",
    "pledge_list": "csr donatur sumber-dana",
    "tariff_calculator": "tarif-iuran pu bpu jakon pmi jkk jkm jht jp jkp keringanan-iuran",
    "tariff_table": "tarif-iuran jkk jkm jht jp jkp santunan masa-tunggu keringanan-iuran",
    "wage_base_list": "dasar-upah pu",
    "regulation_list": "regulasi rancangan perda dasar-hukum",
    "duty_board": "kewajiban penerima-instruksi bukti-kewajiban inpres-2-2021",
    "duty_place": "kewajiban penerima-instruksi bukti-kewajiban inpres-2-2021",
    "legal_basis": "dasar-hukum regulasi kategori",
    "minutes_list": "notula komitmen monev",
    "commitment_list": "komitmen notula monev",
    "restatement_list": "penyajian-kembali penutupan",
    "pack_list": "paket-monev monev triwulan",
    "pack_make": "paket-monev monev triwulan",
    "user_list": "penugasan undangan mutasi wilayah-yang-dikelola lama-tidak-masuk",
    "preparation": "persiapan penugasan bulan-laporan penduduk-bekerja",
    "institution_list": "opd lembaga-pembayar hanya-lembaga-ini",
    "month_rule_list": "langkah-bulan terkunci",
}


def terms_of_page(name: str | None) -> Sequence[Term]:
    known = terms()
    return [known[key] for key in dict.fromkeys(_USED.get(name or "", "").split())]


def pages_with_terms() -> list[str]:
    return list(_USED)
