from participants.models.category import Category
from participants.models.funding_source import FundingSource
from participants.models.headcount import Headcount
from participants.models.membership_count import MembershipCount
from participants.models.target import Target
from participants.models.workforce import Workforce

__all__ = ["Category", "FundingSource", "Headcount", "MembershipCount", "Target", "Workforce"]
