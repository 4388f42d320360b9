"""Contributions and claims of a month typed into a grid: a line is stored, taken back, or left empty."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from budgets.models.money import MoneyFact
from budgets.money_line import MODELS, MoneyLine
from budgets.selectors.money_month import LineSeries, list_lines, past_of, question_on
from budgets.services.claim import CLAIMS
from budgets.services.contribution import CONTRIBUTIONS
from participants.month_entry_key import Section
from participants.services.month_entry.cells import reason_needed
from regions.access import require
from regions.enums import Origin
from regions.errors import ChangedMeanwhile, FactRefused, NotPermitted, OutsideScope, Problem
from regions.formats import month_name
from regions.models import Region, User
from regions.month import first_of
from regions.services.fact import FactStore

# The problem of a line that is answered by saying why it is right.
BECAUSE = "because"
_SALT = "budgets.money_month.undo"
_UNDO_WITHIN = timedelta(hours=12)
STORES: dict[Section, FactStore[Any]] = {Section.CONTRIBUTIONS: CONTRIBUTIONS, Section.CLAIMS: CLAIMS}
# What a line says of its payment, as a correction names it.
_SAID = ("amount", "paid_on", "source", "as_of", "note")


@dataclass(frozen=True)
class MoneyMonthTerms:
    """What holds for a whole sitting: the paper, the day of payment, and why stored amounts change."""

    source: str
    as_of: date
    paid_on: date
    reason: str = ""


@dataclass(frozen=True)
class TypedMoney:
    """`rupiah` None takes the line away; `revision` is the one that was seen, 0 for none."""

    rupiah: int | None
    cases: int | None
    revision: int
    because: str = ""


@dataclass(frozen=True)
class MoneyPlace:
    code: str
    month: date
    line: MoneyLine


@transaction.atomic
def save_money_line(*, by: User, place: MoneyPlace, typed: TypedMoney, terms: MoneyMonthTerms) -> str:
    """Store what a line of a month says; returns the signed mark that takes it back, "" for no change.

    Raises ChangedMeanwhile when the line is no longer what the person saw or is made of several payments,
    FactRefused (fields: amount, cases, those of the terms, or `because`), OutsideScope or NotPermitted.
    """
    require(by, place.line.permission, place.code)
    Region.objects.select_for_update(no_key=True).get(pk=place.code)
    series = list_lines(place.code, place.month).get(place.line, LineSeries())
    stored = _stored(series)
    before = _told(stored)
    if (typed.rupiah, typed.cases) == (
        (stored.amount, getattr(stored, "cases", None)) if stored else (None, None)
    ):
        return ""
    if (stored.revision if stored else 0) != typed.revision:
        raise ChangedMeanwhile(stored)
    if first_of(terms.paid_on) != place.month:
        sentence = _("Tanggal bayarnya di luar %(month)s.") % {"month": month_name(place.month)}
        raise FactRefused([Problem(0, "paid_on", sentence)])
    if stored is not None and not terms.reason.strip():
        raise FactRefused([Problem(0, "reason", reason_needed())])
    _ask(place, typed, series)
    revision = _put(place, stored, typed, terms, by=by)
    told = {"by": by.pk, "code": place.code, "month": f"{place.month:%Y-%m-%d}", "line": str(place.line)}
    return signing.dumps({**told, "before": before, "revision": revision}, salt=_SALT)


@transaction.atomic
def undo_money_line(*, by: User, mark: str) -> MoneyPlace:
    """Take back what `save_money_line` did, while nobody touched the line since.

    Raises ChangedMeanwhile, FactRefused, OutsideScope for an unreadable or old mark, NotPermitted for that of
    somebody else.
    """
    try:
        told: dict[str, Any] = signing.loads(mark, salt=_SALT, max_age=_UNDO_WITHIN)
    except signing.BadSignature as error:
        raise OutsideScope("mark") from error
    place = MoneyPlace(told["code"], date.fromisoformat(told["month"]), MoneyLine.parse(told["line"]))
    require(by, place.line.permission, place.code)
    if told["by"] != by.pk:
        raise NotPermitted(place.line.permission)
    Region.objects.select_for_update(no_key=True).get(pk=place.code)
    stored = _stored(list_lines(place.code, place.month).get(place.line, LineSeries()))
    if (stored.revision if stored else 0) != told["revision"]:
        raise ChangedMeanwhile(stored)
    before, reason = told["before"], _("ditarik kembali di tabel")
    if before is None:
        terms = MoneyMonthTerms("", place.month, place.month, reason)
        _put(place, stored, TypedMoney(None, None, told["revision"]), terms, by=by)
        return place
    terms = MoneyMonthTerms(
        before["source"], date.fromisoformat(before["as_of"]), date.fromisoformat(before["paid_on"]), reason
    )
    typed = TypedMoney(before["amount"], before["cases"], told["revision"], before["note"])
    _put(place, stored, typed, terms, by=by)
    return place


def _stored(series: LineSeries) -> MoneyFact | None:
    if len(series.rows) > 1:
        # Each of them is corrected on its own page.
        raise ChangedMeanwhile(series.rows[0])
    return series.rows[0] if series.rows else None


def _ask(place: MoneyPlace, typed: TypedMoney, series: LineSeries) -> None:
    if typed.rupiah is None or typed.because.strip():
        return
    question = question_on(place.line, typed.rupiah, past_of(series, place.month))
    if question:
        sentence = _("%(question)s Bila benar, tulis sebabnya.") % {"question": question}
        raise FactRefused([Problem(0, BECAUSE, sentence)])


def _put(
    place: MoneyPlace, stored: MoneyFact | None, typed: TypedMoney, terms: MoneyMonthTerms, *, by: User
) -> int:
    """One line stored, corrected or taken away; returns its revision, 0 where it is gone."""
    store = STORES[place.line.section]
    if typed.rupiah is None:
        if stored is not None:
            store.remove(pk=stored.pk, revision=stored.revision, by=by, reason=terms.reason)
        return 0
    new: dict[str, Any] = {
        "amount": typed.rupiah,
        "paid_on": terms.paid_on,
        "source": terms.source,
        "as_of": terms.as_of,
        "note": typed.because,
    }
    if place.line.section == Section.CLAIMS:
        new["cases"] = typed.cases
    if stored is not None:
        row = store.correct(pk=stored.pk, revision=stored.revision, by=by, reason=terms.reason, new=new)
        revision: int = row.revision
        return revision
    recorded = store.record([_row(place, new)], by=by).rows[0]
    revision = recorded.revision
    return revision


def _row(place: MoneyPlace, said: dict[str, Any]) -> MoneyFact:
    line = place.line
    columns: dict[str, Any] = {
        "region_id": place.code,
        "reference": f"isian:{uuid4()}",
        "category_id": line.category or None,
        "funding_id": line.funding or None,
        "programme": line.programme,
        "origin": Origin.FORM,
        **said,
    }
    if line.section == Section.CLAIMS:
        columns["kind"] = line.kind
    else:
        columns |= {"first_month": place.month, "last_month": place.month}
    return MODELS[line.section](**columns)


def _told(stored: MoneyFact | None) -> dict[str, Any] | None:
    if stored is None:
        return None
    told = {column: getattr(stored, column) for column in _SAID}
    told |= {column: f"{told[column]:%Y-%m-%d}" for column in ("paid_on", "as_of")}
    return {**told, "cases": getattr(stored, "cases", None)}
