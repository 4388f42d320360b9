from collections.abc import Iterable
from functools import lru_cache
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from regions.enums import Level, RegionKind

NATION = "ID"
# Kinds that are understood without being said: "Banten" needs no "Provinsi" in a table of provinces,
# but "Bekasi" is both a kabupaten and a kota.
_ALWAYS_SAID = {
    RegionKind.KABUPATEN,
    RegionKind.KOTA,
    RegionKind.KABUPATEN_ADMINISTRASI,
    RegionKind.KOTA_ADMINISTRASI,
}
# Django's own look-up asks the words of every kind for each region, of which a form shows hundreds.
_KIND_WORDS = dict(RegionKind.choices)


class Region(models.Model):
    """A place with its Kemendagri code; the code of the parent is a prefix of the code of the child."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    code = models.CharField(_("kode Kemendagri"), max_length=13, primary_key=True)
    name = models.CharField(_("nama"), max_length=100)
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=Level.choices)
    kind = models.CharField(_("jenis"), max_length=25, choices=RegionKind.choices)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("induk"),
    )
    bps_code = models.CharField(_("kode BPS"), max_length=10, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai (tidak termasuk)"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("digantikan oleh"),
    )

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "code"], name="region_level_code")]
        constraints = [
            models.CheckConstraint(
                name="region_parent_unless_nation",
                condition=Q(level=Level.NATION, parent=None)
                | Q(level__gt=Level.NATION, parent__isnull=False),
            ),
            models.CheckConstraint(
                name="region_code_form",
                condition=Q(code=NATION) | Q(code__regex=r"^\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?$"),
            ),
            models.CheckConstraint(
                name="region_validity_order",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name with its kind where the name alone is ambiguous: `Kota Bekasi`, `Banten`."""
        if self.kind in _ALWAYS_SAID:
            return f"{_kind_words(self.kind)} {self.name}"
        return self.name

    @property
    def full_label(self) -> str:
        return full_label_of(self.name, self.level, self.kind)

    @property
    def ancestor_codes(self) -> list[str]:
        """Codes from the nation down to the parent."""
        return ancestor_codes(self.code)


def full_label_of(name: str, level: int, kind: str) -> str:
    """The name with its kind always: `Provinsi Banten`."""
    if level == Level.NATION:
        return name
    if level == Level.PROVINCE:
        # A sentence, since English says it the other way round.
        return gettext("Provinsi %(name)s") % {"name": name}
    return f"{_kind_words(kind)} {name}"


def _kind_words(kind: str) -> str:
    return _kind_words_in(get_language(), kind)


@lru_cache(maxsize=256)
def _kind_words_in(language: str | None, kind: str) -> str:
    return str(_KIND_WORDS.get(kind, kind))


def ancestor_codes(code: str) -> list[str]:
    """`36.72.01` → `["ID", "36", "36.72"]`."""
    if code == NATION:
        return []
    parts = code.split(".")
    return [NATION, *(".".join(parts[:count]) for count in range(1, len(parts)))]


def level_of(code: str) -> Level:
    return Level.NATION if code == NATION else Level(code.count(".") + 1)


def common_code(codes: Iterable[str]) -> str:
    """The code below which all of them lie: of `36.72` and `36.73.01` it is `36`; "" of none."""
    ways = [[*ancestor_codes(code), code] for code in codes]
    shared = [steps[0] for steps in zip(*ways, strict=False) if len(set(steps)) == 1]
    return shared[-1] if shared else ""
