"""Stores a history as `tests.reports.histories` makes it."""

from datetime import date

from budgets.services.construction_project import settle_project
from budgets.services.employer import settle_employer
from participants.enums import Occurrence
from regions.month import add_months
from reports.enums import DefinitionState
from reports.models import CoverageDefinition
from tests.factories import (
    AllocationFactory,
    CategoryTargetFactory,
    ClaimFactory,
    ConstructionProjectFactory,
    ContributionFactory,
    EmployerFactory,
    EnrolmentFactory,
    HeadcountFactory,
    MembershipCountFactory,
    ParticipantFactory,
    ProjectCountFactory,
    RealisationFactory,
    TargetFactory,
    WageBaseFactory,
    WorkforceFactory,
)
from tests.reports.histories import MONTHS


def save(rows, by):
    rows = list(rows)
    for row in rows:
        row.entered_by = by
    if rows:
        type(rows[0])._default_manager.bulk_create(rows)


def save_history(told, by):
    if told["counted"]:
        CoverageDefinition.objects.create(
            code="sebagian",
            label="Sebagian segmen",
            segments=told["counted"],
            valid_from=MONTHS[2],
            legal_source="uji",
            state=DefinitionState.IN_FORCE,
        )
    save_counts(told, by)
    save_persons(told, by)
    save_payments(told, by)
    save_lines(told, by)
    save_wages(told, by)
    save(map(employer_of, told["employers"].items()), by)
    save(map(project_of, told["projects"].items()), by)
    save(map(project_count_of, told["project_counts"].items()), by)
    save_targets(told, by)


def save_counts(told, by):
    save(
        [
            MembershipCountFactory(region_id=code, month=month, segment=segment, members=n)
            for (code, month, segment), n in told["members"].items()
        ],
        by,
    )
    save(
        [
            WorkforceFactory(region_id=code, year=year, segment=segment, workers=n)
            for (code, year, segment), n in told["workers"].items()
        ],
        by,
    )
    save(
        [
            HeadcountFactory(region_id=code, month=month, category_id=category, funding_id=funding, people=n)
            for (code, month, category, funding), n in told["people"].items()
        ],
        by,
    )


def save_targets(told, by):
    save(
        [
            TargetFactory(region_id=code, year=year, frame=frame, percent=percent)
            for (code, year, frame), percent in told["targets"].items()
        ],
        by,
    )
    save(
        [
            CategoryTargetFactory(region_id=code, category_id=category, year=year, people=n + 1)
            for (code, category, year), n in told["asked"].items()
        ],
        by,
    )


def employer_of(told):
    """Three employers, each with and without an NPP, of which two share a name."""
    (code, month, number, is_registered), (standing, known, insured, months, arrears) = told
    name, npp = f"UD {number // 2}", f"AA0{number}" if is_registered else ""
    if known is not None and insured is not None:
        insured = min(known, insured)
    row = EmployerFactory(region_id=code, month=month, name=name, npp=npp, workers_known=known)
    row.standing = standing if is_registered else "none"
    if is_registered:
        row.workers_registered, row.arrears_months, row.arrears = insured, months, arrears
    else:
        row.workers_registered, row.name = None, f"UD {number}"
    settle_employer(row)
    return row


def project_of(told):
    """Some began in an earlier year, some are registered in a later one."""
    (code, year, number), (first, value, is_registered, day) = told
    first = min(first, date(year, 12, 1))
    status = {"jakon_status": "registered", "registration_number": "R1", "registered_on": day}
    row = ConstructionProjectFactory(
        region_id=code,
        year=year,
        package_code=f"P{number}",
        first_month=first,
        contract_value=value,
        **(status if is_registered else {}),
    )
    settle_project(row)
    return row


def project_count_of(told):
    (code, month), (packages, registered, value, insured) = told
    value = value or None
    if value is not None and insured is not None:
        insured = min(value, insured)
    return ProjectCountFactory(
        region_id=code,
        month=month,
        packages=packages,
        registered=min(packages, registered or 0),
        total_value=value,
        registered_value=insured,
    )


def save_persons(told, by):
    """Rows of persons by region and number; some were merged into the first, so that spells overlap."""
    persons = {}
    for code, number, *_rest in told["spells"]:
        for one in (0, number):
            if (code, one) not in persons:
                persons[code, one] = ParticipantFactory(region_id=code, entered_by=by)
    seen = set()
    for code, number, category, funding, first, length, segment, is_ended in told["spells"]:
        if (code, number, category, funding) in seen:
            continue
        seen.add((code, number, category, funding))
        last = None if length is None else add_months(first, length)
        ended = {"state": "ended", "ended_by": Occurrence.values[0]} if is_ended and last else {}
        EnrolmentFactory(
            participant=persons[code, number],
            category_id=category,
            funding_id=funding,
            first_month=first,
            last_month=last,
            segment=segment,
            entered_by=by,
            **ended,
        )
    for (code, number), person in persons.items():
        if number in told["merged"]:
            person.merged_into = persons[code, 0]
            person.save()


def save_payments(told, by):
    save(
        [
            ContributionFactory(
                reference=f"acak:{at}",
                region_id=code,
                category_id=category,
                funding_id=funding,
                programme=programme,
                paid_on=day,
                first_month=first,
                last_month=add_months(first, length),
                amount=n,
            )
            for at, (code, category, funding, programme, day, first, length, n) in enumerate(told["payments"])
        ],
        by,
    )
    save(
        [
            ClaimFactory(
                reference=f"acak:{at}",
                region_id=code,
                funding_id=funding,
                programme=programme,
                paid_on=day,
                happened_on=date.fromordinal(day.toordinal() - before) if before else None,
                amount=n,
                cases=cases,
                kind=kind,
            )
            for at, (code, funding, programme, day, before, n, cases, kind) in enumerate(told["claims"])
        ],
        by,
    )


def save_lines(told, by):
    stages = [
        AllocationFactory(
            region_id=code,
            year=year,
            category_id=category,
            funding_id=funding,
            amount=n,
            decided_on=day,
            phase=phase,
            sequence=at + 1,
            line=f"{code}|{year}|{category}|{funding}",
        )
        for at, (code, year, category, funding, n, day, phase) in enumerate(told["lines"])
    ]
    save(stages, by)
    save(
        [
            RealisationFactory(
                reference=f"acak:{at}",
                region_id=code,
                category_id=category,
                funding_id=funding,
                billed_amount=None,
                billed_on=None,
                paid_amount=n,
                paid_on=day,
            )
            for at, (code, category, funding, n, day) in enumerate(told["bills"])
        ],
        by,
    )


def save_wages(told, by):
    save(
        [
            WageBaseFactory(region_id=code, category_id=category, first_month=month, rupiah=n * 500_000)
            for (code, category, month), n in told["wages"].items()
        ],
        by,
    )
