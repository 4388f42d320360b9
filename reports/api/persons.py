"""Persons by name and their spells: numbers masked, each reading noted; sets are judged like lists."""

from collections.abc import Mapping
from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from participants.enums import ReadPage
from participants.importers.header import Field
from participants.models import Enrolment
from participants.person_columns import further_columns
from participants.selectors.persons.listed import ListedPerson, with_spells
from participants.selectors.persons.person import PersonFilters, get_person_of, list_persons, spells_seen
from participants.services.persons.reading import note_reading
from participants.services.persons.unmask import unmask_person
from regions.access import require_of_some
from regions.errors import OutsideScope
from regions.models import User
from regions.month import parse_month
from regions.roles import Permission
from reports.api.asked import ApiView, chosen_columns
from reports.api.extras import ExtrasTold, ExtraValues
from reports.api.fact_description import WRITTEN_SET, refusals
from reports.api.fact_writing import answer_of
from reports.api.once import DRY_RUN, KEY_PARAMETER, demand_writing, done_once, is_asked
from reports.api.pages import CursorPages
from reports.api.person_rows import CELLS, enter_rows
from reports.api.refusals import SetRefused, refused_in_both
from reports.api.schema import CHOSEN_COLUMNS
from reports.api.terms import TERMS, read_terms

# Each is stored as if typed; longer lists are sent as a batch, which a worker reads.
MOST_PERSONS = 500
_SPELL = inline_serializer(
    "Spell",
    {
        "id": serializers.IntegerField(),
        "category": serializers.CharField(),
        "funding": serializers.CharField(),
        "segment": serializers.CharField(),
        "programmes": serializers.ListField(child=serializers.CharField()),
        "institution": serializers.CharField(allow_null=True),
        "payer": serializers.CharField(allow_null=True),
        "first_month": serializers.DateField(),
        "last_month": serializers.DateField(allow_null=True),
        "state": serializers.CharField(),
        "ended_by": serializers.CharField(),
        "source": serializers.CharField(),
        "revision": serializers.IntegerField(),
    },
    many=True,
)


def person_fields() -> dict[str, Any]:
    return {
        "id": serializers.IntegerField(),
        "region": serializers.CharField(),
        "nik": serializers.CharField(help_text="Masked."),
        "kpj": serializers.CharField(help_text="Masked; empty where it is not known."),
        "name": serializers.CharField(),
        "birth_date": serializers.DateField(allow_null=True),
        "sex": serializers.CharField(),
        "village": serializers.CharField(),
        "district": serializers.CharField(),
        **{column.field.value: serializers.CharField() for column in further_columns()},
        "match_result": serializers.CharField(),
        "revision": serializers.IntegerField(),
        "extra": ExtraValues(),
        "spells": _SPELL,
    }


PERSON = inline_serializer("Person", person_fields())
PERSON_ROW = inline_serializer(
    "PersonRow",
    {
        **{field.value: serializers.CharField(required=field in {Field.NIK, Field.NAME}) for field in CELLS},
        "extra": ExtraValues(required=False),
    },
    many=True,
)
_NARROWED = ("region", "category", "funding", "month")
_FILTERS = [OpenApiParameter(name, str) for name in _NARROWED]
# By number alone: the cursor of another column would carry names and birthdays in addresses.
_ORDERS = {"": "pk", "id": "pk", "-id": "-pk"}
_ORDERING = OpenApiParameter("ordering", str, enum=["id", "-id"], description="By number, or from the end.")


class PersonPages(CursorPages):
    max_page_size = 500


class PersonList(ApiView):
    """Persons of the caller's scope with their spells, numbers masked; who read them is noted."""

    def order(self) -> tuple[str, ...]:
        """As `ordering=` asks. Raises ValidationError."""
        asked = self.request.query_params.get("ordering", "")
        if asked not in _ORDERS:
            raise ValidationError({"ordering": "id, -id"})
        return (_ORDERS[asked],)

    @extend_schema(
        operation_id="persons_list",
        parameters=[
            *(*_FILTERS, CHOSEN_COLUMNS, _ORDERING),
            *(OpenApiParameter("limit", int), OpenApiParameter("cursor", str)),
        ],
        responses=inline_serializer(
            "PersonPage",
            {
                "data": type(PERSON)(many=True),
                "next": serializers.CharField(allow_null=True),
            },
        ),
    )
    def get(self, request: Request) -> Response:
        user = cast(User, request.user)
        require_of_some(user, Permission.VIEW_PERSONS)
        names = chosen_columns(request, person_fields())
        filters, pages = _filters(request), PersonPages()
        rows = list_persons(user, filters).order_by(*self.order())
        found = list(pages.paginate_queryset(rows, request, self) or [])
        note_reading(by=user, page=ReadPage.LIST, persons=[person.pk for person in found])
        extras = ExtrasTold(user)
        told = [told_person(one, extras) for one in with_spells(found, filters, spells_seen(user))]
        answer = pages.get_paginated_response([{name: one[name] for name in names} for one in told])
        answer["Cache-Control"] = "no-store"
        return answer

    @extend_schema(
        operation_id="persons_record",
        description=f"At most {MOST_PERSONS} persons with one spell each, judged and stored as if typed.",
        request=inline_serializer("PersonSet", {"terms": TERMS, "rows": PERSON_ROW}),
        parameters=[OpenApiParameter("partial", bool), DRY_RUN, KEY_PARAMETER],
        responses={200: WRITTEN_SET, 201: WRITTEN_SET, 207: WRITTEN_SET, **refusals(409, 413, 415, 422)},
    )
    def post(self, request: Request) -> Response:
        return done_once(request, lambda: _recorded(request))


class PersonDetail(ApiView):
    @extend_schema(operation_id="persons_read", responses=PERSON)
    def get(self, request: Request, pk: int) -> Response:
        user = cast(User, request.user)
        require_of_some(user, Permission.VIEW_PERSONS)
        person = get_person_of(user, pk)
        if person is None:
            raise OutsideScope(pk)
        note_reading(by=user, page=ReadPage.PERSON, region_code=person.region_id, persons=[person.pk])
        (found,) = with_spells([person], PersonFilters(), spells_seen(user))
        return Response(
            told_person(found, ExtrasTold(user)),
            headers={"ETag": f'"{person.revision}"', "Cache-Control": "no-store"},
        )


class PersonUnmasking(ApiView):
    """The numbers whole, to those who may and say why; the ledger keeps the reason."""

    @extend_schema(
        operation_id="persons_unmask",
        request=inline_serializer(
            "Unmasking", {"reason": serializers.CharField(min_length=5, max_length=250)}
        ),
        responses={
            200: inline_serializer(
                "UnmaskedNumbers",
                {
                    **{name: serializers.CharField() for name in ("nik", "kpj", "phone")},
                    "extra": ExtraValues(),
                },
            ),
            **refusals(413, 415, 422),
        },
    )
    def post(self, request: Request, pk: int) -> Response:
        user = cast(User, request.user)
        demand_writing(request)
        require_of_some(user, Permission.VIEW_PERSONS)
        if get_person_of(user, pk) is None:
            raise OutsideScope(pk)
        said = request.data.get("reason") if isinstance(request.data, Mapping) else ""
        found = unmask_person(participant_id=pk, reason=said if isinstance(said, str) else "", by=user)
        told = {"nik": found.nik, "kpj": found.kpj, "phone": found.phone, "extra": found.told}
        return Response(told, headers={"Cache-Control": "no-store"})


def told_person(listed: ListedPerson, extras: ExtrasTold) -> dict[str, Any]:
    person = listed.person
    return {
        "id": person.pk,
        "region": person.region_id,
        "nik": person.nik.masked,
        "kpj": person.masked_kpj,
        "name": person.name,
        "birth_date": person.birth_date,
        "sex": person.sex,
        "village": person.village_name,
        "district": person.district_name,
        **{column.field.value: column.text_of(person) for column in further_columns()},
        "match_result": person.match_result,
        "revision": person.revision,
        "extra": extras.of(person),
        "spells": [_told_spell(spell) for spell in listed.spells],
    }


def _told_spell(spell: Enrolment) -> dict[str, Any]:
    return {
        "id": spell.pk,
        "category": spell.category_id,
        "funding": spell.funding_id,
        "segment": spell.segment,
        "programmes": spell.programmes,
        "institution": spell.institution_id,
        "payer": spell.payer_id,
        "first_month": spell.first_month,
        "last_month": spell.last_month,
        "state": spell.state,
        "ended_by": spell.ended_by,
        "source": spell.source,
        "revision": spell.revision,
    }


def _filters(request: Request) -> PersonFilters:
    asked = request.query_params
    try:
        month = parse_month(asked["month"]) if asked.get("month") else None
    except ValueError as error:
        raise ValidationError({"month": "YYYY-MM"}) from error
    return PersonFilters(
        region_code=asked.get("region", ""),
        category=asked.get("category", ""),
        funding=asked.get("funding", ""),
        month=month,
    )


def _recorded(request: Request) -> Response:
    user = cast(User, request.user)
    sent = request.data if isinstance(request.data, Mapping) else {}
    terms, rows = read_terms(sent.get("terms"), user), sent.get("rows")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_PERSONS:
        raise ValidationError({"rows": f"1–{MOST_PERSONS}"})
    told, refused = refused_in_both(lambda: enter_rows(rows, terms, user), in_set=False)
    if refused and (len(refused) == len(rows) or not is_asked(request, "partial")):
        raise SetRefused([one for found in refused.values() for one in found])
    for place, found in refused.items():
        told.append({"row": place, "state": "refused", "errors": [one.told() for one in found]})
    is_dry = is_asked(request, "dry_run")
    if is_dry:
        told = [{**one, "id": None, "spell": None} if one["state"] == "created" else one for one in told]
    return answer_of(sorted(told, key=lambda one: one["row"]), is_dry=is_dry)
