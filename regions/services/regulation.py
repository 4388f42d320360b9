"""Storing and correcting rules, how they stand to each other, and the stages of their drafts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.access import require
from regions.advisory_lock import AdvisoryLock
from regions.enums import Level, RegionKind, Verb
from regions.errors import OutsideScope, Problem, RegulationRefused
from regions.models import Regulation, RegulationLink, RegulationStage, User
from regions.models.region import NATION
from regions.personal_numbers import masked_numbers
from regions.regulation import DraftingStage, RegulationKind, RegulationRelation
from regions.selectors.regulation import get_regulation
from regions.services.act import record_act
from regions.services.advisory_lock import lock_region
from regions.services.fact import FactStore

_YEARS = range(1945, 2101)
_OWN_DAYS = frozenset({DraftingStage.ENACTED, DraftingStage.PROMULGATED})
_PROVINCE = frozenset({RegulationKind.PERGUB, RegulationKind.INGUB})
_OF_KIND = {
    RegulationKind.PERBUP: frozenset({RegionKind.KABUPATEN, RegionKind.KABUPATEN_ADMINISTRASI}),
    RegulationKind.INBUP: frozenset({RegionKind.KABUPATEN, RegionKind.KABUPATEN_ADMINISTRASI}),
    RegulationKind.PERWAL: frozenset({RegionKind.KOTA, RegionKind.KOTA_ADMINISTRASI}),
    RegulationKind.INWAL: frozenset({RegionKind.KOTA, RegionKind.KOTA_ADMINISTRASI}),
}


@dataclass(frozen=True)
class StageGiven:
    """What somebody says of a stage."""

    planned_on: date | None = None
    done_on: date | None = None
    owner: str = ""


class RegulationStore(FactStore[Regulation]):
    kind = Regulation.fact

    def settle(self, rows: Sequence[Regulation]) -> None:
        for row in rows:
            row.number = " ".join(row.number.split())
            row.title = " ".join(row.title.split())
            row.reference = row.settled_reference()

    def problems(self, rows: Sequence[Regulation]) -> Iterable[Problem]:
        for index, row in enumerate(rows):
            yield from _wrong_days(index, row)
            yield from _wrong_place(index, row)
            yield from _taken(index, row)


def _wrong_days(index: int, row: Regulation) -> Iterable[Problem]:
    if row.year not in _YEARS:
        yield Problem(index, "year", _("Tulis tahunnya dengan empat angka, misalnya 2021."))
    if row.enacted_on and row.enacted_on.year != row.year:
        yield Problem(
            index, "enacted_on", _("Tahun penetapannya berbeda dari tahun regulasi. Periksa keduanya.")
        )
    if row.enacted_on and row.promulgated_on and row.promulgated_on < row.enacted_on:
        yield Problem(
            index, "promulgated_on", _("Regulasi diundangkan sesudah ditetapkan. Periksa tanggalnya.")
        )
    if row.valid_from and row.valid_until and row.valid_until <= row.valid_from:
        yield Problem(index, "valid_until", _("Regulasi berakhir sesudah mulai berlaku. Periksa tanggalnya."))


def _wrong_place(index: int, row: Regulation) -> Iterable[Problem]:
    kind, region = RegulationKind(row.kind), row.region
    allowed = _OF_KIND.get(kind)
    if kind in _PROVINCE and region.level != Level.PROVINCE:
        yield Problem(index, "region", _("Peraturan atau instruksi gubernur dicatat di provinsinya."))
    elif allowed is not None and region.kind not in allowed:
        yield Problem(
            index,
            "region",
            _("Jenis regulasi ini tidak dibuat di wilayah itu. Periksa jenis dan wilayahnya."),
        )
    elif kind.is_regional and region.level not in {Level.PROVINCE, Level.REGENCY}:
        yield Problem(index, "region", _("Regulasi daerah dicatat di provinsi, kabupaten, atau kotanya."))
    elif kind.is_national and row.region_id != NATION:
        yield Problem(
            index, "region", _("Regulasi ini berlaku nasional: pilih Indonesia sebagai wilayahnya.")
        )
    if row.institution is not None and row.institution.region_id != row.region_id:
        yield Problem(
            index,
            "institution",
            _("Pemrakarsa ini milik wilayah lain. Pilih yang sewilayah atau kosongkan."),
        )


def _taken(index: int, row: Regulation) -> Iterable[Problem]:
    """Of a corrected rule alone: one that is recorded anew is compared with what is stored."""
    if row.pk and Regulation.objects.filter(reference=row.reference).exclude(pk=row.pk).exists():
        yield Problem(index, "number", _("Regulasi dengan jenis, nomor, dan tahun ini sudah tercatat."))


REGULATIONS = RegulationStore()
record_regulations = REGULATIONS.record
correct_regulation = REGULATIONS.correct


@transaction.atomic
def link_regulations(*, pk: int, relation: RegulationRelation, other: int, by: User) -> RegulationLink:
    """Say how a rule stands to another. Raises OutsideScope, NotPermitted or RegulationRefused."""
    lock_region(AdvisoryLock.REGULATIONS, NATION)
    row, found = _written(pk, by), get_regulation(by, other, localdate())
    if row.pk == found.pk:
        raise RegulationRefused(_("Regulasi tidak dapat dihubungkan dengan dirinya sendiri."))
    if row.pk in _rests_on(found.pk):
        raise RegulationRefused(
            _("%(other)s sudah mengacu pada regulasi ini. Hubungan yang melingkar tidak dapat disimpan.")
            % {"other": found}
        )
    if relation == RegulationRelation.REPEALS and found.is_draft:
        raise RegulationRefused(_("Rancangan belum berlaku sehingga tidak dapat dicabut."))
    link, is_new = RegulationLink.objects.get_or_create(regulation=row, relation=relation, other=found)
    if is_new:
        _note(row, Verb.RECORDED, by, {"changed": {"relation": ["", relation], "other": ["", str(found)]}})
    return link


@transaction.atomic
def unlink_regulations(*, pk: int, link: int, by: User) -> None:
    """Raises OutsideScope or NotPermitted."""
    row = _written(pk, by)
    found = RegulationLink.objects.filter(regulation=row, pk=link).select_related("other__region").first()
    if found is None:
        raise OutsideScope(link)
    changed = {"relation": [found.relation, ""], "other": [str(found.other), ""]}
    found.delete()
    _note(row, Verb.UNDONE, by, {"changed": changed})


def _rests_on(pk: int) -> set[int]:
    """The rule and all it stands on, by whatever relation."""
    above: dict[int, list[int]] = {}
    for rule, other in RegulationLink.objects.values_list("regulation_id", "other_id"):
        above.setdefault(rule, []).append(other)
    found, waiting = {pk}, [pk]
    while waiting:
        for one in above.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


@transaction.atomic
def plan_stages(*, pk: int, given: Mapping[DraftingStage, StageGiven], by: User) -> Regulation:
    """Replace what is said of the stages of a draft. Raises OutsideScope, NotPermitted, RegulationRefused."""
    row = _written(pk, by)
    today = localdate()
    stored = {one.stage: one for one in RegulationStage.objects.select_for_update().filter(regulation=row)}
    changed: dict[str, list[str]] = {}
    for stage, said in given.items():
        if said.done_on and said.done_on > today:
            raise RegulationRefused(_("Tahap tidak dapat selesai pada hari yang belum tiba."))
        kept = stored.get(stage) or RegulationStage(regulation=row, stage=stage)
        before = _stage_words(kept)
        kept.planned_on, kept.owner = said.planned_on, masked_numbers(said.owner.strip())[:150]
        kept.done_on = None if stage in _OWN_DAYS else said.done_on
        if _stage_words(kept) != before:
            kept.save()
            changed[str(stage.label)] = [before, _stage_words(kept)]
    if changed:
        _note(row, Verb.CORRECTED, by, {"changed": changed})
    return row


def _stage_words(row: RegulationStage) -> str:
    days = [day.isoformat() if day else "-" for day in (row.planned_on, row.done_on)]
    return " · ".join([*days, row.owner]) if any((row.planned_on, row.done_on, row.owner)) else ""


def _written(pk: int, by: User) -> Regulation:
    row = get_regulation(by, pk, localdate())
    require(by, Regulation.fact.permission, row.region_id)
    return row


def _note(row: Regulation, verb: Verb, by: User, detail: dict[str, object]) -> None:
    subject = f"{Regulation._meta.verbose_name} #{row.pk}: {row}"
    record_act(by=by, verb=verb, subject=subject, region_code=row.region_id, detail=detail)
