"""What a practice room holds on its first day: reference tables, one invented city and its months."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import sha256

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.timezone import localdate

from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from budgets.services.legal_basis import link_lines
from budgets.services.reference import load_contribution_rates
from participants.services.headcount import record_headcounts
from participants.services.legal_basis import link_categories
from participants.services.membership_count import record_membership_counts
from participants.services.reference import load_categories, load_funding_sources, load_overlap_allowances
from participants.services.workforce import record_workforces
from regions.cipher import sealing_key
from regions.enums import Level, MonthState, RegionKind, Verb
from regions.models import Region, User
from regions.month import add_months, first_of
from regions.practice import CITY, PROVINCE, room_database
from regions.roles import Role
from regions.services.region import load_regions
from regions.services.regulation_reference import load_regulations
from regions.services.reporting_month import locked_row, step
from regions.services.user import assign_role, ensure_system_user
from reports.examples import facts, money
from reports.examples.places import Place, example_places
from reports.examples.span import ExampleSpan
from reports.services.definition import ensure_alert_rules, ensure_coverage_definition
from reports.services.practice.databases import BLANK, PATTERN, make_once
from reports.services.recompute import recompute_stale

# Counted up with every change of what is written below.
_VERSION = 2
_MONTHS = 13
_DISTRICTS = ("Latihan Utara", "Latihan Tengah", "Latihan Selatan")
_WAY = (
    (Verb.COMPLETED, MonthState.COMPLETE),
    (Verb.SUBMITTED, MonthState.SUBMITTED),
    (Verb.VERIFIED, MonthState.VERIFIED),
    (Verb.CLOSED, MonthState.CLOSED),
)


def practice_month() -> date:
    """The month that is practised: the one that has just passed."""
    return add_months(first_of(localdate()), -1)


@cache
def tables_mark() -> str:
    """Of all migrations of this installation; no process outlives a change of them."""
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return sha256(repr(applied).encode()).hexdigest()


def schema_mark() -> str:
    """What a room was made under: with other tables, or another key for NIK, it cannot be opened."""
    return sha256(f"{tables_mark()} {sealing_key()}".encode()).hexdigest()


def ensure_pattern() -> bool:
    """The pattern of this version and month; whether it had to be made. Raises PracticeRefused.

    Its tables are kept without rows as well: applying all migrations takes a minute, filling some seconds.
    """
    tables = tables_mark()
    make_once(BLANK, tables, make_tables)
    version = f"{_VERSION} {practice_month()} {tables}"
    return make_once(PATTERN, version, fill_world, begun_from=room_database(BLANK))


def make_tables() -> None:
    call_command("migrate", interactive=False, verbosity=0)


def fill_world() -> None:
    """Where no row is: reference tables, and a city whose months are closed but for the last one.

    Of that one only the active members are missing: what is practised once need not be practised ten times.
    """
    load_regions(down_to=Level.REGENCY)
    load_categories()
    load_funding_sources()
    load_overlap_allowances()
    load_contribution_rates()
    system = ensure_system_user()
    load_regulations()
    link_categories()
    link_lines()
    ensure_coverage_definition()
    ensure_alert_rules()
    city = _add_regions()
    span = ExampleSpan(add_months(practice_month(), -_MONTHS), practice_month())
    [place] = example_places([city], span, calibrated=False)
    _record(place, system)
    recompute_stale()
    _close(span.months[:-1], system)
    recompute_stale()


def add_person(outside: User) -> None:
    """The person in the room: who enters, and who also sees what a verifier sees and makes packs."""
    system = ensure_system_user()
    person = User(username=outside.username, full_name=outside.full_name)
    person.set_unusable_password()
    person.save()
    for role in (Role.OPERATOR, Role.SUPERVISOR):
        assign_role(user=person, role=role, region_code=CITY, by=system)


def _add_regions() -> Region:
    """Each name says what it is, on whatever paper, picture or table it is written."""
    said = "(bukan data sebenarnya)"
    province = Region(code=PROVINCE, name=f"Latihan {said}", level=Level.PROVINCE, kind=RegionKind.PROVINCE)
    city = Region(code=CITY, name=f"Latihan {said}", level=Level.REGENCY, kind=RegionKind.KOTA)
    province.parent_id, city.parent_id = "ID", PROVINCE
    districts = [
        Region(
            code=f"{CITY}.{number:02}",
            name=name,
            level=Level.DISTRICT,
            kind=RegionKind.DISTRICT,
            parent_id=CITY,
        )
        for number, name in enumerate(_DISTRICTS, start=1)
    ]
    for region in (province, city, *districts):
        region.save(force_insert=True)
    return city


@transaction.atomic
def _close(months: Iterable[date], by: User) -> None:
    for month in months:
        row = locked_row(CITY, month)
        for verb, target in _WAY:
            step(row, verb, target, by=by)


def _record(place: Place, by: User) -> None:
    months = place.span.months
    record_workforces(list(facts.workforces(place, place.span.years)), by=by)
    record_membership_counts(list(facts.members(place, months[:-1])), by=by)
    record_headcounts(list(facts.headcounts(place, months)), by=by)
    record_contributions(list(money.contributions(place, months)), by=by)
    record_claims(list(money.claims(place, months)), by=by)
