from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from regions.forms.fields import MonthField, RegionField
from regions.models import MonthRule, Region
from regions.month_steps import BETWEEN, CLOSE, SUBMIT, TRANSITIONS
from regions.month_way import TAKERS, MonthWay, Taker, WayStep, way_from

_ABOVE = "+"
CHECKS = range(1, len(BETWEEN) + 1)


def _key(taker: Taker) -> str:
    return f"{taker.role}{_ABOVE if taker.from_above else ''}"


_BY_KEY = {_key(taker): taker for taker in TAKERS}


class MonthRuleForm(forms.Form):
    """When months are due and lock, and their steps: handed in, up to three checks in any order, closed."""

    region = RegionField(help_text=_("Berlaku juga untuk wilayah di bawahnya yang tanpa aturan sendiri."))
    first_month = MonthField(label=_("Berlaku sejak bulan"))
    submit_by = forms.ChoiceField(label=_("Diajukan oleh"))
    check_1 = forms.ChoiceField(label=_("Pemeriksaan pertama"), required=False)
    check_1_by = forms.ChoiceField(label=_("Pemeriksaan pertama oleh"), required=False)
    check_2 = forms.ChoiceField(label=_("Pemeriksaan kedua"), required=False)
    check_2_by = forms.ChoiceField(label=_("Pemeriksaan kedua oleh"), required=False)
    check_3 = forms.ChoiceField(label=_("Pemeriksaan ketiga"), required=False)
    check_3_by = forms.ChoiceField(label=_("Pemeriksaan ketiga oleh"), required=False)
    close_by = forms.ChoiceField(label=_("Ditutup oleh"))
    separate_closer = forms.BooleanField(
        label=_("Penutup harus orang lain daripada semua pemeriksa"), required=False
    )
    due_days = forms.IntegerField(
        label=_("Jatuh tempo (hari sesudah akhir bulan)"), min_value=0, max_value=366
    )
    lock_days = forms.IntegerField(
        label=_("Terkunci otomatis (hari sesudah akhir bulan)"),
        min_value=0,
        max_value=3660,
        required=False,
        help_text=_("Kosong: bulan tidak terkunci dengan sendirinya."),
    )
    return_days = forms.IntegerField(
        label=_("Lama perbaikan sesudah dikembalikan (hari)"), min_value=1, max_value=366
    )
    legal_source = forms.CharField(
        label=_("Dasar hukum"),
        max_length=250,
        help_text=_("Misalnya nomor SE, SK, atau notula rapat yang menyepakatinya."),
        error_messages={"required": _("Tulis dasarnya, misalnya nomor SE atau notula rapat.")},
    )

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["region"].queryset = regions
        takers = [(key, taker.label) for key, taker in _BY_KEY.items()]
        for name in ("submit_by", "close_by"):
            fields[name].choices = takers
        for number in CHECKS:
            fields[f"check_{number}"].choices = [("", _("tidak ada"))] + [(s.verb, s.label) for s in BETWEEN]
            fields[f"check_{number}_by"].choices = [("", _("pilih peran")), *takers]

    @staticmethod
    def initial_of(rule: MonthRule) -> dict[str, Any]:
        """What the form says of a rule that is in force."""
        names = ("due_days", "lock_days", "return_days", "separate_closer")
        way = way_from(rule.steps)
        initial: dict[str, Any] = {name: getattr(rule, name) for name in names}
        initial |= {"submit_by": _key(way.further[0].taker), "close_by": _key(way.further[-1].taker)}
        for number, one in enumerate(way.further[1:-1], 1):
            initial |= {f"check_{number}": one.step.verb, f"check_{number}_by": _key(one.taker)}
        return initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        seen = set()
        for number in CHECKS:
            verb, by = cleaned.get(f"check_{number}"), cleaned.get(f"check_{number}_by")
            if verb and not by:
                self.add_error(f"check_{number}_by", _("Pilih peran yang melakukan pemeriksaan ini."))
            if verb and verb in seen:
                self.add_error(f"check_{number}", _("Pemeriksaan ini sudah dipilih. Pilih yang lain."))
            seen.add(verb)
        due, lock = cleaned.get("due_days"), cleaned.get("lock_days")
        if due is not None and lock is not None and lock < due:
            self.add_error(
                "lock_days", _("Bulan tidak dapat terkunci sebelum jatuh tempo. Naikkan hari terkuncinya.")
            )
        return cleaned

    @property
    def slots(self) -> list[tuple[Any, Any]]:
        """Each check with who takes it, as fields beside each other."""
        return [(self[f"check_{number}"], self[f"check_{number}_by"]) for number in CHECKS]

    def rule(self) -> MonthRule:
        """The unsaved rule that the form describes."""
        given = self.cleaned_data
        names = ("region", "first_month", "due_days", "lock_days", "return_days", "separate_closer")
        values = {name: given[name] for name in names}
        steps = MonthWay(tuple(self._further())).stored
        return MonthRule(**values, steps=steps, legal_source=given["legal_source"])

    def _further(self) -> Iterator[WayStep]:
        given = self.cleaned_data
        yield WayStep(SUBMIT, _BY_KEY[given["submit_by"]])
        for number in CHECKS:
            if given[f"check_{number}"]:
                yield WayStep(TRANSITIONS[given[f"check_{number}"]], _BY_KEY[given[f"check_{number}_by"]])
        yield WayStep(CLOSE, _BY_KEY[given["close_by"]])
