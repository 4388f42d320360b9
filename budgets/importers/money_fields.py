"""The fields that columns of files of money can be, and what a template calls them."""

from enum import StrEnum

from django.db.models.enums import Choices
from django.utils.translation import gettext_noop

from budgets.enums import (
    BusinessSector,
    ClaimKind,
    EmployerSize,
    EmployerStanding,
    Phase,
    ProgrammeGroup,
    ProjectStanding,
)


class MoneyField(StrEnum):
    ORDER = "order"
    REGION_CODE = "region_code"
    REGION = "region"
    CATEGORY = "category"
    FUNDING = "funding"
    NUMBER = "number"
    PROGRAMME = "programme"
    KIND = "kind"
    AMOUNT = "amount"
    CASES = "cases"
    PAID_ON = "paid_on"
    HAPPENED_ON = "happened_on"
    FIRST_MONTH = "first_month"
    LAST_MONTH = "last_month"
    YEAR = "year"
    INSTITUTION = "institution"
    SUB_ACTIVITY = "sub_activity"
    ACCOUNT = "account"
    PHASE = "phase"
    SEQUENCE = "sequence"
    HEADS = "heads"
    MONTHS = "months"
    MONTHLY_RATE = "monthly_rate"
    DECIDED_ON = "decided_on"
    DOCUMENT = "document"
    LEGAL_BASIS = "legal_basis"
    BILLED_AMOUNT = "billed_amount"
    BILLED_ON = "billed_on"
    BILL_NUMBER = "bill_number"
    PAID_AMOUNT = "paid_amount"
    PAYMENT_ORDER = "payment_order"
    POSTED_AMOUNT = "posted_amount"
    POSTED_ON = "posted_on"
    POSTING_REFERENCE = "posting_reference"
    OVER_REASON = "over_reason"
    MONTH = "month"
    NPP = "npp"
    NAME = "name"
    SECTOR = "sector"
    SIZE = "size"
    STANDING = "standing"
    WORKERS_KNOWN = "workers_known"
    WORKERS_REGISTERED = "workers_registered"
    WAGES = "wages"
    ARREARS_MONTHS = "arrears_months"
    ARREARS = "arrears"
    FINE = "fine"
    PACKAGE_CODE = "package_code"
    PACKAGE_NAME = "package_name"
    OFFICE = "office"
    CONTRACT_VALUE = "contract_value"
    CONTRACTOR = "contractor"
    JAKON_STATUS = "jakon_status"
    REGISTRATION_NUMBER = "registration_number"
    REGISTERED_ON = "registered_on"
    CONTRIBUTION = "contribution"
    NOTE = "note"


F = MoneyField
# The title that a template gives the column.
TITLES: dict[MoneyField, str] = {
    F.REGION_CODE: gettext_noop("Kode wilayah"),
    F.REGION: gettext_noop("Wilayah"),
    F.CATEGORY: gettext_noop("Kategori"),
    F.FUNDING: gettext_noop("Sumber dana"),
    F.NUMBER: gettext_noop("Nomor bukti"),
    F.PROGRAMME: gettext_noop("Program"),
    F.KIND: gettext_noop("Bentuk manfaat"),
    F.AMOUNT: gettext_noop("Rupiah"),
    F.CASES: gettext_noop("Jumlah kasus"),
    F.PAID_ON: gettext_noop("Tanggal bayar"),
    F.HAPPENED_ON: gettext_noop("Tanggal kejadian"),
    F.FIRST_MONTH: gettext_noop("Untuk bulan"),
    F.LAST_MONTH: gettext_noop("Sampai bulan"),
    F.YEAR: gettext_noop("Tahun anggaran"),
    F.INSTITUTION: gettext_noop("Perangkat Daerah"),
    F.SUB_ACTIVITY: gettext_noop("Kode sub kegiatan"),
    F.ACCOUNT: gettext_noop("Kode rekening"),
    F.PHASE: gettext_noop("Tahap"),
    F.SEQUENCE: gettext_noop("Nomor tahap"),
    F.HEADS: gettext_noop("Jumlah orang"),
    F.MONTHS: gettext_noop("Jumlah bulan"),
    F.MONTHLY_RATE: gettext_noop("Iuran per orang per bulan"),
    F.DECIDED_ON: gettext_noop("Tanggal penetapan"),
    F.DOCUMENT: gettext_noop("Dokumen"),
    F.LEGAL_BASIS: gettext_noop("Dasar hukum"),
    F.BILLED_AMOUNT: gettext_noop("Ditagih"),
    F.BILLED_ON: gettext_noop("Tanggal tagihan"),
    F.BILL_NUMBER: gettext_noop("Nomor tagihan"),
    F.PAID_AMOUNT: gettext_noop("Dibayar"),
    F.PAYMENT_ORDER: gettext_noop("Nomor SP2D"),
    F.POSTED_AMOUNT: gettext_noop("Dibukukan BPJS"),
    F.POSTED_ON: gettext_noop("Tanggal dibukukan"),
    F.POSTING_REFERENCE: gettext_noop("Nomor pembukuan"),
    F.OVER_REASON: gettext_noop("Alasan melampaui pagu"),
    F.MONTH: gettext_noop("Bulan laporan"),
    F.NPP: gettext_noop("NPP"),
    F.NAME: gettext_noop("Nama pemberi kerja"),
    F.SECTOR: gettext_noop("Sektor"),
    F.SIZE: gettext_noop("Skala usaha"),
    F.STANDING: gettext_noop("Status kepesertaan"),
    F.WORKERS_KNOWN: gettext_noop("Tenaga kerja diketahui"),
    F.WORKERS_REGISTERED: gettext_noop("Tenaga kerja terdaftar"),
    F.WAGES: gettext_noop("Upah dilaporkan"),
    F.ARREARS_MONTHS: gettext_noop("Bulan menunggak"),
    F.ARREARS: gettext_noop("Tunggakan"),
    F.FINE: gettext_noop("Denda"),
    F.PACKAGE_CODE: gettext_noop("Kode paket (RUP)"),
    F.PACKAGE_NAME: gettext_noop("Nama paket"),
    F.OFFICE: gettext_noop("Perangkat Daerah"),
    F.CONTRACT_VALUE: gettext_noop("Nilai kontrak sebelum PPN"),
    F.CONTRACTOR: gettext_noop("Penyedia"),
    F.JAKON_STATUS: gettext_noop("Status Jakon"),
    F.REGISTRATION_NUMBER: gettext_noop("Nomor pendaftaran Jakon"),
    F.REGISTERED_ON: gettext_noop("Tanggal pendaftaran Jakon"),
    F.CONTRIBUTION: gettext_noop("Iuran Jakon dibayar"),
    F.NOTE: gettext_noop("Keterangan"),
}

# Whole rupiah, and other whole numbers; days.
AMOUNTS = frozenset(
    {
        *(F.AMOUNT, F.BILLED_AMOUNT, F.PAID_AMOUNT, F.POSTED_AMOUNT, F.WAGES, F.ARREARS, F.FINE),
        *(F.CONTRACT_VALUE, F.CONTRIBUTION),
    }
)
RUPIAH = AMOUNTS | {F.MONTHLY_RATE}
COUNTS = frozenset({F.CASES, F.HEADS, F.WORKERS_KNOWN, F.WORKERS_REGISTERED})
WHOLE = COUNTS | {F.SEQUENCE, F.MONTHS, F.ARREARS_MONTHS}
DAYS = frozenset({F.PAID_ON, F.HAPPENED_ON, F.DECIDED_ON, F.BILLED_ON, F.POSTED_ON, F.REGISTERED_ON})
# Numbers in which one comma with three digits may divide thousands or begin a fraction.
WITH_COMMAS = RUPIAH | COUNTS
# Fields of which a cell says one of a few words.
CHOICES: dict[MoneyField, type[Choices]] = {
    F.PROGRAMME: ProgrammeGroup,
    F.KIND: ClaimKind,
    F.PHASE: Phase,
    F.STANDING: EmployerStanding,
    F.SIZE: EmployerSize,
    F.SECTOR: BusinessSector,
    F.JAKON_STATUS: ProjectStanding,
}
