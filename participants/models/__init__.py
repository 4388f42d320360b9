from participants.models.attachment import Attachment
from participants.models.batch import Batch, BatchFile, BatchRow, TitleMemory
from participants.models.category import Category
from participants.models.category_basis import CategoryBasis
from participants.models.category_population import CategoryPopulation
from participants.models.category_target import CategoryTarget
from participants.models.category_term import CategoryTerm
from participants.models.comment import Comment
from participants.models.empty_cell import EmptyCell
from participants.models.enrolment import Enrolment
from participants.models.erasure import Erasure
from participants.models.extra_field import ExtraField, MonthExtra
from participants.models.funding_source import FundingSource
from participants.models.headcount import Headcount
from participants.models.held_file import HeldFile
from participants.models.hint_limit import HintLimit
from participants.models.identity import DuplicateCandidate, OverlapAllowance
from participants.models.institution_category import InstitutionCategory
from participants.models.life_event import LifeEvent
from participants.models.membership_count import MembershipCount
from participants.models.outreach_event import OutreachEvent
from participants.models.participant import Participant
from participants.models.perisai_agent import AgentRecruits, PerisaiAgent
from participants.models.reading import LookUp, PersonReading
from participants.models.target import Target
from participants.models.workforce import Workforce

__all__ = [
    "AgentRecruits",
    "Attachment",
    "Batch",
    "BatchFile",
    "BatchRow",
    "Category",
    "CategoryBasis",
    "CategoryPopulation",
    "CategoryTarget",
    "CategoryTerm",
    "Comment",
    "DuplicateCandidate",
    "EmptyCell",
    "Enrolment",
    "Erasure",
    "ExtraField",
    "FundingSource",
    "Headcount",
    "HeldFile",
    "HintLimit",
    "InstitutionCategory",
    "LifeEvent",
    "LookUp",
    "MembershipCount",
    "MonthExtra",
    "OutreachEvent",
    "OverlapAllowance",
    "Participant",
    "PerisaiAgent",
    "PersonReading",
    "Target",
    "TitleMemory",
    "Workforce",
]
