"""Reference data: regions with both codes, categories, sources of funds, institutions, measures in words."""

from datetime import date
from typing import Any, ClassVar

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from budgets.models import ContributionRate
from budgets.selectors.rate import list_rates
from participants.models import Category, FundingSource
from regions.access import require_anywhere, visible_regions
from regions.models import Institution, Office, OfficeCoverage, Region, User
from regions.roles import Permission
from regions.selectors.institution import list_institutions
from regions.selectors.office import list_coverages, list_offices
from regions.selectors.region import existing
from reports.api.asked import ApiView
from reports.api.columns import row_serializer
from reports.api.filters import SubtreeFilter
from reports.api.table import TableView, told
from reports.measures.catalogue import MEASURES
from reports.selectors.reference import list_categories, list_funding_sources


class RegionFilter(filters.FilterSet):
    under = SubtreeFilter(field_name="code", help_text="The region of this code and all below it.")
    parent = filters.CharFilter(field_name="parent_id")
    level = filters.NumberFilter(field_name="level")
    bps_code = filters.CharFilter(field_name="bps_code")
    on = filters.DateFilter(method="existing_on", help_text="Only regions that exist on this day.")

    class Meta:
        model = Region
        fields: ClassVar[list[str]] = []

    def existing_on(self, rows: QuerySet[Region], _name: str, day: Any) -> QuerySet[Region]:
        return rows.filter(existing(day))


class RegionList(TableView):
    """Regions in the caller's scope, by Kemendagri code, with the code of BPS where it is known."""

    ordering = "code"
    columns: ClassVar[dict[str, str]] = {
        "code": "code",
        "bps_code": "bps_code",
        "name": "name",
        "kind": "kind",
        "level": "level",
        "parent": "parent",
        "valid_from": "valid_from",
        "valid_until": "valid_until",
        "replaced_by": "replaced_by",
    }
    serializer_class = row_serializer("Region", Region, columns)
    filterset_class = RegionFilter

    def rows(self, user: User) -> QuerySet[Region]:
        return visible_regions(user)


class CategoryList(TableView):
    """Groups of workers as regions name them."""

    ordering = "code"
    columns: ClassVar[dict[str, str]] = {
        "code": "code",
        "name": "name",
        "synonyms": "synonyms",
        "segment": "segment",
        "is_vulnerable": "is_vulnerable",
        "is_fixed_term": "is_fixed_term",
        "owner": "owner",
        "legal_basis": "legal_basis",
        "basis": "basis",
        "note": "note",
    }
    serializer_class = row_serializer("Category", Category, columns)

    def rows(self, user: User) -> QuerySet[Category]:
        return list_categories()


class FundingSourceList(TableView):
    """Where the money of contributions comes from."""

    ordering = "code"
    columns: ClassVar[dict[str, str]] = {
        "code": "code",
        "name": "name",
        "payer": "payer",
        "is_government": "is_government",
        "precedence": "precedence",
        "valid_from": "valid_from",
        "valid_until": "valid_until",
        "note": "note",
    }
    serializer_class = row_serializer("FundingSource", FundingSource, columns)

    def rows(self, user: User) -> QuerySet[FundingSource]:
        return list_funding_sources()


class InstitutionList(TableView):
    """Bodies that register or pay for workers, in the caller's scope."""

    ordering = "code"
    columns: ClassVar[dict[str, str]] = {
        "code": "code",
        "name": "name",
        "kind": "kind",
        "region": "region",
        "valid_until": "valid_until",
    }
    serializer_class = row_serializer("Institution", Institution, columns)

    def rows(self, user: User) -> QuerySet[Institution]:
        return list_institutions(user, Permission.VIEW_DRAFTS)


class WordsSerializer(serializers.Serializer):
    id = serializers.CharField()
    en = serializers.CharField()


class OfficeList(TableView):
    """Offices of BPJS Ketenagakerjaan."""

    ordering = "code"
    columns: ClassVar[dict[str, str]] = {name: name for name in ("code", "name", "kind", "parent")}
    serializer_class = row_serializer("Office", Office, columns)

    def rows(self, user: User) -> QuerySet[Office]:
        return list_offices(user)


class OfficeCoverageFilter(filters.FilterSet):
    office = filters.CharFilter(field_name="office_id")
    region = filters.CharFilter(field_name="region_id")
    under = SubtreeFilter(field_name="region__code")

    class Meta:
        model = OfficeCoverage
        fields: ClassVar[list[str]] = []


class OfficeCoverageList(TableView):
    """Which office serves which region from when to when; two may share one by its districts."""

    ordering = "pk"
    columns: ClassVar[dict[str, str]] = {
        name: name for name in ("id", "office", "region", "valid_from", "valid_until")
    }
    serializer_class = row_serializer("OfficeCoverage", OfficeCoverage, columns)
    filterset_class = OfficeCoverageFilter

    def rows(self, user: User) -> QuerySet[OfficeCoverage]:
        return list_coverages(user)


class RateFilter(filters.FilterSet):
    on = filters.DateFilter(method="in_force", help_text="In force on this day.")

    class Meta:
        model = ContributionRate
        fields: ClassVar[list[str]] = ["segment", "programme", "base"]

    def in_force(self, rows: QuerySet[Any], _name: str, day: date) -> QuerySet[Any]:
        return rows.filter(Q(valid_until=None) | Q(valid_until__gt=day), valid_from__lte=day)


class RateList(TableView):
    """Contribution rates with the days from which they hold and the law that says so."""

    ordering = "pk"
    columns: ClassVar[dict[str, str]] = {
        name: name
        for name in (
            *("id", "segment", "programme", "base", "payer", "risk_class", "percent", "employer_percent"),
            *("rupiah", "over", "up_to", "contract_months", "valid_from", "valid_until", "legal_source"),
        )
    }
    serializer_class = row_serializer("ContributionRate", ContributionRate, columns)
    filterset_class = RateFilter

    def initial(self, request: Request, *args: Any, **where: Any) -> None:
        super().initial(request, *args, **where)
        require_anywhere(request.user, Permission.VIEW_COVERAGE)

    def rows(self, user: User) -> QuerySet[ContributionRate]:
        return list_rates()


class MeasureSerializer(serializers.Serializer):
    """As Satu Data Indonesia asks of an indicator: concept, definition, formula, unit, classification."""

    code = serializers.CharField()
    concept = WordsSerializer()
    definition = WordsSerializer()
    numerator = WordsSerializer()
    denominator = WordsSerializer()
    unit = serializers.CharField()
    direction = serializers.CharField()
    window = serializers.CharField(help_text="Over which months the figure sums.")
    section = serializers.CharField()
    classifications = serializers.ListField(
        child=serializers.CharField(), help_text="By which dimensions its values may be divided."
    )
    parts = serializers.ListField(child=serializers.CharField(), help_text="Measures that it is made of.")
    sources = serializers.ListField(
        child=serializers.CharField(),
        help_text="Kinds of stored rows that stand behind its values.",
    )
    update = WordsSerializer()  # type: ignore[assignment]


_UPDATE = gettext_lazy(
    "Bulanan. Dihitung ulang beberapa detik sesudah faktanya berubah; "
    "bulan yang ditutup tetap seperti saat ditutup."
)
_CLASSIFICATIONS = ("segment", "category", "funding", "target", "variant")


@method_decorator(conditional_page, name="dispatch")
class MeasureList(ApiView):
    @extend_schema(
        operation_id="measures_list",
        responses=inline_serializer(
            "MeasurePage",
            {
                "data": MeasureSerializer(many=True),
                "next": serializers.CharField(allow_null=True, help_text="Always null."),
            },
        ),
    )
    def get(self, request: Request) -> Response:
        """Every measure in words, in both languages."""
        return told(map(_described, MEASURES.values()))


def _described(measure: Any) -> dict[str, Any]:
    return {
        "code": measure.code,
        "concept": _words(measure.label),
        "definition": _words(measure.meaning),
        "numerator": _words(measure.numerator),
        "denominator": _words(measure.denominator),
        "unit": str(measure.unit.value),
        "direction": str(measure.direction.value),
        "window": str(measure.window.value),
        "section": str(measure.section.value),
        "classifications": list(_CLASSIFICATIONS),
        "parts": [part.code for part in measure.parts],
        "sources": [one.value for one in measure.evidence],
        "update": _words(_UPDATE),
    }


def _words(text: Any) -> dict[str, str]:
    found = {}
    for language in ("id", "en"):
        with translation.override(language):
            found[language] = str(text)
    return found
