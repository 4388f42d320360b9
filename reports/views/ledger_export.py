from collections.abc import Iterator
from io import BytesIO
from itertools import islice

import xlsxwriter
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from regions.access import require_anywhere
from regions.act_words import details_of, months_of
from regions.dead_cells import dead_text
from regions.forms.ledger import LedgerFilterForm
from regions.models import Act
from regions.roles import Permission
from regions.selectors.act import list_acts, name_acts
from regions.services.ledger_export import note_ledger_export
from regions.signed_in import SignedInRequest
from regions.sorting import Sorting
from regions.views.csv_file import csv_file
from regions.workbook_rows import add_practice_sheet

# More than that opens in no spreadsheet that people here use; the file says so in its last row.
MOST = 100_000
_AT_ONCE = 2000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@cache_control(no_store=True, private=True)
def ledger_export(request: SignedInRequest, kind: str) -> HttpResponse:
    """The acts asked for as a file; taking it away is an act as well."""
    require_anywhere(request.user, Permission.VIEW_LEDGER)
    form = LedgerFilterForm(request.POST)
    oldest_first = Sorting.of(request.POST, ["waktu"]).asked == "waktu"
    acts = list_acts(request.user, form.question(oldest_first=oldest_first))
    rows = list(islice(_rows(acts), MOST + 1))
    note_ledger_export(by=request.user, filters=form.told(), count=min(len(rows), MOST))
    if len(rows) > MOST:
        rows[MOST] = [_("Terpotong; persempit filternya."), *[""] * (len(_header()) - 1)]
    return _workbook(rows) if kind == "xlsx" else csv_file("catatan.csv", _header(), rows)


def _header() -> list[str]:
    return [
        _("Waktu"),
        _("Pengguna"),
        _("Aktivitas"),
        _("Tentang"),
        _("Wilayah"),
        _("Nama wilayah"),
        _("Bulan laporan"),
        _("Rincian"),
        _("Nilai hash"),
    ]


def _rows(acts: QuerySet[Act]) -> Iterator[list[str]]:
    rest = acts.iterator(chunk_size=_AT_ONCE)
    while chunk := name_acts(islice(rest, _AT_ONCE)):
        yield from (_row(act) for act in chunk)


def _row(act: Act) -> list[str]:
    details = "; ".join(f"{label}: {text}" for label, text in details_of(act))
    at = date_format(localtime(act.at), "Y-m-d H:i:s")
    place = [act.region_code, act.region_name if act.region_code else ""]  # type: ignore[attr-defined]
    what = [at, act.actor_name, act.get_verb_display(), act.subject]
    return [*what, *place, months_of(act), details, act.hash]


def _workbook(rows: list[list[str]]) -> HttpResponse:
    output = BytesIO()
    with xlsxwriter.Workbook(output, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Catatan"))
        for place, row in enumerate([_header(), *rows]):
            for column, text in enumerate(row):
                sheet.write_string(place, column, dead_text(text)[:32_000])
        add_practice_sheet(book)
    response = HttpResponse(output.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = 'attachment; filename="catatan.xlsx"'
    return response
