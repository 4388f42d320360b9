"""One fact of every kind, and the same fact as a program, a form and a file would send it."""

from datetime import date
from decimal import Decimal

from budgets.enums import MoneyKind
from budgets.importers.money_columns import COLUMNS, title_of
from budgets.services.money_kinds import FILE_KINDS
from budgets.services.pledge import record_pledges
from participants.services.perisai_agent import record_perisai_agents
from regions.enums import InstitutionKind
from regions.models import Institution
from regions.services.user import ensure_system_user
from reports.api.fact_rows import written_columns
from tests.factories import (
    AgentRecruitsFactory,
    AllocationFactory,
    CategoryPopulationFactory,
    CategoryTargetFactory,
    CategoryTermFactory,
    ClaimFactory,
    CommitmentFactory,
    ConstructionProjectFactory,
    ContributionFactory,
    EmployerFactory,
    HeadcountFactory,
    MembershipCountFactory,
    MinutesFactory,
    OutreachEventFactory,
    PerisaiAgentFactory,
    PledgeFactory,
    PledgePaymentFactory,
    ProjectCountFactory,
    RealisationFactory,
    RegulationFactory,
    TargetFactory,
    WageBaseFactory,
    WorkforceFactory,
)

FACTORIES = (
    OutreachEventFactory,
    PerisaiAgentFactory,
    AgentRecruitsFactory,
    HeadcountFactory,
    MembershipCountFactory,
    WorkforceFactory,
    TargetFactory,
    CategoryTargetFactory,
    CategoryPopulationFactory,
    CategoryTermFactory,
    ContributionFactory,
    ClaimFactory,
    AllocationFactory,
    RealisationFactory,
    WageBaseFactory,
    EmployerFactory,
    ConstructionProjectFactory,
    ProjectCountFactory,
    RegulationFactory,
    MinutesFactory,
    CommitmentFactory,
    PledgeFactory,
    PledgePaymentFactory,
)
# What differs from one face to another whatever the fact: how it came, and the mark of the paper.
OF_THE_WAY = {"id", "reference", "origin", "entered_by_id", "entered_at", "changed_at"}
# Columns of files that are called otherwise in the table.
_COLUMNS = {
    "region_code": "region_id",
    "number": "reference",
    **{name: f"{name}_id" for name in ("category", "funding", "institution")},
}


FACTORY_OF = {factory._meta.model.fact.name: factory for factory in FACTORIES}


def sample(name):
    """An unsaved fact of the kind. What it stands on is stored."""
    if name == "pledge_payment":
        return PledgePaymentFactory(pledge=stored_pledge())
    if name == "agent_recruits":
        return AgentRecruitsFactory(agent=stored_agent())
    return FACTORY_OF[name]()


def stored_agent(**told):
    return record_perisai_agents([PerisaiAgentFactory(**told)], by=ensure_system_user()).rows[0]


def stored_pledge():
    institution = Institution.objects.create(
        code="pt-uji", name="PT Uji", kind=InstitutionKind.COMPANY, region_id="36.72"
    )
    days = {"pledged_on": date(2025, 7, 20), "due_on": date(2025, 8, 31)}
    pledge = PledgeFactory(institution=institution, **days)
    return record_pledges([pledge], by=ensure_system_user()).rows[0]


def says(row):
    """Everything that a stored fact says."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in OF_THE_WAY
    }


def as_json(row):
    return {
        name: _plain(getattr(row, field.attname)) for name, field in written_columns(type(row).fact).items()
    }


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def as_form(row):
    """What a browser would post, as people write it here."""
    return {name: _typed(name, value) for name, value in as_json(row).items() if value not in (None, "")}


def _typed(name, value):
    if isinstance(value, bool):
        return "on" if value else ""
    if name.endswith("month"):
        return value[:7]
    if isinstance(value, str) and name == "percent":
        return value.replace(".", ",")
    return value


def as_file(kind, row):
    """Header and line of a file of this kind, under the titles of its template."""
    header = [title_of(kind, known) for known in COLUMNS[kind]]
    return header, [_cell(row, known.value) for known in COLUMNS[kind]]


def _cell(row, name):
    """Empty where the fact has no such column: the line of a bill, a second name of the region."""
    column = _COLUMNS.get(name, name)
    value = getattr(row, column, None)
    if value is None or name == "region":
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    field = row._meta.get_field(column)
    return str(dict(field.flatchoices)[value]) if field.choices and value else value


def file_kind_of(name):
    """The kind of file that brings such facts, or None."""
    model = FACTORY_OF[name]._meta.model
    return next((one for one in MoneyKind if FILE_KINDS[one].model is model), None)
