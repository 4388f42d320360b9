"""What documents can be attached to: any fact, a list of persons, a month; storeys above add their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from participants.selectors.batches.batch import get_batch
from participants.selectors.reach import holds_batch
from regions.access import get_region, require_anywhere, scope_of
from regions.addresses import address
from regions.enums import MonthState, ReportKind
from regions.errors import NotPermitted, OutsideScope
from regions.fact_kind import FactKind
from regions.formats import month_name
from regions.models import Region, User
from regions.month import iso_month, parse_month
from regions.roles import Permission
from regions.selectors.fact import find_removed, list_facts
from regions.selectors.fact_change import counted_kinds
from regions.selectors.reporting_month import get_reporting_month

_LONGEST_NUMBER = 15
_OF_MONTHS = (
    *(Permission.ENTER_MEMBERSHIP, Permission.ENTER_HEADCOUNT, Permission.COMPLETE_MONTH),
    *(Permission.SUBMIT_MONTH, Permission.VERIFY_MONTH),
)


@dataclass(frozen=True)
class AttachmentSubject:
    """What documents belong to, as the person sees it who asked for it.

    While one of `months` is locked, for `report` where one is named, or once it is `final`, they stay.
    """

    kind: str
    key: str
    region: Region
    label: str
    url: str
    may_write: bool
    months: tuple[date, ...] = ()
    report: ReportKind | None = None
    final: bool = False


class SubjectFinder:
    """Finds subjects of some kinds. A storey above declares its own by deriving from this."""

    kinds: ClassVar[tuple[str, ...]] = ()

    def finds(self, kind: str) -> bool:
        return kind in self.kinds

    def find(self, user: User, kind: str, key: str) -> AttachmentSubject | None:
        """None where there is no such thing for this user; raises what `regions.access` raises."""
        raise NotImplementedError


def find_subject(user: User, kind: str, key: str) -> AttachmentSubject:
    """Raises OutsideScope or NotPermitted."""
    for finder in SubjectFinder.__subclasses__():
        if finder().finds(kind):
            found = finder().find(user, kind, key)
            if found is not None:
                return found
    raise OutsideScope(kind)


def month_key(region_code: str, month: date) -> str:
    return f"{region_code}_{iso_month(month)}"


def number_of(key: str) -> int:
    """The number of a row; 0, which no row has, where the key is none."""
    return int(key) if key.isascii() and key.isdecimal() and len(key) <= _LONGEST_NUMBER else 0


def fact_kinds() -> Iterator[FactKind]:
    return (kind for kind in counted_kinds() if isinstance(kind, FactKind))


class FactSubjects(SubjectFinder):
    def finds(self, kind: str) -> bool:
        return any(one.name == kind for one in fact_kinds())

    def find(self, user: User, kind: str, key: str) -> AttachmentSubject | None:
        fact = next(one for one in fact_kinds() if one.name == kind)
        for needed in (fact.seen_with, fact.listed_with):
            require_anywhere(user, needed)
        row = list_facts(user, fact).select_related("region").filter(pk=number_of(key)).first()
        if row is None:
            return _removed_fact(user, fact, number_of(key))
        may_write = scope_of(user).holds(fact.permission, row.region_id)
        # Names of people stand in no title of a page.
        label = f"{fact.label} #{row.pk}" if fact.personal else f"{fact.label} #{row.pk}: {row}"
        correct = reverse(fact.url_name("correct"), args=[row.pk]) if may_write else ""
        return AttachmentSubject(
            *(kind, str(row.pk), row.region, label, correct or _list_of(fact, row.region_id), may_write),
            months=tuple(sorted(fact.statements(row))),
            report=fact.report,
        )


def _removed_fact(user: User, fact: FactKind, number: int) -> AttachmentSubject | None:
    """A fact that was taken away, as its history keeps it: its documents are read, and stay."""
    row = find_removed(user, fact, number)
    if row is None:
        return None
    label = _("%(fact)s #%(number)s, dihapus") % {"fact": fact.label, "number": number}
    return AttachmentSubject(
        *(fact.name, str(number), row.region, label, _list_of(fact, row.region_id)),
        may_write=False,
        final=True,
    )


def _list_of(fact: FactKind, region_code: str) -> str:
    return address(fact.url_name("list"), region=region_code)


class BatchSubjects(SubjectFinder):
    kinds = ("batch",)

    def find(self, user: User, kind: str, key: str) -> AttachmentSubject | None:
        batch = get_batch(user, number_of(key))
        if batch is None:
            return None
        return AttachmentSubject(
            *(kind, str(batch.pk), batch.region, _("Unggahan #%s") % batch.pk),
            *(reverse("batch_detail", args=[batch.pk]), holds_batch(user, Permission.ENTER_PERSONS, batch)),
            months=(batch.first_month,),
            report=ReportKind.PERSONS,
        )


class MonthSubjects(SubjectFinder):
    kinds = ("month",)

    def find(self, user: User, kind: str, key: str) -> AttachmentSubject | None:
        code, _between, text = key.rpartition("_")
        region = get_region(user, code, Permission.VIEW_COVERAGE)
        try:
            month = parse_month(text)
        except ValueError:
            return None
        scope = scope_of(user)
        is_closed = get_reporting_month(region, month).state == MonthState.CLOSED
        if not is_closed and not scope.holds(Permission.VIEW_DRAFTS, code):
            raise NotPermitted(code)
        return AttachmentSubject(
            *(kind, month_key(code, month), region, _("Bulan laporan %s") % month_name(month)),
            reverse("month_page", args=[code, iso_month(month)]),
            any(scope.holds(permission, code) for permission in _OF_MONTHS),
            months=(month,),
        )
