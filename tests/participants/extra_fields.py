"""Fields of an office's own, in tests."""

from datetime import date

from participants.enums import ExtraAbout, ExtraKind
from participants.services.extra_field import FieldTerms, create_field
from regions.roles import Role
from tests.cast import KOTA_A

EVERYONE = tuple(Role)


def field_terms(**changes):
    values = {
        "name": "Nomor PKH",
        "kind": ExtraKind.TEXT,
        "choices": (),
        "is_required": False,
        "is_personal": False,
        "seen_by": EVERYONE,
        "first_month": date(2024, 1, 1),
    }
    return FieldTerms(**(values | changes))


def make_field(by, *, region_code=KOTA_A, about=ExtraAbout.PERSON, **changes):
    return create_field(region_code=region_code, about=about, terms=field_terms(**changes), by=by)
