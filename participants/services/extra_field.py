"""Fields that an administrator adds to persons and months: added, mended, ended, never deleted."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from participants.enums import ExtraAbout, ExtraKind
from participants.importers.header import label_of, may_be_named
from participants.models import ExtraField
from participants.selectors.extra_field import chosen_values, get_managed_field, values_stand
from regions.access import covers, require
from regions.advisory_lock import AdvisoryLock
from regions.enums import Level, Verb
from regions.errors import ChangedMeanwhile, FactRefused, Problem
from regions.models import User
from regions.models.region import NATION, level_of
from regions.month_rules import EARLIEST
from regions.personal_numbers import masked_numbers
from regions.roles import ROLE_PERMISSIONS, Permission, Role
from regions.services.act import record_act
from regions.services.advisory_lock import lock_region

_LONGEST_NAME, _LONGEST_CHOICE, _MOST_CHOICES = 60, 80, 50
# More than one screen of them is another system.
_MOST_FIELDS = 40
_FILLS = {ExtraAbout.PERSON: Permission.ENTER_PERSONS, ExtraAbout.MONTH: Permission.ENTER_HEADCOUNT}


@dataclass(frozen=True)
class FieldTerms:
    """What an administrator says of a field; the rest of it never changes."""

    name: str
    kind: ExtraKind
    choices: Sequence[str]
    is_required: bool
    is_personal: bool
    seen_by: Collection[Role]
    first_month: date


@transaction.atomic
def create_field(*, region_code: str, about: ExtraAbout, terms: FieldTerms, by: User) -> ExtraField:
    """Raises OutsideScope, NotPermitted or FactRefused."""
    require(by, Permission.MANAGE_REFERENCE, region_code)
    terms = _cleaned(terms)
    lock_region(AdvisoryLock.EXTRA_FIELDS, NATION)
    problems = [*_problems(terms, about), *_taken(region_code, about, terms.name)]
    if level_of(region_code) > Level.REGENCY:
        problems.append(
            Problem(0, "region", _("Isian dibuat untuk kabupaten/kota, provinsi, atau nasional."))
        )
    if ExtraField.objects.filter(region=region_code, about=about, last_month=None).count() >= _MOST_FIELDS:
        problems.append(
            Problem(0, "name", _("Sudah ada 40 isian di wilayah ini. Akhiri yang tidak dipakai."))
        )
    if problems:
        raise FactRefused(problems)
    row = ExtraField(region_id=region_code, about=about, entered_by=by, **_columns(terms))
    row.save(force_insert=True)
    _note(row, Verb.RECORDED, by, {name: ["", _said(value)] for name, value in _columns(terms).items()})
    return row


@transaction.atomic
def change_field(*, pk: int, revision: int, terms: FieldTerms, by: User) -> ExtraField:
    """Rename it, or say otherwise what it takes and who sees it; what values rest on stays as it is.

    Raises OutsideScope, ChangedMeanwhile or FactRefused.
    """
    row = _locked(pk, revision, by)
    terms = _cleaned(terms)
    problems = [*_problems(terms, ExtraAbout(row.about)), *_unsettled(row, terms)]
    if label_of(terms.name) != label_of(row.name):
        problems += _taken(row.region_id, ExtraAbout(row.about), terms.name, but=row.pk)
    if row.last_month and row.last_month < terms.first_month:
        problems.append(Problem(0, "first_month", _("Isian ini berakhir sebelum bulan itu.")))
    if problems:
        raise FactRefused(problems)
    return _save(row, _columns(terms), by)


@transaction.atomic
def end_field(*, pk: int, revision: int, last_month: date | None, by: User) -> ExtraField:
    """Say in which month it is filled for the last time; None: it goes on. Values that stand stay.

    Raises OutsideScope, ChangedMeanwhile or FactRefused.
    """
    row = _locked(pk, revision, by)
    if last_month and last_month < row.first_month:
        raise FactRefused(
            [Problem(0, "last_month", _("Bulan ini mendahului bulan pertama isian. Pilih bulan sesudahnya."))]
        )
    if last_month is None and (taken := list(_taken(row.region_id, ExtraAbout(row.about), row.name, row.pk))):
        raise FactRefused([replace(one, field="last_month") for one in taken])
    return _save(row, {"last_month": last_month}, by)


def _locked(pk: int, revision: int, by: User) -> ExtraField:
    get_managed_field(by, pk)
    lock_region(AdvisoryLock.EXTRA_FIELDS, NATION)
    row = ExtraField.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.revision != revision:
        raise ChangedMeanwhile(row)
    return row


def _save(row: ExtraField, new: dict[str, Any], by: User) -> ExtraField:
    changed = {
        name: [_said(getattr(row, name)), _said(value)]
        for name, value in new.items()
        if getattr(row, name) != value
    }
    if not changed:
        return row
    for name, value in new.items():
        setattr(row, name, value)
    row.revision += 1
    with pghistory.context(user=by.pk):
        row.save()
    _note(row, Verb.CORRECTED, by, changed)
    return row


def _cleaned(terms: FieldTerms) -> FieldTerms:
    choices = [" ".join(one.split()) for one in terms.choices] if terms.kind == ExtraKind.CHOICE else []
    name = masked_numbers(" ".join(terms.name.split()))
    return replace(
        terms,
        name=name,
        choices=[masked_numbers(one) for one in choices if one],
        seen_by=[role for role in Role if role in terms.seen_by],
    )


def _columns(terms: FieldTerms) -> dict[str, Any]:
    return {
        "name": terms.name,
        "kind": str(terms.kind),
        "choices": list(terms.choices),
        "is_required": terms.is_required,
        "is_personal": terms.is_personal,
        "seen_by": [str(role) for role in terms.seen_by],
        "first_month": terms.first_month,
    }


def _problems(terms: FieldTerms, about: ExtraAbout) -> Iterable[Problem]:
    if not label_of(terms.name) or len(terms.name) > _LONGEST_NAME:
        yield Problem(0, "name", _("Tulis nama isian, paling banyak 60 karakter, misalnya “Nomor PKH”."))
    elif about == ExtraAbout.PERSON and not may_be_named(terms.name):
        yield Problem(0, "name", _("Data ini sudah punya kolom sendiri. Pakai nama lain."))
    yield from _choice_problems(terms)
    if not terms.seen_by:
        yield Problem(0, "seen_by", _("Pilih sedikitnya satu peran yang melihat dan mengisinya."))
    elif terms.is_required and not any(_FILLS[about] in ROLE_PERMISSIONS[role] for role in terms.seen_by):
        yield Problem(0, "seen_by", _("Isian wajib perlu peran yang mengisi. Pilih juga Operator."))
    if terms.first_month < EARLIEST:
        yield Problem(0, "first_month", _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014."))
    if about == ExtraAbout.MONTH and terms.is_personal:
        yield Problem(
            0, "is_personal", _("Laporan bulan tidak memuat data pribadi. Tambahkan isian ini pada peserta.")
        )


def _choice_problems(terms: FieldTerms) -> Iterable[Problem]:
    if terms.kind != ExtraKind.CHOICE:
        return
    labels = [label_of(one) for one in terms.choices]
    if not 1 <= len(labels) <= _MOST_CHOICES:
        yield Problem(0, "choices", _("Tulis 1 sampai 50 pilihan, satu per baris."))
    elif not all(labels) or len(set(labels)) < len(labels):
        yield Problem(0, "choices", _("Dua pilihan terlalu mirip, atau salah satunya tanpa huruf."))
    elif max(map(len, terms.choices)) > _LONGEST_CHOICE:
        yield Problem(0, "choices", _("Satu pilihan paling banyak 80 karakter."))


def _taken(region_code: str, about: ExtraAbout, name: str, but: int = 0) -> Iterable[Problem]:
    """A column of a list is known by its title alone: two running fields of one name could not be told apart,
    be they of the region, of one above it or of one below."""
    others = ExtraField.objects.filter(about=about, last_month=None).exclude(pk=but)
    for other in others.select_related("region"):
        related = covers(region_code, other.region_id) or covers(other.region_id, region_code)
        if related and label_of(other.name) == label_of(name):
            place = other.region.full_label
            sentence = _("Isian dengan nama ini sudah ada (%(place)s). Pakai nama lain.") % {"place": place}
            yield Problem(0, "name", sentence)
            return


def _unsettled(row: ExtraField, terms: FieldTerms) -> Iterable[Problem]:
    """What cannot be changed any more because values rest on it."""
    fixed = {"kind": str(terms.kind) != row.kind, "is_personal": terms.is_personal != row.is_personal}
    if any(fixed.values()) and values_stand(row):
        sentence = _("Isian ini sudah berisi nilai, sehingga ini tidak dapat diubah. Akhiri, lalu buat baru.")
        yield from (Problem(0, name, sentence) for name, changes in fixed.items() if changes)
    gone = set(row.choices) - set(terms.choices)
    if gone and row.kind == ExtraKind.CHOICE and (used := sorted(gone & chosen_values(row))):
        words = ", ".join(used)
        sentence = _("Pilihan ini sudah dipakai dan tidak dapat dihapus: %(words)s.") % {"words": words}
        yield Problem(0, "choices", sentence)


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:%Y-%m}" if isinstance(value, date) else "" if value is None else str(value)


def _note(row: ExtraField, verb: Verb, by: User, changed: dict[str, list[str]]) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=f"{ExtraField._meta.verbose_name} #{row.pk}: {row.name}",
        region_code=row.region_id,
        detail={"about": row.about, "changed": changed},
    )
