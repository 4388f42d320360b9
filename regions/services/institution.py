"""Institutions as an administrator keeps them: made, renamed, ended; never deleted, since facts name them."""

from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from regions.access import require
from regions.enums import InstitutionKind, Verb
from regions.errors import InstitutionRefused
from regions.models import Institution, User
from regions.personal_numbers import masked_numbers
from regions.roles import Permission
from regions.selectors.institution import get_managed_institution
from regions.services.act import record_act

_LONGEST_CODE = 60


@transaction.atomic
def create_institution(*, region_code: str, name: str, kind: InstitutionKind, by: User) -> Institution:
    """Raises OutsideScope, NotPermitted or InstitutionRefused."""
    require(by, Permission.MANAGE_REFERENCE, region_code)
    words = _name(name)
    _demand_new(region_code, words)
    row = Institution(code=_free_code(region_code, words), name=words, kind=kind, region_id=region_code)
    row.save(force_insert=True)
    _note(row, Verb.RECORDED, by, {"name": ["", row.name], "kind": ["", str(kind.label)]})
    return row


@transaction.atomic
def change_institution(
    *, code: str, name: str, kind: InstitutionKind, valid_until: date | None, by: User
) -> Institution:
    """Rename it, say what it is, or from which day on it exists no more; empty: it goes on.

    Raises OutsideScope or InstitutionRefused.
    """
    get_managed_institution(by, code)
    row = Institution.objects.select_for_update(of=("self",)).get(pk=code)
    words = _name(name)
    if words != row.name:
        _demand_new(row.region_id, words, but=code)
    new = {"name": words, "kind": kind.value, "valid_until": valid_until}
    changed = {
        column: [str(getattr(row, column) or ""), str(value or "")]
        for column, value in new.items()
        if getattr(row, column) != value
    }
    for column, value in new.items():
        setattr(row, column, value)
    if changed:
        row.save(update_fields=list(new))
        _note(row, Verb.CORRECTED, by, changed)
    return row


def _name(name: str) -> str:
    words = masked_numbers(" ".join(name.split()))[:150]
    if not words:
        raise InstitutionRefused(_("Tulis nama lembaganya."))
    return words


def _demand_new(region_code: str, name: str, but: str = "") -> None:
    """Lists name a payer by the name alone: two of one name in a region could not be told apart."""
    if Institution.objects.filter(region_id=region_code, name__iexact=name).exclude(pk=but).exists():
        raise InstitutionRefused(_("Lembaga dengan nama ini sudah ada di wilayah itu. Pakai yang sudah ada."))


def _free_code(region_code: str, name: str) -> str:
    """`3672-disnaker`: the region and the name, with a number where that is taken."""
    stem = f"{region_code.replace('.', '').lower()}-{slugify(name)}"[: _LONGEST_CODE - 4].rstrip("-")
    taken = set(Institution.objects.filter(pk__startswith=stem).values_list("pk", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (stem, *numbered) if code not in taken)


def _note(row: Institution, verb: Verb, by: User, changed: dict[str, list[str]]) -> None:
    record_act(
        by=by,
        verb=verb,
        subject=f"{Institution._meta.verbose_name} {row.pk}",
        region_code=row.region_id,
        detail={"changed": changed},
    )
