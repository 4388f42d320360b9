from budgets.models.claim import Claim
from budgets.models.contribution import Contribution
from budgets.models.contribution_rate import ContributionRate

__all__ = ["Claim", "Contribution", "ContributionRate"]
