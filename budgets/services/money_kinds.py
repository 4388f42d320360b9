"""What a file of each kind becomes: which fact, stored by which service, told apart by what."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgets.enums import MoneyKind, Phase, ProgrammeGroup
from budgets.models import Allocation, ConstructionProject, Employer, Realisation
from budgets.services.allocation import ALLOCATIONS, settle_line
from budgets.services.claim import CLAIMS
from budgets.services.construction_project import CONSTRUCTION_PROJECTS, settle_project
from budgets.services.contribution import CONTRIBUTIONS
from budgets.services.employer import EMPLOYERS, settle_employer
from budgets.services.money_judge import JudgedRow
from budgets.services.realisation import REALISATIONS
from regions.fact_kind import FactKind
from regions.models import SourcedFact
from regions.roles import Permission
from regions.services.fact import FactStore


@dataclass(frozen=True)
class FileKind:
    """`identity` names what a row of the same proof number is told apart by; kinds without one have a key of
    their own, made of what the row says by `own_key` and written back in the columns `keyed_by`."""

    store: FactStore[Any]
    defaults: Mapping[str, Any]
    identity: tuple[str, ...] = ()
    # What makes an entry without a number the same payment as another.
    equal: tuple[str, ...] = ()
    number: str = ""
    own_key: Callable[[Mapping[str, Any]], tuple[Any, ...]] | None = None
    keyed_by: tuple[str, ...] = ("region_id",)

    @property
    def fact(self) -> FactKind:
        return self.store.kind

    @property
    def model(self) -> type[SourcedFact]:
        model: type[SourcedFact] = self.fact.model
        return model

    @property
    def permission(self) -> Permission:
        return self.fact.permission


_LINE = ("region_id", "year", "institution_id", "sub_activity", "account", "category_id", "funding_id")


def _stage_key(told: Mapping[str, Any]) -> tuple[Any, ...]:
    row = Allocation(**{column: told.get(column) for column in _LINE if told.get(column)})
    settle_line(row)
    return (row.line, told["phase"], told["sequence"])


def _employer_key(told: Mapping[str, Any]) -> tuple[Any, ...]:
    row = Employer(npp=told.get("npp", ""), name=told.get("name", ""))
    settle_employer(row)
    return (told["region_id"], told["month"], row.identity)


def _project_key(told: Mapping[str, Any]) -> tuple[Any, ...]:
    row = ConstructionProject(
        package_code=told.get("package_code", ""), package_name=told.get("package_name", "")
    )
    settle_project(row)
    return (told["region_id"], told["year"], row.identity)


FILE_KINDS: dict[MoneyKind, FileKind] = {
    MoneyKind.CONTRIBUTION: FileKind(
        store=CONTRIBUTIONS,
        defaults={"programme": ProgrammeGroup.ALL.value},
        identity=("programme", "first_month"),
        equal=("region_id", "paid_on", "programme", "amount", "funding_id", "category_id"),
    ),
    MoneyKind.CLAIM: FileKind(
        store=CLAIMS,
        defaults={"programme": ProgrammeGroup.ALL.value, "kind": "cash"},
        identity=("programme", "kind"),
        equal=("region_id", "paid_on", "programme", "amount", "funding_id", "category_id"),
    ),
    MoneyKind.ALLOCATION: FileKind(
        store=ALLOCATIONS,
        defaults={"phase": Phase.ORIGINAL.value, "sequence": 1},
        own_key=_stage_key,
        keyed_by=(*_LINE, "phase", "sequence"),
    ),
    MoneyKind.REALISATION: FileKind(
        store=REALISATIONS,
        defaults={},
        identity=("first_month",),
        equal=("region_id", "first_month", "last_month", "billed_amount", "paid_amount", "posted_amount"),
        number="bill_number",
    ),
    MoneyKind.EMPLOYER: FileKind(
        store=EMPLOYERS, defaults={}, own_key=_employer_key, keyed_by=("region_id", "month")
    ),
    MoneyKind.CONSTRUCTION_PROJECT: FileKind(
        store=CONSTRUCTION_PROJECTS, defaults={}, own_key=_project_key, keyed_by=("region_id", "year")
    ),
}


def key_of(kind: FileKind, judged: JudgedRow) -> tuple[Any, ...]:
    """The natural key of the fact that a row speaks of: its own, or a reference."""
    told = {**kind.defaults, **judged.told}
    if kind.own_key is not None:
        return kind.own_key(told)
    number = _number(kind, judged)
    identity = ("region_id", *(kind.identity if number else _bare(kind, told)))
    parts = [number, *(_plain(told.get(column)) for column in identity)]
    text = json.dumps([kind.fact.model.__name__, *parts], ensure_ascii=False)
    return (f"berkas:{hashlib.sha256(text.encode()).hexdigest()[:48]}",)


def _bare(kind: FileKind, told: Mapping[str, Any]) -> Sequence[str]:
    """What tells rows without a number apart; of a bill what it asks for, since the payment comes later."""
    if kind.model is not Realisation:
        return kind.fact.values
    stages = ("billed", "paid", "posted")
    stage = next((one for one in stages if told.get(f"{one}_amount") is not None), stages[0])
    shared = ("first_month", "last_month", "category_id", "funding_id")
    return (*shared, f"{stage}_amount", f"{stage}_on")


def _number(kind: FileKind, judged: JudgedRow) -> str:
    said = judged.told.get(kind.number, "") if kind.number else judged.number
    return " ".join(str(said).upper().split())


def has_number(kind: FileKind, judged: JudgedRow) -> bool:
    return bool(_number(kind, judged))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
