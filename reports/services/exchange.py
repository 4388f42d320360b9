"""Keeping the codes of other systems."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import Category, FundingSource
from regions.access import require
from regions.enums import Verb
from regions.models import Region, User
from regions.roles import Permission
from regions.selectors.region import in_subtree
from regions.services.act import record_act
from reports.exchange_figure import HEADCOUNT, parse_figure
from reports.models.exchange import CodeKind, ExchangeCode, ExchangeSystem
from reports.selectors.exchange import get_managed_system


class ExchangeRefused(Exception):
    """Codes that cannot be kept; `sentences` name each line that is wrong."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = sentences
        super().__init__("; ".join(sentences))


@transaction.atomic
def create_system(*, code: str, label: str, region_code: str, by: User) -> ExchangeSystem:
    """Raises NotPermitted, OutsideScope or ExchangeRefused."""
    require(by, Permission.MANAGE_REFERENCE, region_code)
    if ExchangeSystem.objects.filter(pk=code).exists():
        raise ExchangeRefused([_("Kode ini sudah dipakai. Pilih kode lain.")])
    row = ExchangeSystem(code=code, label=label, region_id=region_code, changed_by=by)
    row.save(force_insert=True)
    _note(row, Verb.RECORDED, by)
    return row


@transaction.atomic
def replace_codes(*, code: str, places: Mapping[str, str], figures: Mapping[str, str], by: User) -> None:
    """All codes of a system anew, theirs → ours. Raises OutsideScope, NotPermitted or ExchangeRefused."""
    get_managed_system(by, code)
    system = ExchangeSystem.objects.select_for_update(of=("self",)).get(pk=code)
    wrong = [*_wrong_places(system, places), *_wrong_figures(figures)]
    if wrong:
        raise ExchangeRefused(wrong)
    before = system.codes.count()
    system.codes.all().delete()
    ExchangeCode.objects.bulk_create(
        ExchangeCode(system=system, kind=kind, theirs=theirs, ours=ours)
        for kind, pairs in ((CodeKind.PLACE, places), (CodeKind.FIGURE, figures))
        for theirs, ours in pairs.items()
    )
    system.changed_by = by
    system.save(update_fields=["changed_by", "changed_at"])
    _note(system, Verb.CORRECTED, by, before=before, after=len(places) + len(figures))


@transaction.atomic
def remove_system(*, code: str, by: User) -> None:
    """Raises OutsideScope or NotPermitted."""
    row = get_managed_system(by, code)
    _note(row, Verb.UNDONE, by)
    row.delete()


def _wrong_places(system: ExchangeSystem, places: Mapping[str, str]) -> list[str]:
    mine = Region.objects.filter(in_subtree("code", system.region_id), pk__in=places.values())
    known = set(mine.values_list("pk", flat=True))
    return [
        _("%(theirs)s: wilayah %(ours)s tidak ada di bawah %(region)s.")
        % {"theirs": theirs, "ours": ours, "region": system.region_id}
        for theirs, ours in places.items()
        if ours not in known
    ] + _twice(places)


def _wrong_figures(figures: Mapping[str, str]) -> list[str]:
    categories = set(Category.objects.values_list("pk", flat=True))
    fundings = set(FundingSource.objects.values_list("pk", flat=True))
    wrong = []
    for theirs, ours in figures.items():
        try:
            figure = parse_figure(ours)
        except ValueError:
            figure = None
        is_head = figure is not None and figure.kind == HEADCOUNT
        if figure is None or (is_head and not (figure.category in categories and figure.funding in fundings)):
            sentence = _(
                "%(theirs)s: %(ours)s tidak dikenal. Tulis seperti headcount:linmas:apbd_kabkota, "
                "membership_count:pu, atau COV-01."
            )
            wrong.append(sentence % {"theirs": theirs, "ours": ours})
    return wrong + _twice(figures)


def _twice(pairs: Mapping[str, str]) -> list[str]:
    ours = list(pairs.values())
    return [
        _("%s disebut dua kali. Satu kode kita hanya untuk satu kode mereka.") % one
        for one in sorted({one for one in ours if ours.count(one) > 1})
    ]


def _note(row: ExchangeSystem, verb: Verb, by: User, **detail: int) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=f"{ExchangeSystem._meta.verbose_name} {row.label}",
        region_code=row.region_id,
        detail=dict(detail),
    )
