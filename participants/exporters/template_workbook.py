"""An empty list to be filled by an office: NIK as text, choices where there are few."""

from datetime import date
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from participants.importers.extra import Extras
from participants.importers.header import Field
from participants.models import Category
from participants.person_columns import PERSON_COLUMNS
from regions.models import Region
from regions.month import iso_month

ROWS = 5000
# Title, width in characters.
COLUMNS = (
    ("No", 6),
    ("NIK", 20),
    *((column.template_title, column.width) for column in PERSON_COLUMNS),
    ("Pemberi Kerja / OPD Pembayar", 28),
    ("Keterangan", 24),
)
# After the running number and the NIK.
_PLACES = {column.field: index for index, column in enumerate(PERSON_COLUMNS, 2)}
_FIRST = 4


def write_template(
    *,
    region: Region,
    category: Category | None,
    month: date | None,
    districts: list[str],
    extras: Extras = (),
) -> bytes:
    """The workbook. NIK, telephone and KPJ are text columns; sex and district are chosen from a list."""
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet = book.add_worksheet("Daftar")
    bold = book.add_format({"bold": True, "font_size": 13})
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#DCEBEA", "text_wrap": True})
    text = book.add_format({"num_format": "@"})
    words = [category.name] if category else []
    words += [region.full_label, iso_month(month) if month else ""]
    sheet.write_string(0, 0, " · ".join(word for word in words if word), bold)
    sheet.write_string(1, 0, _("Isi mulai baris 5. Tanggal ditulis hari/bulan/tahun, misalnya 28/02/1980."))
    added = [(one.name, max(14, min(len(one.name) + 4, 30))) for one in extras]
    for index, (title, width) in enumerate([*COLUMNS, *added]):
        sheet.set_column(index, index, width, text if index else None)
        sheet.write_string(_FIRST - 1, index, title, head)
    sheet.freeze_panes(_FIRST, 3)
    _add_rules(book, sheet, districts)
    _add_choices(book, sheet, extras)
    book.close()
    return output.getvalue()


def _add_choices(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, extras: Extras) -> None:
    """Choices of the office's own fields stand on a sheet that is hidden, so that they may be long."""
    last, hidden = _FIRST + ROWS - 1, None
    for place, one in enumerate(extras):
        if not one.choices:
            continue
        if hidden is None:
            hidden = book.add_worksheet("Pilihan")
            hidden.hide()
        hidden.write_column(0, place, one.choices)
        column, index = xl_col_to_name(place), len(COLUMNS) + place
        source = f"=Pilihan!${column}$1:${column}${len(one.choices)}"
        sheet.data_validation(_FIRST, index, last, index, {"validate": "list", "source": source})


def _add_rules(
    book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, districts: list[str]
) -> None:
    last = _FIRST + ROWS - 1
    nik = {
        "validate": "custom",
        "value": f"=AND(ISTEXT(B{_FIRST + 1}),LEN(B{_FIRST + 1})=16)",
        "error_title": _("NIK harus 16 angka"),
        "error_message": _("Ketik 16 angka dari KTP. Kolom ini teks: jangan diubah menjadi angka."),
    }
    sheet.data_validation(_FIRST, 1, last, 1, nik)
    sex, district = (_PLACES[field] for field in (Field.SEX, Field.DISTRICT))
    sheet.data_validation(_FIRST, sex, last, sex, {"validate": "list", "source": ["L", "P"]})
    if districts:
        hidden = book.add_worksheet("Kecamatan")
        hidden.write_column(0, 0, districts)
        hidden.hide()
        source = f"=Kecamatan!$A$1:$A${len(districts)}"
        sheet.data_validation(_FIRST, district, last, district, {"validate": "list", "source": source})
