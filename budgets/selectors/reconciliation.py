"""The region's own side of a reconciliation, and what pages show of one."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from budgets.enums import Match
from budgets.models import (
    Contribution,
    Realisation,
    ReconciledPerson,
    Reconciliation,
)
from budgets.selectors.rate import load_prices, usual_price, wage_at
from budgets.selectors.received import share_of_months
from participants.models import Enrolment, FundingSource, Participant
from participants.nik import Nik
from participants.selectors.persons.enrolment import covering
from regions.access import require, within
from regions.cipher import unseal
from regions.models import User
from regions.month import first_of
from regions.roles import Permission
from regions.selectors.region import in_subtree


@dataclass
class Listed:
    """A person of the region's list; `due` is None where the price of one of their spells is not known."""

    person: Participant
    digests: set[bytes]
    kpj_digests: set[bytes]
    due: int | None = 0


def list_pemda_side(
    user: User, region_code: str, month: date, *, category: str = "", funding: str = ""
) -> list[Listed]:
    """Persons for whom the region says that it pays in a month, each once, with what is due for them.

    Raises OutsideScope or NotPermitted.
    """
    require(user, Permission.VIEW_PERSONS, region_code)
    spells = Enrolment.objects.filter(covering(month), region=region_code)
    if category:
        spells = spells.filter(category=category)
    if funding:
        spells = spells.filter(funding=funding)
    tariff, histories = load_prices(month)
    bases = {place: wage for place, rows in histories.items() if (wage := wage_at(rows, month))}
    government = dict(FundingSource.objects.values_list("code", "is_government"))
    found: dict[int, Listed] = {}
    priced: set[tuple[int, str, str]] = set()
    for spell in spells.select_related("participant__merged_into").order_by("participant_id", "pk"):
        root = spell.participant.merged_into or spell.participant
        listed = found.setdefault(root.pk, Listed(root, set(), set()))
        for row in (root, spell.participant):
            listed.digests.add(bytes(row.nik_digest))
            if row.kpj_digest:
                listed.kpj_digests.add(bytes(row.kpj_digest))
        cell = (root.pk, spell.category_id, spell.funding_id)
        if cell in priced:
            continue
        priced.add(cell)
        price = usual_price(
            tariff,
            bases,
            region_code=region_code,
            category=spell.category_id,
            segment=spell.segment,
            month=month,
            programmes=frozenset(spell.programmes),
            government=government[spell.funding_id],
        )
        listed.due = None if listed.due is None or price is None else listed.due + price.rupiah
    return list(found.values())


@dataclass(frozen=True)
class StoredPayment:
    number: str
    paid_on: date | None
    amount: int
    origin: str


def list_stored_payments(
    region_code: str, month: date, *, category: str = "", funding: str = ""
) -> list[StoredPayment]:
    """The month's share of the bills that were paid; where there is none, of the contributions received."""
    narrowed: dict[str, Any] = {"region": region_code, "first_month__lte": month, "last_month__gte": month}
    narrowed |= {"category": category} if category else {}
    narrowed |= {"funding": funding} if funding else {}
    bills = Realisation.objects.filter(**narrowed, paid_amount__isnull=False).order_by("paid_on", "pk")
    if bills:
        return [_share(row, row.paid_amount or 0, row.payment_order, row.paid_on, month) for row in bills]
    received = Contribution.objects.filter(**narrowed).order_by("paid_on", "pk")
    return [_share(row, row.amount, "", row.paid_on, month) for row in received]


def _share(
    row: Realisation | Contribution, amount: int, number: str, paid_on: date | None, month: date
) -> StoredPayment:
    share = share_of_months(amount, row.first_month, row.last_month, first_of(month))
    return StoredPayment(number, paid_on, share, f"{row._meta.verbose_name} #{row.pk}")


def list_reconciliations(user: User, *, region_code: str = "") -> QuerySet[Reconciliation]:
    rows = Reconciliation.objects.filter(within(user, permission=Permission.VIEW_DRAFTS))
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    return rows.select_related("region", "category", "funding", "made_by")


def get_reconciliation(user: User, pk: int) -> Reconciliation | None:
    """One of a region the user sees; None for any other."""
    rows = Reconciliation.objects.filter(within(user, permission=Permission.VIEW_DRAFTS), pk=pk)
    signers = ("made_by", "pemda_signer", "bpjs_signer")
    return rows.select_related("region", "category", "funding", *signers).first()


@dataclass(frozen=True)
class ShownPerson:
    """A row for the screen: the NIK masked, the names of both lists."""

    match: str
    nik: str
    kpj: str
    name: str
    bpjs_name: str
    due: int | None
    billed: int | None
    place: str


def list_reconciled_persons(
    user: User, reconciliation: Reconciliation, match: str = ""
) -> QuerySet[ReconciledPerson]:
    """Raises OutsideScope, or NotPermitted to who may not see names."""
    require(user, Permission.VIEW_PERSONS, reconciliation.region_id)
    rows = reconciliation.persons.order_by("match", "pk")
    return rows.filter(match=match) if match in Match.values else rows


def show_persons(rows: Iterable[ReconciledPerson]) -> Iterator[ShownPerson]:
    for row in rows:
        yield ShownPerson(
            match=row.get_match_display(),
            nik=Nik(unseal(row.nik_sealed)).masked if row.nik_sealed else "",
            kpj=_masked_kpj(unseal(row.kpj_sealed)) if row.kpj_sealed else "",
            name=unseal(row.name_sealed) if row.name_sealed else "",
            bpjs_name=unseal(row.bpjs_name_sealed) if row.bpjs_name_sealed else "",
            due=row.due,
            billed=row.billed,
            place=f"{row.sheet} {row.number}" if row.number else "",
        )


def _masked_kpj(kpj: str) -> str:
    return f"{kpj[:2]}{'*' * (len(kpj) - 5)}{kpj[-3:]}"


def document_code(reconciliation: Reconciliation) -> str:
    """SHA-256 over all that the document says, except who signed it."""
    files = reconciliation.files.order_by("side").values_list("side", "sha256", "rows", "unread")
    payments = reconciliation.payments.order_by("pk").values_list("number", "paid_on", "amount", "note")
    content = {
        "region": reconciliation.region_id,
        "month": reconciliation.month,
        "category": reconciliation.category_id,
        "funding": reconciliation.funding_id,
        "counts": reconciliation.counts,
        "sums": reconciliation.sums,
        "agreement": reconciliation.agreement,
        "files": list(files),
        "payments": list(payments),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def rupiah_lines(reconciliation: Reconciliation) -> dict[str, int | None]:
    """The three sums and their differences; a difference is told only where both are wholly known."""
    sums = reconciliation.sums
    due, billed, paid = sums.get("due"), sums.get("billed"), sums.get("paid")
    known = None if sums.get("unpriced") else due
    return {
        "due": due,
        "billed": billed,
        "paid": paid,
        "due_billed": None if known is None or billed is None else known - billed,
        "billed_paid": None if billed is None or paid is None else billed - paid,
        "due_paid": None if known is None or paid is None else known - paid,
    }
