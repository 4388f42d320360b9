"""Which columns a file of money has, by what offices, SIPD and BPJS Ketenagakerjaan call them."""

from django.utils.translation import gettext_noop

from budgets.enums import MoneyKind
from budgets.importers.employer_columns import EMPLOYER_COLUMNS, EMPLOYER_TITLES
from budgets.importers.money_fields import TITLES, MoneyField
from budgets.importers.project_columns import PROJECT_COLUMNS, PROJECT_TITLES
from participants.importers.header import labels_of

F = MoneyField
# Columns of each kind of file in the order of its template.
COLUMNS: dict[MoneyKind, tuple[MoneyField, ...]] = {
    MoneyKind.CONTRIBUTION: (
        F.REGION_CODE,
        F.REGION,
        F.NUMBER,
        F.PAID_ON,
        F.PROGRAMME,
        F.AMOUNT,
        F.FIRST_MONTH,
        F.LAST_MONTH,
        F.FUNDING,
        F.CATEGORY,
        F.INSTITUTION,
        F.NOTE,
    ),
    MoneyKind.CLAIM: (
        F.REGION_CODE,
        F.REGION,
        F.NUMBER,
        F.PAID_ON,
        F.PROGRAMME,
        F.KIND,
        F.CASES,
        F.AMOUNT,
        F.HAPPENED_ON,
        F.FUNDING,
        F.CATEGORY,
    ),
    MoneyKind.ALLOCATION: (
        F.REGION_CODE,
        F.REGION,
        F.YEAR,
        F.INSTITUTION,
        F.SUB_ACTIVITY,
        F.ACCOUNT,
        F.CATEGORY,
        F.FUNDING,
        F.PHASE,
        F.SEQUENCE,
        F.AMOUNT,
        F.HEADS,
        F.MONTHS,
        F.MONTHLY_RATE,
        F.DECIDED_ON,
        F.DOCUMENT,
        F.LEGAL_BASIS,
        F.OVER_REASON,
        F.NOTE,
    ),
    MoneyKind.REALISATION: (
        F.REGION_CODE,
        F.REGION,
        F.FIRST_MONTH,
        F.LAST_MONTH,
        F.CATEGORY,
        F.FUNDING,
        F.INSTITUTION,
        F.HEADS,
        F.SUB_ACTIVITY,
        F.ACCOUNT,
        F.BILL_NUMBER,
        F.BILLED_ON,
        F.BILLED_AMOUNT,
        F.PAYMENT_ORDER,
        F.PAID_ON,
        F.PAID_AMOUNT,
        F.POSTING_REFERENCE,
        F.POSTED_ON,
        F.POSTED_AMOUNT,
        F.OVER_REASON,
        F.NOTE,
    ),
    MoneyKind.EMPLOYER: EMPLOYER_COLUMNS,
    MoneyKind.CONSTRUCTION_PROJECT: PROJECT_COLUMNS,
}
# Of each group one column at least has to be there.
NEEDED: dict[MoneyKind, tuple[tuple[MoneyField, ...], ...]] = {
    MoneyKind.CONTRIBUTION: ((F.AMOUNT,), (F.PAID_ON,), (F.FIRST_MONTH,)),
    MoneyKind.CLAIM: ((F.AMOUNT,), (F.PAID_ON,)),
    MoneyKind.ALLOCATION: ((F.AMOUNT,), (F.YEAR,), (F.DECIDED_ON,)),
    MoneyKind.REALISATION: ((F.FIRST_MONTH,), (F.BILLED_AMOUNT, F.PAID_AMOUNT, F.POSTED_AMOUNT)),
    MoneyKind.EMPLOYER: ((F.NAME,), (F.STANDING,)),
    MoneyKind.CONSTRUCTION_PROJECT: ((F.PACKAGE_NAME,), (F.FIRST_MONTH,), (F.JAKON_STATUS,)),
}
# Kinds whose rows are told by what they name, not by an amount; a row that names nothing is none of theirs.
SUBJECTS: dict[MoneyKind, frozenset[MoneyField]] = {
    MoneyKind.EMPLOYER: frozenset({F.NAME, F.NPP}),
    MoneyKind.CONSTRUCTION_PROJECT: frozenset({F.PACKAGE_NAME, F.PACKAGE_CODE}),
}
# Kinds whose rows are of one month, or of one year: that of the report, where no column names it.
OF_A_MONTH = frozenset({MoneyKind.EMPLOYER})
OF_A_YEAR = frozenset({MoneyKind.CONSTRUCTION_PROJECT})
# Kinds that begin and end on days, of which the month counts; who tells no end leaves it open.
FROM_DAY_TO_DAY = frozenset({MoneyKind.CONSTRUCTION_PROJECT})
# Kinds whose rows are told of a budget line, which is looked up by their columns.
OF_A_LINE = frozenset({MoneyKind.REALISATION})
_SHARED = {
    F.ORDER: "no | nomor | no urut | nomor urut",
    F.REGION_CODE: "kode wilayah | kode daerah | kode kemendagri | kode kab/kota | kode kabupaten/kota "
    "| kode pemda | kode kabupaten | kode kota",
    F.REGION: "wilayah | kabupaten/kota | kab/kota | kota/kabupaten | kota | kabupaten | daerah "
    "| pemerintah daerah | pemda | nama daerah | nama wilayah | nama kabupaten/kota | nama pemda",
    F.CATEGORY: "kategori | kategori pekerja | kategori peserta | kelompok | kelompok pekerja "
    "| jenis pekerja | jenis peserta | kelompok peserta",
    F.FUNDING: "sumber dana | sumber pendanaan | pendanaan | pembayar | sumber anggaran | dana",
    F.NOTE: "keterangan | ket | catatan",
}
_MONTHS = {
    F.FIRST_MONTH: "untuk bulan | bulan iuran | periode iuran | periode | bulan | blth | bulan mulai "
    "| dari bulan | mulai bulan | masa iuran | periode awal | bulan awal | untuk iuran bulan | bulan tagihan "
    "| untuk masa",
    F.LAST_MONTH: "sampai bulan | s/d bulan | sd bulan | sampai dengan bulan | bulan akhir | periode akhir "
    "| hingga bulan | s.d. bulan",
}
# Files of payments name many offices; only these titles say that it is the one that pays.
_PAYER = (
    "lembaga pembayar | nama lembaga pembayar | opd pembayar | skpd pembayar | instansi pembayar "
    "| perangkat daerah pembayar | pemberi kerja | nama pemberi kerja | pemberi kerja/opd pembayar"
)
_PROGRAMME = "program | kode program | nama program | jenis program | program jaminan"
_PROOF = (
    "nomor bukti | no bukti | nomor bukti bayar | no bukti bayar | no bukti setor | nomor bukti setor "
    "| nomor rujukan | no rujukan | nomor referensi | no referensi | no transaksi | nomor transaksi "
    "| kode billing | kode iuran | no sp2d | nomor sp2d | sp2d | no kuitansi "
    "| nomor kuitansi | no kwitansi | ntpn"
)
_LINE = {
    F.SUB_ACTIVITY: "sub kegiatan | kode sub kegiatan | kode subkegiatan | kode kegiatan",
    F.ACCOUNT: "kode rekening | rekening | kode akun | kode rekening belanja | kode belanja | akun",
    F.OVER_REASON: "alasan melampaui pagu | alasan melampaui | alasan",
}
_PAID_ON = (
    "tanggal bayar | tgl bayar | tanggal pembayaran | tgl pembayaran | tanggal sp2d | tgl sp2d "
    "| tanggal setor | tgl setor | tanggal terima | tgl terima | tanggal transaksi | tgl transaksi"
)
_AMOUNT = "rupiah | jumlah | nominal | nilai | jumlah (rp) | nominal (rp) | nilai (rp) | rp | jumlah rupiah"
_SYNONYMS: dict[MoneyKind, dict[MoneyField, str]] = {
    MoneyKind.CONTRIBUTION: {
        **_SHARED,
        **_MONTHS,
        F.INSTITUTION: _PAYER,
        F.NUMBER: _PROOF,
        F.PROGRAMME: _PROGRAMME,
        F.PAID_ON: f"{_PAID_ON} | tanggal | tgl | tanggal rekon | tgl rekon",
        F.AMOUNT: f"{_AMOUNT} | jumlah iuran | iuran | jumlah bayar | total iuran | iuran dibayar "
        "| nilai iuran | iuran (rp) | jumlah pembayaran | jumlah iuran (rp) | nominal iuran "
        "| realisasi iuran | nominal dibayar | jumlah dibayar | nilai dibayar | dibayar | jml dibayar "
        "| nominal bayar | nilai bayar | dibayar (rp)",
    },
    MoneyKind.CLAIM: {
        # Free words beside a claim may tell who somebody is and what happened to them: never read.
        **{field: words for field, words in _SHARED.items() if field != F.NOTE},
        F.NUMBER: f"{_PROOF} | no klaim | nomor klaim | kode klaim "
        "| no penetapan | nomor penetapan | no rekap | nomor rekap",
        F.PROGRAMME: f"{_PROGRAMME} | jenis klaim | klaim program",
        F.KIND: "wujud | wujud manfaat | bentuk manfaat | jenis manfaat | bentuk",
        F.PAID_ON: f"{_PAID_ON} | tanggal | tgl | tanggal klaim | tgl klaim | tanggal bayar klaim",
        F.HAPPENED_ON: "tanggal kejadian | tgl kejadian | tanggal meninggal | tanggal kecelakaan",
        F.CASES: "jumlah kasus | kasus | jml kasus | banyak kasus | jumlah klaim (kasus) | klaim (kasus)",
        F.AMOUNT: f"{_AMOUNT} | jumlah klaim | nominal klaim | nilai klaim | klaim | jumlah manfaat "
        "| manfaat | santunan | jumlah klaim (rp) | nominal manfaat | klaim (rp) | jumlah santunan "
        "| nominal dibayar | jumlah dibayar | nilai dibayar | dibayar | jml dibayar | nominal bayar "
        "| jumlah bayar | nilai bayar | dibayar (rp) | nilai manfaat | klaim dibayar | manfaat dibayar",
    },
    MoneyKind.ALLOCATION: {
        **_SHARED,
        **_LINE,
        F.YEAR: "tahun anggaran | tahun | ta | th anggaran | t.a.",
        F.INSTITUTION: "perangkat daerah | opd | skpd | nama skpd | nama opd | nama perangkat daerah "
        "| unit kerja | sub skpd | nama sub skpd | sub unit",
        F.PHASE: "tahap | tahapan | jenis anggaran | tahap anggaran | tahapan anggaran | jadwal",
        F.SEQUENCE: "nomor tahap | tahap ke | pergeseran ke | no tahap",
        F.AMOUNT: f"pagu | pagu anggaran | anggaran | jumlah anggaran | nilai anggaran | pagu (rp) "
        f"| anggaran (rp) | nilai rincian | total belanja | nilai pagu | {_AMOUNT}",
        F.HEADS: "jumlah orang | orang | volume orang | jumlah peserta | peserta | jml orang | sasaran",
        F.MONTHS: "jumlah bulan | bulan | jml bulan | lama (bulan)",
        F.MONTHLY_RATE: "iuran per orang per bulan | iuran per orang | iuran/orang/bulan | tarif iuran "
        "| harga satuan | satuan harga | iuran sebulan",
        F.DECIDED_ON: "tanggal penetapan | tgl penetapan | tanggal dpa | tgl dpa | tanggal perda | tanggal "
        "| tgl | tanggal pengesahan",
        F.DOCUMENT: "dokumen | nomor dpa | no dpa | nomor dokumen | no dokumen | dpa",
        F.LEGAL_BASIS: "dasar hukum | nomor perda | no perda | perda | perkada | nomor perkada",
    },
    MoneyKind.REALISATION: {
        **_SHARED,
        **_MONTHS,
        **_LINE,
        F.INSTITUTION: _PAYER,
        F.HEADS: "jumlah orang | orang | jumlah peserta | peserta | jml orang | jml peserta | tenaga kerja",
        F.BILLED_AMOUNT: "ditagih | tagihan | jumlah tagihan | nilai tagihan | tagihan (rp) | jumlah ditagih",
        F.BILLED_ON: "tanggal tagihan | tgl tagihan | tanggal ditagih | tgl invoice",
        F.BILL_NUMBER: "nomor tagihan | no tagihan | kode iuran | no invoice | nomor invoice | kode billing",
        F.PAID_AMOUNT: "dibayar | jumlah dibayar | realisasi | nilai realisasi | jumlah realisasi "
        "| nilai sp2d | jumlah sp2d | realisasi (rp) | pembayaran | jumlah bayar | dibayar (rp) "
        "| nominal dibayar | nilai dibayar | jml dibayar | nominal bayar | nilai bayar",
        F.PAID_ON: _PAID_ON,
        F.PAYMENT_ORDER: "nomor sp2d | no sp2d | sp2d | nomor bukti bayar | no bukti setor",
        F.POSTED_AMOUNT: "dibukukan bpjs | dibukukan | jumlah dibukukan | diterima bpjs | posting",
        F.POSTED_ON: "tanggal dibukukan | tgl dibukukan | tanggal posting | tgl posting",
        F.POSTING_REFERENCE: "nomor pembukuan | no pembukuan | nomor posting | no posting",
    },
    MoneyKind.EMPLOYER: {**_SHARED, **EMPLOYER_TITLES},
    MoneyKind.CONSTRUCTION_PROJECT: {**_SHARED, **PROJECT_TITLES},
}
# Titles as they are compared → field, by kind of file.
LABELS = {kind: labels_of(words) for kind, words in _SYNONYMS.items()}


# What the template of a kind calls a column, where that is not what others call it.
_OWN_TITLES: dict[MoneyKind, dict[MoneyField, str]] = {
    MoneyKind.CONTRIBUTION: {F.INSTITUTION: gettext_noop("Lembaga pembayar")},
    MoneyKind.REALISATION: {F.INSTITUTION: gettext_noop("Lembaga pembayar")},
    MoneyKind.CONSTRUCTION_PROJECT: {
        F.FIRST_MONTH: gettext_noop("Bulan mulai"),
        F.LAST_MONTH: gettext_noop("Bulan selesai"),
    },
}


def title_of(kind: MoneyKind, known: MoneyField) -> str:
    """What the template calls a column, not yet in the language of who reads it."""
    return _OWN_TITLES.get(kind, {}).get(known, TITLES[known])


def required_in(kind: MoneyKind) -> tuple[MoneyField, ...]:
    """Fields that every row has to fill in; where one of several will do, the fact's own rules ask for it."""
    return tuple(group[0] for group in NEEDED[kind] if len(group) == 1)
