"""Questions about figures: asked where the figure explains itself, listed, answered, settled."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.access import get_region, home_codes
from regions.errors import FactRefused, OutsideScope
from regions.formats import month_name
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of
from regions.views.table_file import asked_file, table_file
from reports.forms.figure_question import MessageForm
from reports.measures.catalogue import MEASURES
from reports.models import FigureQuestion
from reports.selectors.boards.comparison import list_names
from reports.selectors.figure_question import (
    QuestionFilter,
    due_of,
    get_question,
    list_questions,
    value_asked,
    value_seen,
    with_reply_counts,
)
from reports.selectors.standing import require_told
from reports.selectors.value import find_value
from reports.services.figure_question import answer_question, ask_question, may_settle, settle_question
from reports.value_words import ASKED_AS, dimension_words, explain_url, value_text

_PAGE = 50
_SETTLED = "selesai"


@require_safe
def question_list(request: SignedInRequest) -> HttpResponseBase:
    if not home_codes(request.user):
        raise OutsideScope("no region")
    asked = QuestionFilter(request.GET.get("wilayah", ""), request.GET.get("keadaan") == _SETTLED)
    rows = with_reply_counts(list_questions(request.user, asked))
    if asked_file(request):
        head = [_("periode"), _("kode_wilayah"), _("wilayah"), _("ukuran"), _("angka"), _("pertanyaan")]
        head += [_("oleh"), _("pada"), _("jawaban"), _("selesai")]
        named = {"name": "pertanyaan", "subject": _("pertanyaan")}
        return table_file(request, header=head, rows=map(_cells, rows), **named)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    query = request.GET.copy()
    query.pop("halaman", None)
    rows_shown = [(question, value_text(value_seen(question))) for question in page]
    context = {"page": page, "rows": rows_shown, "query": query.urlencode()}
    return render(request, "reports/question_list.html", context)


def _cells(one: FigureQuestion) -> list[object]:
    both = (one.asked_at, one.settled_at)
    asked, settled = (localtime(at).isoformat(timespec="minutes") if at else "" for at in both)
    place = [iso_month(one.period), one.region_id, one.region.full_label, one.measure]
    told = [value_text(value_seen(one)), one.text, str(one.asked_by), asked]
    return [*place, *told, one.reply_count, settled]  # type: ignore[attr-defined]


@require_POST
def question_ask(request: SignedInRequest, code: str, period: str, measure: str) -> HttpResponse:
    """About the figure in the address; back to it where the question is refused."""
    region, month = get_region(request.user, code, Permission.VIEW_COVERAGE), month_of(period)
    require_told(request.user, region, month)
    dimensions = {name: request.GET.get(asked, "") for name, asked in ASKED_AS.items()}
    value = find_value(request.user, region, month, measure, None, **dimensions)
    if value is None:
        raise Http404(measure)
    try:
        question = ask_question(value=value, text=request.POST.get("text", ""), by=request.user)
    except FactRefused as refused:
        messages.error(request, " ".join(problem.message for problem in refused.problems))
        return redirect(f"{explain_url(value)}#pertanyaan")
    messages.success(request, _("Pertanyaan terkirim; muncul di Tugas yang harus menjawab."))
    return redirect("question_detail", question.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def question_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question with its answers; POST answers."""
    question = get_question(request.user, pk)
    form = MessageForm(request.POST if request.method == "POST" else None, label=_("Jawaban"))
    if form.is_bound and form.is_valid():
        try:
            answer_question(pk=pk, text=form.cleaned_data["text"], by=request.user)
        except FactRefused as refused:
            for problem in refused.problems:
                form.add_error("text", problem.message)
        else:
            return redirect("question_detail", pk)
    status = 422 if form.is_bound else 200
    return render(request, "reports/question_detail.html", _context(request, question, form), status=status)


@require_POST
def question_settle(request: SignedInRequest, pk: int) -> HttpResponse:
    settle_question(pk=pk, by=request.user)
    messages.success(request, _("Pertanyaan selesai."))
    return redirect("question_detail", pk)


def _context(request: SignedInRequest, question: FigureQuestion, form: MessageForm) -> dict[str, Any]:
    value, measure = value_asked(request.user, question), MEASURES.get(question.measure)
    return {
        "question": question,
        "measure": measure,
        "dimensions": dimension_words(question, list_names().names),
        "value": value,
        "now": value_text(value) if value else "",
        "then": value_text(value_seen(question)),
        "due": due_of(question) if question.answered_at is None else None,
        "may_settle": question.settled_at is None and may_settle(request.user, question),
        "line": _line(question, str(measure.label) if measure else question.measure),
        "form": form,
    }


def _line(question: FigureQuestion, label: str) -> str:
    """One line to be passed on: the figure, the question, where it is answered. No name of a person."""
    told = {
        "label": label,
        "region": question.region.full_label,
        "month": month_name(question.period),
        "shown": value_text(value_seen(question)),
        "text": " ".join(question.text.split()),
        "url": f"{settings.PUBLIC_URL}{reverse('question_detail', args=[question.pk])}",
    }
    return _("%(label)s %(region)s, %(month)s: %(shown)s. %(text)s Jawab di %(url)s") % told
