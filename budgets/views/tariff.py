from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budgets.forms.calculator import CalculatorForm
from budgets.models import ContributionRate, ContributionRelief
from budgets.selectors.calculator import calculate
from budgets.selectors.rate import list_all_benefits, list_rates, list_reliefs, list_rules
from budgets.timeline import draw
from regions.access import require_anywhere
from regions.formats import rupiah
from regions.number import decimal
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file


@require_safe
def tariff_calculator(request: SignedInRequest) -> HttpResponse:
    """Contributions and benefits by law for a case; the question stands in the address."""
    require_anywhere(request.user, Permission.VIEW_COVERAGE)
    form = CalculatorForm.asked_in(request.GET)
    question = form.question() if form.is_valid() else None
    context = {"form": form, "question": question, "result": calculate(question) if question else None}
    return render(request, "budgets/tariff_calculator.html", context)


@require_safe
def tariff_table(request: SignedInRequest) -> HttpResponseBase:
    """All rates, reliefs, benefits and rules with their days and laws, those of the past too."""
    require_anywhere(request.user, Permission.VIEW_COVERAGE)
    if asked_file(request):
        return _table(request)
    context: dict[str, Any] = {
        "rates": list_rates(),
        "reliefs": list_reliefs(),
        "benefits": list_all_benefits(),
    }
    context |= {"rules": list_rules(), "today": localdate()}
    return render(request, "budgets/tariff_table.html", context)


def _table(request: SignedInRequest) -> HttpResponseBase:
    """All four kinds in one file, a row each with its days and its law."""
    told: list[tuple[str, Iterable[Any], Callable[[Any], str], Callable[[Any], str]]] = [
        (_("tarif iuran"), list_rates(), rate_label, _rate_text),
        (_("keringanan iuran"), list_reliefs(), relief_label, _relief_text),
        (_("manfaat"), list_all_benefits(), str, lambda row: str(row.get_programme_display())),
        (_("aturan"), list_rules(), str, lambda row: str(row.code)),
    ]
    return table_file(
        request,
        name="tarif-manfaat-aturan",
        subject=_("tarif, manfaat, aturan"),
        header=[
            *(_("Tabel"), _("Uraian"), _("Besaran"), _("Sejak"), _("Sampai (tidak termasuk)")),
            *(_("Dasar hukum"), _("Alamat sumber"), _("Status")),
        ],
        rows=(
            (
                *(kind, label(row), text(row), row.valid_from, row.valid_until),
                *(row.legal_source, row.source_url, row.get_status_display()),
            )
            for kind, rows, label, text in told
            for row in rows
        ),
    )


@require_safe
def tariff_timeline(request: SignedInRequest) -> HttpResponse:
    """Rates and reliefs drawn in time, with what no row covers and what two rows cover."""
    require_anywhere(request.user, Permission.VIEW_COVERAGE)
    today = localdate()
    drawings = [
        (_("Tarif iuran"), "tarif", draw(list_rates(), label=rate_label, text=_rate_text, today=today)),
        (
            _("Keringanan iuran"),
            "keringanan",
            draw(list_reliefs(), label=relief_label, text=_relief_text, today=today),
        ),
    ]
    return render(request, "budgets/tariff_timeline.html", {"drawings": drawings})


def rate_label(row: ContributionRate) -> str:
    words = [row.get_segment_display(), row.get_programme_display(), row.get_base_display()]
    words += [_("tingkat risiko %(n)s") % {"n": row.risk_class}] if row.risk_class else []
    words += [_("di atas %(over)s") % {"over": rupiah(row.over)}] if row.over else []
    if row.contract_months is not None:
        words.append(_("perjanjian %(n)s bulan") % {"n": row.contract_months})
    return ", ".join(map(str, words))


def _rate_text(row: ContributionRate) -> str:
    amount = rupiah(row.rupiah) if row.percent is None else f"{decimal(row.percent)}%"
    ceiling = row.wage_ceiling or row.up_to if row.base == "wage" else None
    limit = _(", batas upah %(ceiling)s") % {"ceiling": rupiah(ceiling)} if ceiling else ""
    return f"{amount}{limit} ({row.legal_source})"


def relief_label(row: ContributionRelief) -> str:
    words = [row.get_segment_display(), row.get_programme_display(), row.get_sector_display()]
    return ", ".join(map(str, words))


def _relief_text(row: ContributionRelief) -> str:
    return f"{decimal(row.percent_off)}%, {row.get_payer_display()} ({row.legal_source})"
