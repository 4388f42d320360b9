from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.utils.dates import MONTHS as MONTH_NAMES
from django.utils.translation import gettext_lazy as _

from budgets.planning.asked import PlanAsked
from budgets.planning.question import MONTHS, WHOLE, Goal
from budgets.selectors.planning.need import NeedBasis, NeedLine
from participants.enums import Programme
from participants.forms.target import PercentField
from participants.forms.workforce import YearField
from participants.models import Category, FundingSource
from regions.forms.fields import DayField, RegionField, RupiahField, WholeNumberField
from regions.models import Region
from reports.forms.plan_stages import PlanStagesForm, initial_stages

_GOALS = [
    (Goal.PEOPLE, _("Orang terlindungi sebanyak-banyaknya pada akhir tahun")),
    (Goal.MONTHS, _("Orang × bulan perlindungan sebanyak-banyaknya")),
    (Goal.COST, _("Biaya serendah-rendahnya untuk mencapai target")),
]


class PlanPlaceForm(forms.Form):
    """Of which region and year, before anything else is asked."""

    wilayah = RegionField()
    tahun = YearField(label=_("Tahun anggaran"))

    def __init__(self, *args: Any, regions: QuerySet[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["wilayah"]
        region.queryset = regions


class PlanBudgetForm(forms.Form):
    """When and by which paper a plan became the budget."""

    decided_on = DayField(label=_("Tanggal penetapan"))
    document = forms.CharField(label=_("Dokumen"), max_length=150, help_text=_("Misalnya Perda APBD 2026."))
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=250, required=False)


class SourceRow(NamedTuple):
    source: FundingSource
    chosen: Any
    ceiling: Any


class CategoryRow(NamedTuple):
    category: Category
    wanted: int
    covered: int
    left: int
    # Nobody counted them; it is what somebody wants protected.
    is_target: bool
    chosen: Any
    mandatory: Any
    floor: Any


class PlanForm(PlanStagesForm):
    """Ceilings by source, wishes by category, and the assumptions of a plan."""

    name = forms.CharField(
        label=_("Nama skenario"),
        max_length=120,
        error_messages={"required": _("Tulis nama skenarionya, misalnya “Pagu tetap”.")},
    )
    goal = forms.ChoiceField(label=_("Yang dicari"), choices=_GOALS, initial=Goal.PEOPLE)
    ceiling = RupiahField(
        label=_("Pagu semua sumber dana"),
        required=False,
        help_text=_("Boleh kosong bila setiap sumber dana sudah diberi pagu sendiri."),
    )
    target = PercentField(
        label=_("Target UCJ akhir tahun (persen)"),
        required=False,
        help_text=_("Kosongkan bila yang dicari hanya orang sebanyak-banyaknya."),
    )
    first = forms.TypedChoiceField(
        label=_("Mulai paling awal"),
        coerce=int,
        choices=[(month - 1, MONTH_NAMES[month]) for month in range(1, 13)],
    )
    least_months = forms.TypedChoiceField(
        label=_("Lama paling singkat (bulan)"), coerce=int, choices=[(n, n) for n in range(1, MONTHS + 1)]
    )
    programmes = forms.MultipleChoiceField(
        label=_("Program"),
        choices=Programme.choices,
        initial=["jkk", "jkm"],
        widget=forms.CheckboxSelectMultiple,
    )
    renews = forms.BooleanField(
        label=_("Yang sudah terlindungi ikut dibiayai rencana ini"),
        required=False,
        help_text=_("Tanpa centang, mereka dianggap tetap dibayar dari baris anggaran yang ada."),
    )
    rate = RupiahField(
        label=_("Iuran per orang per bulan menurut asumsi sendiri"),
        required=False,
        help_text=_("Kosongkan untuk memakai tarif yang berlaku."),
    )
    price_change = PercentField(
        label=_("Perubahan semua iuran (persen)"),
        required=False,
        help_text=_("Misalnya 10 bila tarifnya diperkirakan naik; -10 bila turun."),
    )
    churn = PercentField(label=_("Peserta yang berhenti sendiri (persen setahun)"), required=False)
    growth = PercentField(label=_("Pertambahan jumlah pekerja (persen setahun)"), required=False)

    def __init__(
        self,
        *args: Any,
        sources: Sequence[FundingSource],
        needs: Sequence[NeedLine],
        categories: dict[str, Category],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sources, self.categories = sources, categories
        self.needs = _by_category(needs)
        self.of_target = {line.category for line in needs if line.basis == NeedBasis.TARGET}
        for source in sources:
            self.fields[f"use_{source.code}"] = forms.BooleanField(required=False)
            self.fields[f"ceiling_{source.code}"] = RupiahField(required=False)
        for code in self.needs:
            self.fields[f"take_{code}"] = forms.BooleanField(required=False)
            self.fields[f"mandatory_{code}"] = forms.BooleanField(required=False)
            self.fields[f"floor_{code}"] = WholeNumberField(required=False)

    def clean(self) -> dict[str, Any]:
        """Money below nought is a slip of the pen."""
        given: dict[str, Any] = super().clean() or {}
        for name in ("ceiling", "rate", *(f"ceiling_{source.code}" for source in self.sources)):
            if (given.get(name) or 0) < 0:
                self.add_error(name, _("Rupiah tidak boleh negatif."))
        for name, least, most in (("price_change", -90, 200), ("churn", 0, 100), ("growth", -100, 100)):
            if not least <= (given.get(name) or 0) <= most:
                told = {"least": least, "most": most}
                self.add_error(name, _("Isi %(least)s sampai %(most)s persen.") % told)
        return given

    def source_rows(self) -> Iterator[SourceRow]:
        for source in self.sources:
            yield SourceRow(source, self[f"use_{source.code}"], self[f"ceiling_{source.code}"])

    def category_rows(self) -> Iterator[CategoryRow]:
        for code, (wanted, covered, left) in self.needs.items():
            fields = (self[f"{name}_{code}"] for name in ("take", "mandatory", "floor"))
            yield CategoryRow(self.categories[code], wanted, covered, left, code in self.of_target, *fields)

    def plain_fields(self) -> list[Any]:
        return [self[name] for name in ("name", "goal", "ceiling", "target", "first", "least_months")]

    def assumed_fields(self) -> list[Any]:
        return [self[name] for name in ("programmes", "renews", "rate", "price_change", "churn", "growth")]

    def asked(self, region_code: str, year: int) -> PlanAsked:
        given = self.cleaned_data
        ceilings = {
            source.code: -1 if given[f"ceiling_{source.code}"] is None else given[f"ceiling_{source.code}"]
            for source in self.sources
            if given[f"use_{source.code}"] or given[f"ceiling_{source.code}"] is not None
        }
        stages, capacity = self.stages()
        if stages:
            ceilings[WHOLE] = stages[0]
        elif given["ceiling"] is not None:
            ceilings[WHOLE] = given["ceiling"]
        taken = tuple(code for code in self.needs if given[f"take_{code}"])
        return PlanAsked(
            region=region_code,
            year=year,
            ceilings=ceilings,
            target=given["target"] or None,
            goal=Goal(given["goal"]),
            first=given["first"],
            least_months=given["least_months"],
            categories=() if len(taken) == len(self.needs) else taken,
            mandatory=tuple(code for code in self.needs if given[f"mandatory_{code}"]),
            floors={code: given[f"floor_{code}"] for code in self.needs if given[f"floor_{code}"]},
            programmes=tuple(given["programmes"]),
            renews=given["renews"],
            rate=given["rate"],
            price_change=given["price_change"] or Decimal(0),
            churn=given["churn"] or Decimal(0),
            growth=given["growth"] or Decimal(0),
            stages=stages,
            capacity=capacity,
        )


def initial_of(asked: PlanAsked, needs: Sequence[NeedLine]) -> dict[str, Any]:
    """What stands in the form where a scenario is copied."""
    codes = {line.category for line in needs}
    return {
        "goal": asked.goal,
        "ceiling": asked.ceilings.get(WHOLE),
        "target": asked.target,
        "first": asked.first,
        "least_months": asked.least_months,
        "programmes": list(asked.programmes),
        "renews": asked.renews,
        "rate": asked.rate,
        "price_change": asked.price_change or None,
        "churn": asked.churn or None,
        "growth": asked.growth or None,
        **initial_stages(asked),
        **{f"use_{code}": True for code in asked.ceilings if code != WHOLE},
        **{
            f"ceiling_{code}": rupiah
            for code, rupiah in asked.ceilings.items()
            if code != WHOLE and rupiah >= 0
        },
        **{f"take_{code}": not asked.categories or code in asked.categories for code in codes},
        **{f"mandatory_{code}": True for code in asked.mandatory},
        **{f"floor_{code}": people for code, people in asked.floors.items()},
    }


def _by_category(needs: Sequence[NeedLine]) -> dict[str, tuple[int, int, int]]:
    found: dict[str, tuple[int, int, int]] = {}
    for line in needs:
        wanted, covered, left = found.get(line.category, (0, 0, 0))
        found[line.category] = (wanted + line.wanted, covered + line.covered, left + line.left)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1][2], pair[0])))
