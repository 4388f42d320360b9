from budgets.models.allocation import Allocation
from budgets.models.benefit import Benefit, MembershipRule
from budgets.models.claim import Claim
from budgets.models.construction_project import ConstructionProject
from budgets.models.contribution import Contribution
from budgets.models.contribution_rate import ContributionRate, ContributionRelief
from budgets.models.employer import Employer
from budgets.models.funding_rule import FundingRule
from budgets.models.money_batch import MoneyBatch, MoneyRow
from budgets.models.money_title import MoneyTitle
from budgets.models.pledge import Pledge
from budgets.models.pledge_payment import PledgePayment
from budgets.models.project_count import ProjectCount
from budgets.models.realisation import Realisation
from budgets.models.reconciliation import (
    ReconciledPayment,
    ReconciledPerson,
    Reconciliation,
    ReconciliationFile,
)
from budgets.models.scenario import Scenario, ScenarioState
from budgets.models.wage_base import WageBase

__all__ = [
    "Allocation",
    "Benefit",
    "Claim",
    "ConstructionProject",
    "Contribution",
    "ContributionRate",
    "ContributionRelief",
    "Employer",
    "FundingRule",
    "MembershipRule",
    "MoneyBatch",
    "MoneyRow",
    "MoneyTitle",
    "Pledge",
    "PledgePayment",
    "ProjectCount",
    "Realisation",
    "ReconciledPayment",
    "ReconciledPerson",
    "Reconciliation",
    "ReconciliationFile",
    "Scenario",
    "ScenarioState",
    "WageBase",
]
