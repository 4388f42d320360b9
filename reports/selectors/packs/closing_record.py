"""The record of a closing: who completed, submitted, verified and closed a month, and the figures closed."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regions.enums import Verb
from regions.formats import moment
from regions.models import MonthStep, Region
from regions.month import last_day
from regions.month_steps import TRANSITIONS
from regions.selectors.month_way import get_way
from reports.measures.catalogue import COMPUTATION_VERSION
from reports.pack import money_tables, tables
from reports.pack.assembly import highlights_of, with_grades
from reports.pack.content import Column, PackContent, Sentence, Table
from reports.pack.draft import open_reason
from reports.pack.narrative import of_place
from reports.pack.period import Period, PeriodKind
from reports.selectors.packs.content import gather_pack


def gather_closing(region: Region, month: date) -> PackContent:
    period = Period(PeriodKind.MONTH, month)
    found = gather_pack(region, period)
    place, closing = found.place, found.closings.get((region.code, month))
    words = {"month": date_format(month, "F Y"), "place": region.full_label}
    opening = (
        _("Bulan laporan %(month)s %(place)s ditutup dengan angka di bawah ini.")
        if closing
        else _("Bulan laporan %(month)s %(place)s belum ditutup; angka di bawah ini masih dapat berubah.")
    )
    content = PackContent(
        document="closing",
        title=_("Berita Acara Penutupan Bulan Laporan"),
        region_code=region.code,
        region_label=region.full_label,
        period_key=period.key,
        period_label=period.label,
        as_of=date_format(last_day(month), "j F Y"),
        draft_reason="" if closing else open_reason([f"{region.full_label} ({period.label})"]),
        highlights=highlights_of(place),
        narrative=(Sentence((opening % words,)), *of_place(place)),
        tables=(
            _steps(region, month),
            tables.coverage(place, "2"),
            tables.segments(place, "3"),
            tables.categories(place, "4"),
            money_tables.balance(place, "5", by_basis=False),
        ),
        sources=(_("Jamsostek Monitor, versi perhitungan %s.") % COMPUTATION_VERSION,),
        signed_at=found.words.signed_at,
        signatories=(found.words.branch_head, found.words.office_head),
        runs=((region.code, f"{month:%Y-%m}", closing),),
        version=COMPUTATION_VERSION,
    )
    return with_grades(content, place.book)


def _steps(region: Region, month: date) -> Table:
    """Who took the last of each step on the way to the closing, and whose step it is by the rule."""
    way = get_way(region.code, month)
    verbs = [step.verb for step in way.order]
    taken = MonthStep.objects.filter(region=region, month=month, verb__in=verbs).select_related("by")
    last = {step.verb: step for step in taken.order_by("pk")}
    rows = tuple(
        (
            str(Verb(verb).label),
            ", ".join(taker.label for taker in way.takers(TRANSITIONS[verb])),
            str(last[verb].by or _("Sistem")),
            moment(last[verb].at),
        )
        for verb in verbs
        if verb in last
    )
    columns = (Column(_("Langkah")), Column(_("Peran")), Column(_("Oleh")), Column(_("Pada")))
    note = "" if rows else _("Belum ada langkah.")
    return Table("steps", "1", _("Tahapan bulan laporan"), columns, rows, note=note)
