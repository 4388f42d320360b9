"""The columns of files of employers, by what BPJS Ketenagakerjaan and offices of labour call them."""

from budgets.importers.money_fields import MoneyField

F = MoneyField
EMPLOYER_COLUMNS = (
    F.REGION_CODE,
    F.REGION,
    F.MONTH,
    F.NPP,
    F.NAME,
    F.SECTOR,
    F.SIZE,
    F.STANDING,
    F.WORKERS_KNOWN,
    F.WORKERS_REGISTERED,
    F.WAGES,
    F.ARREARS_MONTHS,
    F.ARREARS,
    F.FINE,
    F.NOTE,
)
_WORKERS = ("tenaga kerja", "tk", "pekerja", "karyawan", "naker")


def _counted(*patterns: str) -> str:
    """Each pattern with every word for workers."""
    return " | ".join(pattern.replace("TK", word) for pattern in patterns for word in _WORKERS)


EMPLOYER_TITLES: dict[MoneyField, str] = {
    F.MONTH: "bulan laporan | bulan | periode | periode laporan | bulan data | blth",
    F.NPP: "npp | no npp | nomor npp | nomor pendaftaran perusahaan | no pendaftaran perusahaan "
    "| nomor pendaftaran | kode perusahaan | npp perusahaan",
    F.NAME: "nama pemberi kerja | pemberi kerja | nama perusahaan | perusahaan | nama badan usaha "
    "| badan usaha | nama usaha | nama pk/bu | pk/bu | nama pkbu | nama bu | nama pk | nama",
    F.SECTOR: "sektor | sektor usaha | kbli | kode kbli | lapangan usaha | bidang usaha | jenis usaha",
    F.SIZE: "skala usaha | skala | ukuran | ukuran usaha | skala perusahaan | kelas usaha",
    F.STANDING: "status kepesertaan | kepesertaan | status | status pendaftaran | status perusahaan "
    "| status bu | status pk/bu | keterangan status | jenis pds",
    F.WORKERS_KNOWN: _counted(
        *("TK diketahui", "jumlah TK", "jml TK", "total TK", "TK", "jumlah TK seluruhnya", "TK seluruhnya"),
        *("potensi TK", "jumlah potensi TK", "jumlah TK diketahui", "jml TK diketahui", "jumlah seluruh TK"),
    ),
    F.WORKERS_REGISTERED: _counted(
        *("TK terdaftar", "jumlah TK terdaftar", "jml TK terdaftar", "TK aktif", "jumlah TK aktif"),
        *("jml TK aktif", "TK dilaporkan", "jumlah TK dilaporkan"),
    ),
    F.WAGES: "upah dilaporkan | upah | jumlah upah | total upah | upah dilaporkan (rp) | upah (rp) "
    "| upah sebulan | upah dilaporkan sebulan | jumlah upah dilaporkan",
    F.ARREARS_MONTHS: "bulan menunggak | jumlah bulan menunggak | lama menunggak | jml bulan menunggak "
    "| lama tunggakan | lama tunggakan (bulan) | bulan tunggakan | jumlah bulan tunggakan "
    "| menunggak (bulan) | tunggakan (bulan)",
    F.ARREARS: "tunggakan | tunggakan (rp) | jumlah tunggakan | nilai tunggakan | tunggakan iuran "
    "| nominal tunggakan | total tunggakan | jumlah tunggakan (rp)",
    F.FINE: "denda | denda (rp) | jumlah denda | nilai denda | nominal denda",
}
