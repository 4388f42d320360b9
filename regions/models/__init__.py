from regions.models.act import Act
from regions.models.api_token import ApiToken
from regions.models.boundary import Boundary
from regions.models.change import Change
from regions.models.duty import Duty, DutyEvidence
from regions.models.fact import SourcedFact
from regions.models.hook import Hook, HookAttempt, HookDelivery, OutboxMessage
from regions.models.institution import Institution
from regions.models.invitation import Invitation
from regions.models.kept_answer import KeptAnswer
from regions.models.ledger_tree import Checkpoint, Leaf, LedgerCheck, TreeNode
from regions.models.mandate import Mandate
from regions.models.meeting import Commitment, Minutes
from regions.models.office import Office, OfficeCoverage
from regions.models.reference_file import ReferenceFile
from regions.models.region import Region
from regions.models.regulation import AddresseeCount, Regulation, RegulationLink, RegulationStage
from regions.models.reporting_month import MonthRule, MonthStep, Reopening, ReportingMonth
from regions.models.user import Assignment, User
from regions.models.waiting_work import WaitingWork

__all__ = [
    "Act",
    "AddresseeCount",
    "ApiToken",
    "Assignment",
    "Boundary",
    "Change",
    "Checkpoint",
    "Commitment",
    "Duty",
    "DutyEvidence",
    "Hook",
    "HookAttempt",
    "HookDelivery",
    "Institution",
    "Invitation",
    "KeptAnswer",
    "Leaf",
    "LedgerCheck",
    "Mandate",
    "Minutes",
    "MonthRule",
    "MonthStep",
    "Office",
    "OfficeCoverage",
    "OutboxMessage",
    "ReferenceFile",
    "Region",
    "Regulation",
    "RegulationLink",
    "RegulationStage",
    "Reopening",
    "ReportingMonth",
    "SourcedFact",
    "TreeNode",
    "User",
    "WaitingWork",
]
