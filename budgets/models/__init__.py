from budgets.models.allocation import Allocation
from budgets.models.benefit import Benefit, MembershipRule
from budgets.models.claim import Claim
from budgets.models.contribution import Contribution
from budgets.models.contribution_rate import ContributionRate, ContributionRelief
from budgets.models.realisation import Realisation
from budgets.models.wage_base import WageBase

__all__ = [
    "Allocation",
    "Benefit",
    "Claim",
    "Contribution",
    "ContributionRate",
    "ContributionRelief",
    "MembershipRule",
    "Realisation",
    "WageBase",
]
