"""Why a pack is a draft: months that are not closed, and sections that it cannot do without."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from reports.pack.content import Signatory, Table
from reports.pack.period import spans_words
from reports.pack.place import PackPlace

# More places than these are counted, not named.
_MOST_NAMED = 8
# Tables without which a report is none; others are left out where nothing is known.
_REQUIRED = ("coverage", "balance", "regulations", "obstacles")

Closings = Mapping[tuple[str, date], int | None]


def draft_reason(
    place: PackPlace, closings: Closings, labels: Mapping[str, str], lacking: Sequence[str]
) -> str:
    told = [open_months(place, closings, labels)]
    if lacking:
        words = _("Bagian wajib yang masih kosong: %s. Paket menjadi final setelah bagian itu terisi.")
        told.append(words % "; ".join(lacking))
    return " ".join(reason for reason in told if reason)


def lacking_parts(empty: Iterable[Table], signatories: Iterable[Signatory]) -> list[str]:
    """Required tables that hold nothing, and who does not sign by name."""
    found = [table.title for table in empty if table.key in _REQUIRED]
    unnamed = [one.title for one in signatories if not one.name]
    if unnamed:
        found.append(_("nama penanda tangan (%s)") % ", ".join(unnamed))
    return found


def open_reason(months: Sequence[str]) -> str:
    """As long as one month is not closed, it is a draft."""
    if not months:
        return ""
    return _("Laporan %s belum ditutup sehingga angkanya masih dapat berubah.") % "; ".join(months)


def open_months(place: PackPlace, closings: Closings, labels: Mapping[str, str]) -> str:
    """Those of the period, here and below, that are not closed."""
    months = set(place.period.months)
    still = [at for at, closing in closings.items() if closing is None and at[1] in months]
    open_in: dict[str, list[date]] = {}
    for code, month in still:
        open_in.setdefault(code, []).append(month)
    below = [code for code in {one for one, _month in closings} if code != place.code]
    spans = {spans_words(months) for months in open_in.values()}
    if len(open_in) == len(below) + 1 > _MOST_NAMED and len(spans) == 1:
        every = _("%(place)s dan seluruh wilayah di bawahnya (%(months)s)")
        return open_reason([every % {"place": place.label, "months": spans.pop()}])
    alike: dict[str, list[str]] = {}
    for code in list(open_in)[:_MOST_NAMED]:
        alike.setdefault(spans_words(open_in[code]), []).append(labels.get(code, code))
    named = [f"{', '.join(places)} ({months})" for months, places in alike.items()]
    if unnamed := list(open_in.values())[_MOST_NAMED:]:
        more = _("serta %(count)s bulan laporan wilayah lainnya")
        named.append(more % {"count": sum(len(months) for months in unnamed)})
    return open_reason(named)
