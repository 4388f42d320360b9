from budgets.models.claim import Claim
from budgets.models.contribution import Contribution

__all__ = ["Claim", "Contribution"]
