from collections.abc import Iterable
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.db.models import Model, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from regions.enums import Origin
from regions.errors import Problem
from regions.fact_kind import FactKind
from regions.forms.fields import DayField, RegionField
from regions.models import Region, SourcedFact

F = TypeVar("F", bound=SourcedFact)


class FactForm(forms.Form, Generic[F]):
    """Entry of one sourced fact; subclasses add what the fact counts and build the row.

    In correcting, the fields that identify the fact show what they were and cannot be changed, and a reason
    is asked for.
    """

    fact: ClassVar[FactKind]

    region = RegionField()
    source = forms.CharField(
        label=_("Sumber"),
        max_length=250,
        help_text=_("Surat, laporan atau berita tempat angka ini tertulis, beserta nomornya."),
        error_messages={"required": _("Sebutkan sumbernya, misalnya nomor surat atau nama laporan.")},
    )
    as_of = DayField(label=_("Per tanggal"), help_text=_("Tanggal keadaan yang dilaporkan."))
    note = forms.CharField(
        label=_("Catatan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    provenance: ClassVar[tuple[str, ...]] = ("source", "as_of", "note")

    def __init__(self, *args: Any, regions: QuerySet[Region], row: F | None = None, **kwargs: Any) -> None:
        if row is not None:
            kwargs["initial"] = {**self.initial_of(row), **kwargs.get("initial", {})}
        order = (*self.fact.fixed_fields, *self.fact.value_fields, *self.provenance)
        kwargs["field_order"] = order
        super().__init__(*args, **kwargs)
        self.row = row
        region: Any = self.fields["region"]
        region.queryset = regions if row is None else Region.objects.filter(pk=row.region_id)
        region.initial = self._only_region(regions) if row is None else row.region_id
        if row is None:
            self.fields["as_of"].initial = localdate()
            return
        for name in self.fact.fixed_fields:
            self.fields[name].disabled = True
        self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput, initial=row.revision)
        self.fields["reason"] = forms.CharField(
            label=_("Alasan koreksi"),
            max_length=250,
            help_text=_("Dicatat dalam riwayat dan dapat dibaca oleh auditor."),
            error_messages={"required": _("Tulis alasan koreksi, misalnya “salah ketik”.")},
        )

    @staticmethod
    def _only_region(regions: QuerySet[Region]) -> str | None:
        codes = list(regions.values_list("code", flat=True)[:2])
        return codes[0] if len(codes) == 1 else None

    def initial_of(self, row: F) -> dict[str, Any]:
        names = (*self.fact.fixed_fields, *self.fact.value_fields, *self.provenance)
        initial = {name: getattr(row, name) for name in names if name != "region"}
        if row.origin in {Origin.PUBLISHED, Origin.EXAMPLE}:
            # What that source said is being replaced: the correction has a source of its own.
            initial |= {"source": "", "note": ""}
        return initial

    def build(self) -> F:
        """The unsaved row that the form describes."""
        names = (*self.fact.fixed_fields, *self.fact.value_fields, *self.provenance)
        data = {name: self.cleaned_data[name] for name in names}
        row: F = self.fact.model(origin=Origin.FORM, **data)
        return row

    def corrected(self) -> dict[str, Any]:
        """Columns and their new values, for a service's correction."""
        columns = {}
        for name in (*self.fact.value_fields, *self.provenance):
            value = self.cleaned_data[name]
            column = self.fact.model._meta.get_field(name).attname
            columns[column] = value.pk if isinstance(value, Model) else value
        if "source" in self.changed_data:
            # The old address belongs to the old source.
            columns["source_url"] = ""
        return columns

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Put each sentence at its field, or above the form where it concerns all."""
        for problem in problems:
            field = problem.field if problem.field in self.fields else None
            self.add_error(field, problem.message)
